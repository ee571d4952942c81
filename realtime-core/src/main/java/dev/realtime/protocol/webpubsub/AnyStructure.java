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

import dev.realtime.protocol.Utf8;

/**
 * Checks that bytes are a {@code google.protobuf.Any}: what one client sends and others
 * are to parse is not taken on trust, be there a library for it or not (Protocol Buffers,
 * "Encoding").
 */
final class AnyStructure {

	private static final int MALFORMED = -1;

	private static final int TYPE_URL = 1;

	private static final int VALUE = 2;

	private static final int VARINT_SIZE = 10;

	private final byte[] array;

	private final int end;

	private int position;

	private AnyStructure(byte[] array, int start, int end) {
		this.array = array;
		this.position = start;
		this.end = end;
	}

	/**
	 * Check a range of an array.
	 * @param array the array
	 * @param start the index of the first byte
	 * @param end the index after the last byte
	 * @return {@code true} if the range is an {@code Any}
	 */
	static boolean isValid(byte[] array, int start, int end) {
		return new AnyStructure(array, start, end).isValid();
	}

	private boolean isValid() {
		while (this.position < this.end) {
			if (!field()) {
				return false;
			}
		}
		return true;
	}

	private boolean field() {
		long tag = varint();
		if (tag < 8 || tag > 0xFFFFFFFFL) {
			return false;
		}
		int number = (int) (tag >>> 3);
		int wireType = (int) tag & 7;
		if ((number == TYPE_URL || number == VALUE) && wireType != 2) {
			return false;
		}
		return switch (wireType) {
			case 0 -> skipVarint();
			case 1 -> skip(8);
			case 2 -> delimited(number);
			case 5 -> skip(4);
			default -> false;
		};
	}

	private boolean delimited(int number) {
		long length = varint();
		int start = this.position;
		return skip(length) && (number != TYPE_URL || Utf8.isValid(this.array, start, this.position));
	}

	private boolean skip(long length) {
		if (length < 0 || length > this.end - this.position) {
			return false;
		}
		this.position += (int) length;
		return true;
	}

	private boolean skipVarint() {
		int last = Math.min(this.end, this.position + VARINT_SIZE);
		while (this.position < last) {
			if (this.array[this.position++] >= 0) {
				return true;
			}
		}
		return false;
	}

	private long varint() {
		long value = 0;
		for (int shift = 0; shift < 35 && this.position < this.end; shift += 7) {
			byte next = this.array[this.position++];
			value |= (next & 0x7FL) << shift;
			if (next >= 0) {
				return value;
			}
		}
		return MALFORMED;
	}

}
