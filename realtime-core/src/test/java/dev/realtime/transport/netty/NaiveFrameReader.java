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

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a whole stream of frames as simply as possible.
 */
final class NaiveFrameReader {

	final List<String> pings = new ArrayList<>();

	int closeStatus = ReadFrames.NONE;

	int errorStatus = ReadFrames.NONE;

	private final ByteArrayOutputStream payload = new ByteArrayOutputStream();

	// of the message under way
	private ByteArrayOutputStream message = new ByteArrayOutputStream();

	private int messageOpcode;

	NaiveFrameReader(byte[] stream) {
		ByteBuffer in = ByteBuffer.wrap(stream);
		try {
			while (in.hasRemaining() && this.closeStatus == ReadFrames.NONE) {
				readFrame(in);
			}
		}
		catch (BufferUnderflowException ex) {
			// the end of the stream
		}
		catch (Refusal ex) {
			this.errorStatus = ex.status;
		}
	}

	/**
	 * Return the payload of messages, up to the invalid frame if there is one.
	 */
	byte[] payload() {
		return this.payload.toByteArray();
	}

	private void readFrame(ByteBuffer in) {
		int first = in.get() & 0xFF;
		int opcode = first & 15;
		boolean last = first >= 128;
		boolean known = opcode <= 2 || (opcode >= 8 && opcode <= 10);
		refuse((first & 0x70) != 0 || !known || (opcode >= 8 && !last), 1002);
		refuse(opcode < 3 && (opcode == 0) != (this.messageOpcode != 0), 1002);
		int second = in.get() & 0xFF;
		refuse(second < 128 || (opcode >= 8 && second > 128 + 125), 1002);
		long length = second - 128;
		if (length == 126) {
			length = in.getShort() & 0xFFFF;
			refuse(length < 126, 1002);
		}
		else if (length == 127) {
			length = readLong(in);
			refuse(length < 65536, 1002);
		}
		byte[] mask = new byte[4];
		in.get(mask);
		byte[] payload = new byte[(int) Math.min(length, in.remaining())];
		in.get(payload);
		for (int i = 0; i < payload.length; i++) {
			payload[i] ^= mask[i % 4];
		}
		boolean whole = payload.length == length;
		if (opcode >= 8) {
			if (whole) {
				control(opcode, payload);
			}
			return;
		}
		data(opcode, payload, whole && last);
	}

	private static long readLong(ByteBuffer in) {
		if (in.remaining() < 8) {
			throw new BufferUnderflowException();
		}
		return in.getLong();
	}

	private void data(int opcode, byte[] payload, boolean complete) {
		this.messageOpcode = (opcode != 0) ? opcode : this.messageOpcode;
		this.message.writeBytes(payload);
		if (this.messageOpcode == 1) {
			byte[] text = this.message.toByteArray();
			refuse(!(complete ? JdkUtf8.isText(text) : JdkUtf8.isBeginning(text)), 1007);
		}
		this.payload.writeBytes(payload);
		if (complete) {
			this.message = new ByteArrayOutputStream();
			this.messageOpcode = 0;
		}
	}

	private void control(int opcode, byte[] payload) {
		if (opcode == 9) {
			this.pings.add(new String(payload, StandardCharsets.ISO_8859_1));
		}
		else if (opcode == 8 && payload.length == 0) {
			this.closeStatus = 1005;
		}
		else if (opcode == 8) {
			refuse(payload.length == 1, 1002);
			int status = ByteBuffer.wrap(payload).getShort() & 0xFFFF;
			boolean allowed = (status >= 1000 && status <= 1003) || (status >= 1007 && status <= 1014)
					|| (status >= 3000 && status <= 4999);
			refuse(!allowed, 1002);
			byte[] reason = new byte[payload.length - 2];
			System.arraycopy(payload, 2, reason, 0, reason.length);
			refuse(!JdkUtf8.isText(reason), 1007);
			this.closeStatus = status;
		}
	}

	private static void refuse(boolean refused, int status) {
		if (refused) {
			throw new Refusal(status);
		}
	}

	private static final class Refusal extends RuntimeException {

		private static final long serialVersionUID = 1L;

		private final int status;

		Refusal(int status) {
			this.status = status;
		}

	}

}
