/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package dev.realtime.protocol;

import java.util.EnumSet;
import java.util.Set;

/**
 * The transports a client can connect over, in the order in which a server prefers them.
 *
 * @since 0.1.0
 */
public enum TransportType {

	/**
	 * WebSocket (RFC 6455).
	 */
	WEB_SOCKETS("WebSockets", "web_sockets", EnumSet.allOf(TransferFormat.class)),

	/**
	 * Server-sent events one way, HTTP POST the other.
	 */
	SERVER_SENT_EVENTS("ServerSentEvents", "server_sent_events", EnumSet.of(TransferFormat.TEXT)),

	/**
	 * HTTP long polling one way, HTTP POST the other.
	 */
	LONG_POLLING("LongPolling", "long_polling", EnumSet.allOf(TransferFormat.class));

	private final String wireName;

	private final String label;

	private final Set<TransferFormat> transferFormats;

	TransportType(String wireName, String label, Set<TransferFormat> transferFormats) {
		this.wireName = wireName;
		this.label = label;
		this.transferFormats = Set.copyOf(transferFormats);
	}

	/**
	 * Return the name used on the wire.
	 * @return the name as negotiation answers write it
	 */
	public String wireName() {
		return this.wireName;
	}

	/**
	 * Return the name used in metrics, as OpenTelemetry's {@code signalr.transport}
	 * attribute has it.
	 * @return the label in lower case with underscores
	 */
	public String label() {
		return this.label;
	}

	/**
	 * Return whether this transport can carry the given format.
	 * @param format the format of a protocol
	 * @return {@code true} if the transport supports the format
	 */
	public boolean supports(TransferFormat format) {
		return this.transferFormats.contains(format);
	}

}
