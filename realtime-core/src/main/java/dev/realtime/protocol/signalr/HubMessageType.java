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

package dev.realtime.protocol.signalr;

import org.jspecify.annotations.Nullable;

/**
 * The kinds of messages of the hub protocol, with the numbers both codecs write (hub
 * protocol, "Message catalogue").
 *
 * @since 0.1.0
 */
public enum HubMessageType {

	/**
	 * A call.
	 */
	INVOCATION(1, true),

	/**
	 * An element of a stream.
	 */
	STREAM_ITEM(2, true),

	/**
	 * The end of a call or a stream.
	 */
	COMPLETION(3, true),

	/**
	 * A call that is answered by a stream.
	 */
	STREAM_INVOCATION(4, true),

	/**
	 * The caller does not want the rest of a stream.
	 */
	CANCEL_INVOCATION(5, true),

	/**
	 * A sign of life.
	 */
	PING(6, false),

	/**
	 * The sender is about to close the connection.
	 */
	CLOSE(7, false),

	/**
	 * What was received so far (stateful reconnect).
	 */
	ACK(8, false),

	/**
	 * Where a resumed connection goes on (stateful reconnect).
	 */
	SEQUENCE(9, false);

	private static final HubMessageType[] VALUES = values();

	private final int code;

	private final boolean counted;

	HubMessageType(int code, boolean counted) {
		this.code = code;
		this.counted = counted;
	}

	/**
	 * Return the number of the type on the wire.
	 * @return a number from 1 to 9
	 */
	public int code() {
		return this.code;
	}

	/**
	 * Return whether stateful reconnect numbers, acknowledges and replays messages of
	 * this type.
	 * @return {@code true} for calls, stream items, completions and cancellations
	 */
	public boolean counted() {
		return this.counted;
	}

	/**
	 * Find the type with a number.
	 * @param code the number read from the wire
	 * @return the type, or {@code null} if there is none with that number
	 */
	public static @Nullable HubMessageType of(int code) {
		return (code >= 1 && code <= VALUES.length) ? VALUES[code - 1] : null;
	}

}
