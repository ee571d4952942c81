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

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Inflates the messages of one client (RFC 7692, section 7.2.2), piece by piece: what
 * they inflate to is limited by those who put messages together. It has native memory
 * only while a message is under way. Used by the event loop of the connection.
 */
final class MessageInflater implements AutoCloseable {

	private static final byte[] TAIL = { 0, 0, (byte) 0xFF, (byte) 0xFF };

	private final InflaterPool pool;

	private @Nullable Inflater inflater;

	private byte[] input = TAIL;

	private int inputEnd;

	/**
	 * Create an inflater.
	 * @param pool where inflaters are borrowed from
	 */
	MessageInflater(InflaterPool pool) {
		this.pool = pool;
	}

	/**
	 * Begin a message.
	 */
	void begin() {
		if (this.inflater == null) {
			this.inflater = this.pool.borrow();
		}
	}

	/**
	 * Set the next input.
	 * @param array holds the input, which is not copied: there must be no other until
	 * {@link #inflate} returns 0
	 * @param length how many bytes there are from the beginning of the array
	 */
	void input(byte[] array, int length) {
		this.input = array;
		this.inputEnd = length;
		inflater().setInput(array, 0, length);
	}

	/**
	 * Set what every message ends with as the next input.
	 */
	void inputTail() {
		input(TAIL, TAIL.length);
	}

	/**
	 * Inflate some of the input.
	 * @param array where to
	 * @param offset the index to begin at, less than the length of the array
	 * @return how many bytes were put there, 0 if there is no more
	 * @throws InvalidFrameException if the input is not valid
	 */
	int inflate(byte[] array, int offset) throws InvalidFrameException {
		Inflater inflater = inflater();
		try {
			int length = inflater.inflate(array, offset, array.length - offset);
			while (length == 0 && inflater.finished() && inflater.getRemaining() > 0) {
				goOn(inflater);
				length = inflater.inflate(array, offset, array.length - offset);
			}
			return length;
		}
		catch (DataFormatException ex) {
			throw InvalidFrameException.invalidPayload("A message cannot be inflated: " + ex.getMessage());
		}
	}

	// behind a block that says to be the last one (section 7.2.3.5)
	private void goOn(Inflater inflater) {
		int remaining = inflater.getRemaining();
		inflater.reset();
		inflater.setInput(this.input, this.inputEnd - remaining, remaining);
	}

	private Inflater inflater() {
		Inflater inflater = this.inflater;
		Assert.state(inflater != null, "No message has begun");
		return inflater;
	}

	/**
	 * Let go of the memory: the message is complete, or there will be no other.
	 */
	@Override
	public void close() {
		Inflater inflater = this.inflater;
		if (inflater != null) {
			this.inflater = null;
			this.pool.giveBack(inflater);
		}
	}

}
