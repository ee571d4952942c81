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

package dev.realtime.transport.netty;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Checks that text is UTF-8 (RFC 3629) while it arrives in pieces that may end within a
 * character.
 */
final class Utf8Check {

	private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

	private static final long HIGH_BITS = 0x8080808080808080L;

	private static final int LOWEST = 0x80;

	private static final int HIGHEST = 0xBF;

	// how many bytes of the character at hand are still to come, and the range of the
	// next one
	private byte missing;

	private short lowest = LOWEST;

	private short highest = HIGHEST;

	/**
	 * Check the next bytes.
	 * @param array the array they are in
	 * @param start the index of the first one
	 * @param end the index after the last one
	 * @return {@code false} if no text can go on like this
	 */
	boolean accept(byte[] array, int start, int end) {
		int i = start;
		while (i < end) {
			if (this.missing == 0) {
				i = skipAscii(array, i, end);
			}
			if (i < end && !accept(array[i++] & 0xFF)) {
				return false;
			}
		}
		return true;
	}

	private static int skipAscii(byte[] array, int start, int end) {
		int i = start;
		while (i + Long.BYTES <= end && ((long) LONGS.get(array, i) & HIGH_BITS) == 0) {
			i += Long.BYTES;
		}
		while (i < end && array[i] >= 0) {
			i++;
		}
		return i;
	}

	private boolean accept(int value) {
		if (this.missing == 0) {
			return acceptLead(value);
		}
		if (value < this.lowest || value > this.highest) {
			return false;
		}
		this.missing--;
		this.lowest = LOWEST;
		this.highest = HIGHEST;
		return true;
	}

	private boolean acceptLead(int lead) {
		if (lead < 0xC2 || lead > 0xF4) {
			return false;
		}
		this.missing = (byte) ((lead < 0xE0) ? 1 : (lead < 0xF0) ? 2 : 3);
		this.lowest = (short) ((lead == 0xE0) ? 0xA0 : (lead == 0xF0) ? 0x90 : LOWEST);
		this.highest = (short) ((lead == 0xED) ? 0x9F : (lead == 0xF4) ? 0x8F : HIGHEST);
		return true;
	}

	/**
	 * Return whether the text may end here.
	 * @return {@code false} within a character
	 */
	boolean isComplete() {
		return this.missing == 0;
	}

}
