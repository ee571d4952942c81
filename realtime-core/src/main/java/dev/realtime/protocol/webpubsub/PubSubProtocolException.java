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

package dev.realtime.protocol.webpubsub;

import dev.realtime.protocol.TransferFormat;

import org.springframework.core.NestedRuntimeException;

/**
 * Thrown when a client sends something the protocol does not allow, which ends the
 * connection. The message is meant for the client and repeats nothing the client has
 * sent, apart from names the protocol knows.
 *
 * @since 0.1.0
 */
public class PubSubProtocolException extends NestedRuntimeException {

	private static final long serialVersionUID = 1L;

	private static final int UNSUPPORTED_DATA = 1003;

	private static final int INVALID_PAYLOAD = 1007;

	private final int closeStatus;

	/**
	 * Create a new exception for a message that is malformed.
	 * @param reason what is wrong, for the client
	 */
	public PubSubProtocolException(String reason) {
		this(reason, INVALID_PAYLOAD);
	}

	private PubSubProtocolException(String reason, int closeStatus) {
		super(reason);
		this.closeStatus = closeStatus;
	}

	static PubSubProtocolException frameFormat(TransferFormat expected) {
		return new PubSubProtocolException(
				(expected == TransferFormat.TEXT) ? "Messages must be text." : "Messages must be binary.",
				UNSUPPORTED_DATA);
	}

	/**
	 * Return the code to close the WebSocket with (RFC 6455, section 7.4).
	 * @return the close code
	 */
	public int closeStatus() {
		return this.closeStatus;
	}

}
