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

import java.nio.ByteBuffer;

/**
 * The frames of a WebSocket client (RFC 6455, section 5.2), all masked with the same key.
 */
final class ClientFrames {

	static final int TEXT = 1;

	static final int BINARY = 2;

	static final int CLOSE = 8;

	static final int PING = 9;

	static final int PONG = 10;

	private static final byte[] MASK = { 0x37, (byte) 0xfa, 0x21, 0x3d };

	private static final int FINAL = 0x80;

	private static final int MASKED = 0x80;

	private ClientFrames() {
	}

	static byte[] encode(int opcode, byte[] payload) {
		int header = headerSize(payload.length);
		ByteBuffer frame = ByteBuffer.allocate(header + payload.length);
		frame.put((byte) (FINAL | opcode));
		if (payload.length < 126) {
			frame.put((byte) (MASKED | payload.length));
		}
		else if (payload.length < 65536) {
			frame.put((byte) (MASKED | 126)).putShort((short) payload.length);
		}
		else {
			frame.put((byte) (MASKED | 127)).putLong(payload.length);
		}
		frame.put(MASK);
		for (int i = 0; i < payload.length; i++) {
			frame.put(mask(payload[i], i));
		}
		return frame.array();
	}

	static int headerSize(int length) {
		int lengthBytes = (length < 126) ? 1 : (length < 65536) ? 3 : 9;
		return 1 + lengthBytes + MASK.length;
	}

	/**
	 * Mask a byte of a payload.
	 * @param value the byte
	 * @param index its index in the payload
	 * @return the byte as it is sent
	 */
	static byte mask(int value, int index) {
		return (byte) (value ^ MASK[index & 3]);
	}

}
