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

/**
 * A message of a WebSocket that arrives in pieces, up to a maximum length. Not safe for
 * concurrent use.
 */
final class WholeMessage {

	private static final byte[] NOTHING = {};

	private final int maximum;

	private byte[] bytes = NOTHING;

	private int length;

	/**
	 * Create a receiver.
	 * @param maximum the length of the longest message in bytes
	 */
	WholeMessage(int maximum) {
		this.maximum = maximum;
	}

	/**
	 * Begin with a message. What was left of the one before is forgotten.
	 */
	void begin() {
		this.bytes = NOTHING;
		this.length = 0;
	}

	/**
	 * Append bytes to the message.
	 * @param data the bytes, consumed if they fit
	 * @return {@code false} if the message is too long
	 */
	boolean append(ByteBuffer data) {
		int count = data.remaining();
		if (count > this.maximum - this.length) {
			begin();
			return false;
		}
		int needed = this.length + count;
		if (needed > this.bytes.length) {
			int capacity = (this.length > 0) ? Math.max(needed, Math.min(this.maximum, 2 * this.bytes.length)) : needed;
			this.bytes = Arrays.copyOf(this.bytes, capacity);
		}
		data.get(this.bytes, this.length, count);
		this.length = needed;
		return true;
	}

	/**
	 * End the message.
	 * @return all of it
	 */
	ByteBuffer end() {
		ByteBuffer message = ByteBuffer.wrap(this.bytes, 0, this.length);
		begin();
		return message;
	}

}
