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

package dev.realtime.web;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Frames as clients send them.
 */
public final class ClientFrames {

	public static final int LAST = 0x80;

	public static final int CONTINUATION = 0;

	public static final int TEXT = 1;

	public static final int BINARY = 2;

	public static final int CLOSE = 8;

	public static final int PING = 9;

	public static final int PONG = 10;

	private static final int MASK = 0x9A3C5EF1;

	private ClientFrames() {
	}

	/**
	 * Create the only frame of a text message.
	 * @param text the text
	 * @return the frame
	 */
	public static byte[] text(String text) {
		return frame(LAST | TEXT, text);
	}

	public static byte[] frame(int first, String payload) {
		return frame(first, payload.getBytes(StandardCharsets.UTF_8));
	}

	public static byte[] frame(int first, byte... payload) {
		return frame(first, MASK, payload);
	}

	/**
	 * Create a frame.
	 * @param first final bit, reserved bits and opcode
	 * @param mask the mask
	 * @param payload the payload
	 * @return the frame, its length in the shortest form
	 */
	public static byte[] frame(int first, int mask, byte[] payload) {
		int form = (payload.length < 126) ? payload.length : (payload.length < 65536) ? 126 : 127;
		return concat(head(first, form, payload.length, mask), masked(payload, mask));
	}

	/**
	 * Create all of a frame but its payload.
	 * @param first final bit, reserved bits and opcode
	 * @param form the second byte without the mask bit
	 * @param length the length, for the long forms
	 * @param mask the mask
	 * @return the head
	 */
	public static byte[] head(int first, int form, long length, int mask) {
		ByteBuffer head = ByteBuffer.allocate(14).put((byte) first).put((byte) (0x80 | form));
		if (form == 126) {
			head.putShort((short) length);
		}
		else if (form == 127) {
			head.putLong(length);
		}
		head.putInt(mask).flip();
		byte[] bytes = new byte[head.remaining()];
		head.get(bytes);
		return bytes;
	}

	/**
	 * Create a close frame.
	 * @param status its status
	 * @param reason its reason
	 * @return the frame
	 */
	public static byte[] close(int status, byte... reason) {
		return frame(LAST | CLOSE, concat(new byte[] { (byte) (status >> 8), (byte) status }, reason));
	}

	private static byte[] masked(byte[] payload, int mask) {
		byte[] masked = payload.clone();
		for (int i = 0; i < masked.length; i++) {
			masked[i] ^= (byte) (mask >>> (24 - 8 * (i % 4)));
		}
		return masked;
	}

	public static byte[] concat(byte[]... parts) {
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		for (byte[] part : parts) {
			all.writeBytes(part);
		}
		return all.toByteArray();
	}

}
