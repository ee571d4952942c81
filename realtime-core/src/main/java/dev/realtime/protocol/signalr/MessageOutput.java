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

import java.io.OutputStream;
import java.util.Arrays;

/**
 * Collects one encoded message. Generators hand over what fits their buffer in one piece,
 * which becomes the array of the message without another copy.
 */
final class MessageOutput extends OutputStream {

	private byte[] array = new byte[0];

	private int size;

	@Override
	public void write(int value) {
		reserve(1);
		this.array[this.size++] = (byte) value;
	}

	@Override
	public void write(byte[] source, int offset, int length) {
		reserve(length);
		System.arraycopy(source, offset, this.array, this.size, length);
		this.size += length;
	}

	private void reserve(int length) {
		int needed = Math.addExact(this.size, length);
		if (needed > this.array.length) {
			this.array = Arrays.copyOf(this.array, (this.size == 0) ? needed : needed + needed / 2);
		}
	}

	/**
	 * Return what was written.
	 * @return an array of exactly the size
	 */
	byte[] toByteArray() {
		return (this.array.length == this.size) ? this.array : Arrays.copyOf(this.array, this.size);
	}

}
