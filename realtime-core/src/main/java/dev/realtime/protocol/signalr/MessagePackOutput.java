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

import java.util.Arrays;

import org.msgpack.core.buffer.MessageBuffer;
import org.msgpack.core.buffer.MessageBufferOutput;

/**
 * Collects one message behind room for its length. What a packer has been
 * {@linkplain org.msgpack.core.MessagePacker#flush() flushed} of can still be changed.
 */
final class MessagePackOutput implements MessageBufferOutput {

	private static final int FIX_ARRAY = 0x90;

	private static final int FIX_MAP = 0x80;

	private static final int ARRAY_16 = 0xDC;

	private static final int MAP_16 = 0xDE;

	private byte[] array = new byte[256];

	private int size = LengthFraming.MAXIMUM_PREFIX;

	@Override
	public MessageBuffer next(int minimumSize) {
		reserve(minimumSize);
		return MessageBuffer.wrap(this.array, this.size, this.array.length - this.size);
	}

	@Override
	public void writeBuffer(int length) {
		this.size += length;
	}

	@Override
	public void write(byte[] buffer, int offset, int length) {
		reserve(length);
		System.arraycopy(buffer, offset, this.array, this.size, length);
		this.size += length;
	}

	@Override
	public void add(byte[] buffer, int offset, int length) {
		write(buffer, offset, length);
	}

	private void reserve(int length) {
		int needed = Math.addExact(this.size, length);
		if (needed > this.array.length) {
			this.array = Arrays.copyOf(this.array, Math.addExact(needed, needed / 2));
		}
	}

	/**
	 * Leave room for the header of an array or map, of which the size is not known yet.
	 * @return the place of the header
	 */
	int startContainer() {
		reserve(1);
		return this.size++;
	}

	void endArray(int header, int count) {
		endContainer(header, FIX_ARRAY, ARRAY_16, count);
	}

	void endMap(int header, int count) {
		endContainer(header, FIX_MAP, MAP_16, count);
	}

	private void endContainer(int header, int fix, int code16, int count) {
		if (count < 1 << 4) {
			this.array[header] = (byte) (fix | count);
			return;
		}
		int bytes = (count < 1 << Short.SIZE) ? Short.BYTES : Integer.BYTES;
		reserve(bytes);
		System.arraycopy(this.array, header + 1, this.array, header + 1 + bytes, this.size - header - 1);
		this.size += bytes;
		this.array[header] = (byte) ((bytes == Short.BYTES) ? code16 : code16 + 1);
		for (int i = 0; i < bytes; i++) {
			this.array[header + 1 + i] = (byte) (count >>> (8 * (bytes - 1 - i)));
		}
	}

	/**
	 * Return the message with its length in front.
	 * @return an array of exactly the size
	 */
	byte[] toMessage() {
		int length = this.size - LengthFraming.MAXIMUM_PREFIX;
		int start = LengthFraming.writePrefix(this.array, LengthFraming.MAXIMUM_PREFIX, length);
		return Arrays.copyOfRange(this.array, start, this.size);
	}

	@Override
	public void flush() {
	}

	@Override
	public void close() {
	}

}
