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

package dev.realtime.invocation;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The message that a connection without a protocol is receiving. It is handed on whole if
 * it is not too long, else in pieces that do not end within a character, so that no more
 * than one piece is held here. Not safe for concurrent use: a connection has one reader.
 */
final class ReceivedPieces {

	private static final byte[] NOTHING = {};

	// of UTF-8, in bytes
	private static final int LONGEST_CHARACTER = 4;

	private final int maximum;

	private byte[] held = NOTHING;

	private int length;

	private boolean split;

	/**
	 * Create a receiver.
	 * @param maximum the length of a piece in bytes; at least the length of a character
	 * is allowed
	 */
	ReceivedPieces(int maximum) {
		this.maximum = Math.max(maximum, LONGEST_CHARACTER);
	}

	/**
	 * Begin with a message. What was left of the one before is forgotten.
	 */
	void begin() {
		this.held = NOTHING;
		this.length = 0;
		this.split = false;
	}

	/**
	 * Append bytes to the message.
	 * @param data the bytes, consumed
	 * @param pieces takes the pieces before the last one
	 */
	void append(ByteBuffer data, Consumer<byte[]> pieces) {
		while (data.hasRemaining()) {
			if (this.length == this.maximum) {
				this.split = true;
				cut(pieces);
			}
			int count = Math.min(data.remaining(), this.maximum - this.length);
			reserve(count);
			data.get(this.held, this.length, count);
			this.length += count;
		}
	}

	/**
	 * End the message.
	 * @param pieces takes the last piece, which is the whole message in most cases
	 */
	void end(Consumer<byte[]> pieces) {
		byte[] last = (this.length == this.held.length) ? this.held : Arrays.copyOf(this.held, this.length);
		boolean nothing = this.split && this.length == 0;
		begin();
		if (!nothing) {
			pieces.accept(last);
		}
	}

	private void reserve(int count) {
		int needed = this.length + count;
		if (needed > this.held.length) {
			int capacity = (this.length > 0) ? Math.min(this.maximum, Math.max(needed, 2 * this.length)) : needed;
			this.held = Arrays.copyOf(this.held, capacity);
		}
	}

	private void cut(Consumer<byte[]> pieces) {
		int end = endOfCharacters();
		byte[] piece = Arrays.copyOf(this.held, end);
		System.arraycopy(this.held, end, this.held, 0, this.length - end);
		this.length -= end;
		pieces.accept(piece);
	}

	// a cut within anything else than UTF-8 does no harm either way
	private int endOfCharacters() {
		int lead = this.length - 1;
		while (lead > this.length - LONGEST_CHARACTER && (this.held[lead] & 0xC0) == 0x80) {
			lead--;
		}
		int character = Integer.numberOfLeadingZeros(~(this.held[lead] << 24));
		boolean begun = character >= 2 && character <= LONGEST_CHARACTER && lead + character > this.length;
		return begun ? lead : this.length;
	}

}
