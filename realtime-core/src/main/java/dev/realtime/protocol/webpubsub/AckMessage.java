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

import org.jspecify.annotations.Nullable;

/**
 * Says what became of a request (JSON protocol, "ack").
 *
 * @param ackId the unsigned id that the client has given
 * @param error what went wrong, or {@code null} if nothing did
 * @since 0.1.0
 */
public record AckMessage(long ackId, @Nullable PubSubError error) implements DownstreamMessage {

	/**
	 * Say that a request was carried out.
	 * @param ackId the unsigned id that the client has given
	 * @return the message
	 */
	public static AckMessage success(long ackId) {
		return new AckMessage(ackId, null);
	}

	/**
	 * Say that a request was not carried out.
	 * @param ackId the unsigned id that the client has given
	 * @param name the name of the error
	 * @param message a text
	 * @return the message
	 */
	public static AckMessage failure(long ackId, String name, String message) {
		return new AckMessage(ackId, new PubSubError(name, message));
	}

	@Override
	public DownstreamMessageType type() {
		return DownstreamMessageType.ACK;
	}

}
