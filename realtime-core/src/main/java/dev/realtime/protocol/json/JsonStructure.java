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

package dev.realtime.protocol.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Checks that bytes are JSON (RFC 8259) without making anything of them, as strictly as
 * {@link StrictJson}. The bytes must be valid UTF-8. Methods take the index at which
 * something begins and return the one after its end.
 */
final class JsonStructure {

	private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

	private static final long ONES = 0x0101010101010101L;

	private static final long HIGH_BITS = 0x8080808080808080L;

	private final byte[] array;

	private final int end;

	/**
	 * Create a check of a range of an array.
	 * @param array the array
	 * @param end the index after the last byte
	 */
	JsonStructure(byte[] array, int end) {
		this.array = array;
		this.end = end;
	}

	/**
	 * Find the end of a value.
	 * @param start the index of its first byte, or of whitespace in front of it
	 * @param depth the number of arrays and objects around it
	 * @return the index after its last byte
	 * @throws MalformedJsonException if the value is malformed, incomplete or nested too
	 * deep
	 */
	int value(int start, int depth) {
		int position = content(start);
		return switch (this.array[position]) {
			case '{' -> object(position, depth + 1);
			case '[' -> array(position, depth + 1);
			case '"' -> string(position);
			case 't' -> literal("true", position);
			case 'f' -> literal("false", position);
			case 'n' -> literal("null", position);
			default -> number(position);
		};
	}

	private int object(int start, int depth) {
		requireDepth(depth);
		int position = content(start + 1);
		if (this.array[position] == '}') {
			return position + 1;
		}
		while (true) {
			position = value(required(':', string(position)), depth);
			position = content(position);
			if (this.array[position] == '}') {
				return position + 1;
			}
			position = content(required(',', position));
		}
	}

	private int array(int start, int depth) {
		requireDepth(depth);
		int position = content(start + 1);
		if (this.array[position] == ']') {
			return position + 1;
		}
		while (true) {
			position = content(value(position, depth));
			if (this.array[position] == ']') {
				return position + 1;
			}
			position = required(',', position);
		}
	}

	private static void requireDepth(int depth) {
		if (depth > StrictJson.MAXIMUM_DEPTH) {
			throw malformed();
		}
	}

	/**
	 * Skip whitespace, behind which there has to be something.
	 * @param start the index of the first byte
	 * @return the index of the first byte that is no whitespace
	 */
	int content(int start) {
		int position = whitespace(start);
		if (position == this.end) {
			throw malformed();
		}
		return position;
	}

	/**
	 * Skip whitespace.
	 * @param start the index of the first byte
	 * @return the index of the first byte that is no whitespace, or of the end
	 */
	int whitespace(int start) {
		int position = start;
		while (position < this.end && isWhitespace(this.array[position])) {
			position++;
		}
		return position;
	}

	private static boolean isWhitespace(byte next) {
		return next == ' ' || next == '\n' || next == '\r' || next == '\t';
	}

	/**
	 * Skip whitespace and a certain byte behind it.
	 * @param expected the byte
	 * @param start the index of the first byte
	 * @return the index after the expected byte
	 */
	int required(char expected, int start) {
		int position = content(start);
		if (this.array[position] != expected) {
			throw malformed();
		}
		return position + 1;
	}

	private int literal(String literal, int start) {
		if (this.end - start < literal.length()) {
			throw malformed();
		}
		for (int i = 1; i < literal.length(); i++) {
			if (this.array[start + i] != literal.charAt(i)) {
				throw malformed();
			}
		}
		return start + literal.length();
	}

	/**
	 * Find the end of a number.
	 * @param start the index of its first byte
	 * @return the index after its last byte
	 */
	int number(int start) {
		int position = integer(start);
		if (at(position) == '.') {
			position = digits(position + 1);
		}
		if (at(position) == 'e' || at(position) == 'E') {
			int sign = at(position + 1);
			position = digits((sign == '+' || sign == '-') ? position + 2 : position + 1);
		}
		return position;
	}

	/**
	 * Find the end of what a number has in front of fraction and exponent.
	 * @param start the index of its first byte
	 * @return the index after the last digit
	 */
	int integer(int start) {
		int position = (at(start) == '-') ? start + 1 : start;
		return (at(position) == '0') ? position + 1 : digits(position);
	}

	private int digits(int start) {
		int position = start;
		while (at(position) >= '0' && at(position) <= '9') {
			position++;
		}
		if (position == start) {
			throw malformed();
		}
		return position;
	}

	private int at(int position) {
		return (position < this.end) ? this.array[position] : -1;
	}

	/**
	 * Find the end of a string.
	 * @param start the index of its first byte
	 * @return the index after the closing quotation mark
	 */
	int string(int start) {
		if (this.array[start] != '"') {
			throw malformed();
		}
		int position = special(start + 1);
		while (at(position) == '\\') {
			position = special(position + escape(position));
		}
		if (at(position) != '"') {
			throw malformed();
		}
		return position + 1;
	}

	/**
	 * Find a quotation mark, a backslash or a control character, the first of which the
	 * lowest bit tells when eight bytes are looked at together.
	 * @param start the index of the first byte
	 * @return the index of the character, or of the end
	 */
	private int special(int start) {
		int position = start;
		while (position + Long.BYTES <= this.end) {
			long bytes = (long) LONGS.get(this.array, position);
			long specials = (less(bytes, ' ') | less(bytes ^ ONES * '"', 1) | less(bytes ^ ONES * '\\', 1)) & HIGH_BITS;
			if (specials != 0) {
				return position + Long.numberOfTrailingZeros(specials) / Byte.SIZE;
			}
			position += Long.BYTES;
		}
		while (position < this.end && !isSpecial(this.array[position])) {
			position++;
		}
		return position;
	}

	private static long less(long bytes, int limit) {
		return bytes - ONES * limit & ~bytes;
	}

	private static boolean isSpecial(byte next) {
		return next >= 0 && next < ' ' || next == '"' || next == '\\';
	}

	private int escape(int backslash) {
		return switch (at(backslash + 1)) {
			case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> 2;
			case 'u' -> {
				for (int i = backslash + 2; i < backslash + 6; i++) {
					if (at(i) < 0 || Character.digit(at(i), 16) < 0) {
						throw malformed();
					}
				}
				yield 6;
			}
			default -> throw malformed();
		};
	}

	static MalformedJsonException malformed() {
		return new MalformedJsonException();
	}

}
