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

import dev.realtime.protocol.InboundBuffer;

/**
 * Finds the records in what was received: the handshake of every protocol, and each
 * message of the JSON protocol, ends with {@code 0x1E}.
 */
final class RecordFraming {

	/**
	 * The byte that ends a record.
	 */
	static final byte SEPARATOR = 0x1E;

	/**
	 * Returned while the separator has not arrived.
	 */
	static final int INCOMPLETE = -1;

	private RecordFraming() {
	}

	/**
	 * Find the end of the first record.
	 * @param input the received bytes
	 * @param maximumSize how many bytes a record may have, separator included
	 * @return the index of the separator, or {@link #INCOMPLETE}
	 * @throws MessageTooBigException if the record has, or is going to have, more bytes
	 */
	static int end(InboundBuffer input, int maximumSize) {
		int end = input.indexOf(SEPARATOR);
		int size = (end != INCOMPLETE) ? end - input.position() + 1 : input.remaining();
		if (size > maximumSize) {
			throw new MessageTooBigException(maximumSize);
		}
		return end;
	}

}
