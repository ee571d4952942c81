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

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Where a received message lies.
 *
 * @param array the array that holds it, owned by somebody else
 * @param start the index of its first byte
 * @param end the index after its last byte
 */
record MessageBytes(byte[] array, int start, int end) {

	static MessageBytes of(ByteBuffer message) {
		int length = message.remaining();
		if (message.hasArray()) {
			int start = message.arrayOffset() + message.position();
			return new MessageBytes(message.array(), start, start + length);
		}
		byte[] array = new byte[length];
		message.duplicate().get(array);
		return new MessageBytes(array, 0, length);
	}

	byte[] copy() {
		return Arrays.copyOfRange(this.array, this.start, this.end);
	}

}
