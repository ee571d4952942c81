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
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * What a {@link FrameReader} has made of some bytes.
 */
final class ReadFrames implements FrameListener {

	static final int NONE = -1;

	private final FrameReader reader;

	private final byte[] scratch;

	private final ByteArrayOutputStream payload = new ByteArrayOutputStream();

	final List<String> pings = new ArrayList<>();

	int pongs;

	int pieces;

	int closeStatus = NONE;

	int errorStatus = NONE;

	int left;

	ReadFrames(int scratchLength) {
		this(scratchLength, null);
	}

	ReadFrames(int scratchLength, MessageInflater inflater) {
		this.reader = new FrameReader(this, false, inflater);
		this.scratch = new byte[scratchLength];
	}

	static ReadFrames of(byte... bytes) {
		return new ReadFrames(1024).read(bytes);
	}

	/**
	 * Read some bytes, unless what came before was the end.
	 */
	ReadFrames read(byte... bytes) {
		return read(bytes, 0, bytes.length);
	}

	ReadFrames read(byte[] bytes, int start, int end) {
		if (isEnded()) {
			return this;
		}
		ByteBuf in = Unpooled.wrappedBuffer(bytes, start, end - start);
		try {
			boolean goOn;
			do {
				goOn = this.reader.read(in, this.scratch);
			}
			while (goOn && in.isReadable());
			if (goOn != (this.closeStatus == NONE)) {
				throw new AssertionError("Result does not tell whether there was a close frame");
			}
		}
		catch (InvalidFrameException ex) {
			this.errorStatus = ex.status();
		}
		this.left = in.readableBytes();
		return this;
	}

	boolean isEnded() {
		return this.closeStatus != NONE || this.errorStatus != NONE;
	}

	byte[] payload() {
		return this.payload.toByteArray();
	}

	String text() {
		return this.payload.toString(StandardCharsets.UTF_8);
	}

	@Override
	public void onPayload(byte[] array, int offset, int length) {
		if (length <= 0 || isEnded()) {
			throw new AssertionError("Nothing, or too late");
		}
		this.pieces++;
		this.payload.write(array, offset, length);
	}

	@Override
	public void onMessageBegin(boolean text) {
		throw new AssertionError("Nobody wants to know");
	}

	@Override
	public void onMessageEnd(boolean text) {
		throw new AssertionError("Nobody wants to know");
	}

	@Override
	public void onPing(byte[] payload) {
		this.pings.add(new String(payload, StandardCharsets.ISO_8859_1));
	}

	@Override
	public void onPong() {
		this.pongs++;
	}

	@Override
	public void onClose(int status) {
		this.closeStatus = status;
	}

}
