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

package dev.realtime.benchmarks.load.client;

/**
 * The mark at the start of every payload: {@code T:} and the {@link System#nanoTime()} of
 * the request as 16 hexadecimal digits. It is found wherever a server puts the payload,
 * so that answers need not be parsed.
 */
final class Marks {

	static final String PREFIX = "T:";

	static final int DIGITS = 16;

	static final int SIZE = PREFIX.length() + DIGITS;

	private static final byte[] HEX = { '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e',
			'f' };

	private Marks() {
	}

	/**
	 * Find a mark.
	 * @param bytes where to look
	 * @param from the index to start at
	 * @param to the index to stop before
	 * @return the index of its first digit, or -1
	 */
	static int find(byte[] bytes, int from, int to) {
		int last = to - SIZE;
		for (int i = from; i <= last; i++) {
			if (bytes[i] == 'T' && bytes[i + 1] == ':') {
				return i + PREFIX.length();
			}
		}
		return -1;
	}

	/**
	 * Read the time of a mark.
	 * @param bytes where it is
	 * @param start the index of its first digit
	 * @return the time
	 */
	static long time(byte[] bytes, int start) {
		long time = 0;
		for (int i = start; i < start + DIGITS; i++) {
			time = time << 4 | Character.digit(bytes[i], 16);
		}
		return time;
	}

	/**
	 * Return a digit of the mark of a time.
	 * @param time the time
	 * @param index the index of the digit
	 * @return the digit
	 */
	static byte digit(long time, int index) {
		return HEX[(int) (time >>> (4 * (DIGITS - 1 - index))) & 15];
	}

}
