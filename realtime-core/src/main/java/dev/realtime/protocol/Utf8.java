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

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Checks that bytes are UTF-8 (RFC 3629), which parsers check only in part. Internal:
 * public for what has no parser.
 *
 * @since 0.1.0
 */
public final class Utf8 {

	private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

	private static final long HIGH_BITS = 0x8080808080808080L;

	private Utf8() {
	}

	/**
	 * Check a range of an array.
	 * @param array the array
	 * @param start the index of the first byte
	 * @param end the index after the last byte
	 * @return {@code true} if the range is well-formed
	 */
	public static boolean isValid(byte[] array, int start, int end) {
		int i = start;
		while (i < end) {
			while (i + Long.BYTES <= end && ((long) LONGS.get(array, i) & HIGH_BITS) == 0) {
				i += Long.BYTES;
			}
			while (i < end && array[i] >= 0) {
				i++;
			}
			while (i < end && array[i] < 0) {
				int length = sequence(array, i, end);
				if (length == 0) {
					return false;
				}
				i += length;
			}
		}
		return true;
	}

	private static int sequence(byte[] array, int i, int end) {
		int lead = array[i] & 0xFF;
		int length = (lead < 0xE0) ? 2 : (lead < 0xF0) ? 3 : 4;
		if (lead < 0xC2 || lead > 0xF4 || end - i < length) {
			return 0;
		}
		int second = array[i + 1] & 0xFF;
		if (second < lowestSecond(lead) || second > highestSecond(lead)) {
			return 0;
		}
		for (int j = i + 2; j < i + length; j++) {
			if ((array[j] & 0xC0) != 0x80) {
				return 0;
			}
		}
		return length;
	}

	private static int lowestSecond(int lead) {
		return (lead == 0xE0) ? 0xA0 : (lead == 0xF0) ? 0x90 : 0x80;
	}

	private static int highestSecond(int lead) {
		return (lead == 0xED) ? 0x9F : (lead == 0xF4) ? 0x8F : 0xBF;
	}

}
