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

import java.nio.charset.StandardCharsets;

/**
 * What a client says in one frame.
 */
final class ClientMessage {

	static final ClientMessage NONE = text("");

	private final int opcode;

	private final byte[] payload;

	private ClientMessage(int opcode, byte[] payload) {
		this.opcode = opcode;
		this.payload = payload;
	}

	static ClientMessage text(String text) {
		return new ClientMessage(ClientFrames.TEXT, text.getBytes(StandardCharsets.UTF_8));
	}

	static ClientMessage binary(byte[] bytes) {
		return new ClientMessage(ClientFrames.BINARY, bytes);
	}

	/**
	 * Return what is in the frame.
	 * @return the bytes, not masked
	 */
	byte[] payload() {
		return this.payload;
	}

	/**
	 * Return the masked frame.
	 * @return a frame, or no bytes for {@link #NONE}
	 */
	byte[] frame() {
		return (this == NONE) ? this.payload : ClientFrames.encode(this.opcode, this.payload);
	}

}
