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

import java.util.function.Function;

/**
 * A request as a masked frame, of which nothing but the mark changes from one to the
 * next.
 */
final class RequestTemplate {

	private final byte[] frame;

	private final int header;

	private final int digits;

	/**
	 * Create a template.
	 * @param request makes the request of a payload
	 * @param size the size of the payload in bytes, raised to that of the mark
	 */
	RequestTemplate(Function<String, ClientMessage> request, int size) {
		ClientMessage message = request
			.apply(Marks.PREFIX + "0".repeat(Marks.DIGITS) + "x".repeat(Math.max(0, size - Marks.SIZE)));
		byte[] bytes = message.payload();
		this.frame = message.frame();
		this.header = ClientFrames.headerSize(bytes.length);
		this.digits = Marks.find(bytes, 0, bytes.length);
	}

	/**
	 * Return the frame with the mark of now.
	 * @return the frame, valid until the next call
	 */
	byte[] stamp() {
		long time = System.nanoTime();
		for (int i = 0; i < Marks.DIGITS; i++) {
			int index = this.digits + i;
			this.frame[this.header + index] = ClientFrames.mask(Marks.digit(time, i), index);
		}
		return this.frame;
	}

}
