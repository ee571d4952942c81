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
 * Finds the length-prefixed messages of binary protocols in what a connection receives
 * (MessagePack hub protocol, "Framing"). The prefix has seven bits per byte, the lowest
 * first; the high bit says that another byte follows.
 */
final class LengthFraming {

	/**
	 * Returned while the message has not arrived completely.
	 */
	static final int INCOMPLETE = -1;

	/**
	 * The longest a prefix can be.
	 */
	static final int MAXIMUM_PREFIX = 5;

	private static final int HIGHEST_LAST_BYTE = 0x07;

	private LengthFraming() {
	}

	/**
	 * Find the end of the first message and consume its prefix, unless the message is
	 * incomplete.
	 * @param input the received bytes
	 * @param maximumSize how many bytes a message may have, prefix included
	 * @return the index after the message, or {@link #INCOMPLETE}
	 * @throws MessageTooBigException if the message has, or is going to have, more bytes
	 * @throws HubProtocolException if the prefix is malformed
	 */
	static int end(InboundBuffer input, int maximumSize) {
		byte[] array = input.array();
		long length = 0;
		for (int i = 0; i < Math.min(input.remaining(), MAXIMUM_PREFIX); i++) {
			byte next = array[input.position() + i];
			length |= (next & 0x7FL) << (7 * i);
			if (i == MAXIMUM_PREFIX - 1 && (next & 0xFF) > HIGHEST_LAST_BYTE) {
				throw new HubProtocolException(ProtocolErrors.MESSAGE_OVER_2GB);
			}
			if (next >= 0) {
				return end(input, i + 1, length, maximumSize);
			}
		}
		return INCOMPLETE;
	}

	private static int end(InboundBuffer input, int prefix, long length, int maximumSize) {
		if (prefix + length > maximumSize) {
			throw new MessageTooBigException(maximumSize);
		}
		if (prefix + length > input.remaining()) {
			return INCOMPLETE;
		}
		input.position(input.position() + prefix);
		return input.position() + (int) length;
	}

	/**
	 * Write a prefix in front of a message.
	 * @param array the array that holds the message
	 * @param start the index of the message's first byte, which at least
	 * {@value #MAXIMUM_PREFIX} bytes precede
	 * @param length the number of bytes of the message
	 * @return the index of the prefix's first byte
	 */
	static int writePrefix(byte[] array, int start, int length) {
		int size = 1;
		while (size < MAXIMUM_PREFIX && length >>> (7 * size) != 0) {
			size++;
		}
		for (int i = 0; i < size; i++) {
			int more = (i < size - 1) ? 0x80 : 0;
			array[start - size + i] = (byte) (length >>> (7 * i) & 0x7F | more);
		}
		return start - size;
	}

}
