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
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The bytes a connection has received but not yet decoded. Frames may split and join
 * messages in any way; a codec takes whole messages from the front and leaves the rest.
 * Not safe for concurrent use: a connection has one reader.
 *
 * @since 0.1.0
 */
public final class InboundBuffer {

	private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

	private static final long ONES = 0x0101010101010101L;

	private static final long HIGH_BITS = 0x8080808080808080L;

	private static final byte[] EMPTY = new byte[0];

	private byte[] array = EMPTY;

	private boolean owned = true;

	private int start;

	private int end;

	private int scanned;

	/**
	 * Append received bytes. When nothing is left over from before, they are read from
	 * the given buffer's own array until {@link #release()}.
	 * @param data the bytes, consumed
	 */
	public void append(ByteBuffer data) {
		int length = data.remaining();
		if (length == 0) {
			return;
		}
		if (this.end == this.start && data.hasArray()) {
			this.array = data.array();
			this.owned = false;
			this.start = data.arrayOffset() + data.position();
			this.end = this.start + length;
			this.scanned = this.start;
			data.position(data.limit());
			return;
		}
		reserve(length);
		data.get(this.array, this.end, length);
		this.end += length;
	}

	/**
	 * Detach from the frame's array, which its owner is about to reuse, and let go of all
	 * memory when everything was consumed. To be called when the codec is through with a
	 * frame.
	 */
	public void release() {
		if (this.start == this.end) {
			this.array = EMPTY;
			this.owned = true;
			this.start = 0;
			this.end = 0;
			this.scanned = 0;
		}
		else if (!this.owned) {
			reserve(0);
		}
	}

	private void reserve(int length) {
		if (this.owned && this.end + length <= this.array.length) {
			return;
		}
		int kept = this.end - this.start;
		int needed = Math.addExact(kept, length);
		byte[] target = (this.owned && needed <= this.array.length / 2) ? this.array
				: new byte[(int) Math.min(2L * needed, needed + 65536L)];
		System.arraycopy(this.array, this.start, target, 0, kept);
		this.scanned = Math.max(0, this.scanned - this.start);
		this.array = target;
		this.owned = true;
		this.start = 0;
		this.end = kept;
	}

	/**
	 * Return the number of bytes not yet consumed.
	 * @return the size in bytes
	 */
	public int remaining() {
		return this.end - this.start;
	}

	/**
	 * Return the array that holds the bytes.
	 * @return the array, of which {@link #position()} to {@link #limit()} is valid
	 */
	public byte[] array() {
		return this.array;
	}

	/**
	 * Return the index of the first byte not yet consumed.
	 * @return an index into {@link #array()}
	 */
	public int position() {
		return this.start;
	}

	/**
	 * Return the index after the last byte received.
	 * @return an index into {@link #array()}
	 */
	public int limit() {
		return this.end;
	}

	/**
	 * Find a byte. No byte is looked at twice while calls search for the same value.
	 * @param value the byte to find
	 * @return its index in {@link #array()}, or -1
	 */
	public int indexOf(byte value) {
		int index = find(value, Math.max(this.scanned, this.start));
		this.scanned = index;
		return (index < this.end) ? index : -1;
	}

	// eight bytes at once as long as none of them can be it
	private int find(byte value, int from) {
		byte[] array = this.array;
		long pattern = ONES * (value & 0xFF);
		int i = from;
		while (i + Long.BYTES <= this.end) {
			long difference = (long) LONGS.get(array, i) ^ pattern;
			long zeros = difference - ONES & ~difference & HIGH_BITS;
			if (zeros != 0) {
				return i + Long.numberOfTrailingZeros(zeros) / Byte.SIZE;
			}
			i += Long.BYTES;
		}
		while (i < this.end && array[i] != value) {
			i++;
		}
		return i;
	}

	/**
	 * Consume everything before the given index.
	 * @param position an index from {@link #position()} to {@link #limit()}
	 */
	public void position(int position) {
		if (position < this.start || position > this.end) {
			throw new IllegalArgumentException("'position' must be within the received bytes");
		}
		this.start = position;
		if (this.scanned < position) {
			this.scanned = position;
		}
	}

	/**
	 * Discard everything.
	 */
	public void clear() {
		this.start = this.end;
		release();
	}

}
