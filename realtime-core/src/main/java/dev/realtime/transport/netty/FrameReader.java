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

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Takes the frames of one client apart as their bytes arrive (RFC 6455, section 5). The
 * payload of messages is handed on in pieces, unmasked, inflated where it is compressed,
 * and checked to be UTF-8 where it has to be: however long a frame is, nothing of it is
 * held here. Pieces of neighbouring frames are handed on together, for protocols that
 * tell messages apart themselves. Called by the event loop of the connection.
 */
final class FrameReader implements AutoCloseable {

	private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

	private static final int CONTINUATION = 0;

	private static final int TEXT = 1;

	private static final int BINARY = 2;

	private static final int CLOSE = 8;

	private static final int PING = 9;

	private static final int PONG = 10;

	private static final int NO_STATUS = 1005;

	// of compressed payload, which may become a thousand times as much
	private static final int PIECE_BYTES = 1024;

	private static final int MAX_INFLATED_PER_READ = 1024 * 1024;

	private static final byte[] NOTHING = new byte[0];

	private final FrameListener listener;

	private final boolean messages;

	private final @Nullable MessageInflater inflater;

	private final Utf8Check utf8 = new Utf8Check();

	private State state = State.OPCODE;

	private boolean last;

	private int opcode;

	// the opcode of the message under way, or CONTINUATION if there is none
	private int message = CONTINUATION;

	private boolean compressed;

	private int lengthBytes;

	// the least length that needs that many bytes
	private int shortest;

	private long remaining;

	private int maskBytes;

	// the next byte of the payload is masked by the highest byte
	private int mask;

	private byte[] control = NOTHING;

	// how much of the scratch array is to be handed on
	private int pending;

	private int inflated;

	/**
	 * Create a reader.
	 * @param listener called with what the frames carry
	 * @param messages whether the listener is to be told where messages begin and end
	 * @param inflater inflates messages, or {@code null} if compression was not
	 * negotiated
	 */
	FrameReader(FrameListener listener, boolean messages, @Nullable MessageInflater inflater) {
		this.listener = listener;
		this.messages = messages;
		this.inflater = inflater;
	}

	/**
	 * Read what has arrived.
	 * @param in the bytes. Some are left after a close frame, and when so much was
	 * inflated that it is somebody else's turn
	 * @param scratch an array to put payload into, only used until this method returns
	 * @return {@code false} after a close frame
	 * @throws InvalidFrameException if the client does not follow the protocol
	 */
	boolean read(ByteBuf in, byte[] scratch) throws InvalidFrameException {
		this.inflated = 0;
		try {
			while (in.isReadable() && this.inflated < MAX_INFLATED_PER_READ) {
				if (this.state != State.PAYLOAD) {
					readHeader(in);
				}
				if (this.state == State.PAYLOAD) {
					if (this.opcode >= CLOSE) {
						if (this.opcode == CLOSE) {
							// what came before must be known before
							handOn(scratch);
						}
						if (!readControl(in)) {
							return false;
						}
					}
					else if (this.compressed) {
						readCompressed(in, scratch);
					}
					else {
						readPayload(in, scratch);
					}
				}
			}
			return true;
		}
		finally {
			handOn(scratch);
		}
	}

	private void handOn(byte[] scratch) {
		if (this.pending > 0) {
			int length = this.pending;
			this.pending = 0;
			this.listener.onPayload(scratch, 0, length);
		}
	}

	private void readHeader(ByteBuf in) throws InvalidFrameException {
		while (this.state != State.PAYLOAD && in.isReadable()) {
			int value = in.readUnsignedByte();
			switch (this.state) {
				case OPCODE -> readOpcode(value);
				case LENGTH -> readLength(value);
				case EXTENDED_LENGTH -> readExtendedLength(value);
				case MASK -> readMask(value);
				case PAYLOAD -> throw new IllegalStateException("No header");
			}
		}
	}

	private void readOpcode(int value) throws InvalidFrameException {
		this.last = (value & 0x80) != 0;
		this.opcode = value & 0x0F;
		boolean compressed = (value & 0x40) != 0;
		boolean allowed = this.inflater != null && (this.opcode == TEXT || this.opcode == BINARY);
		check((value & 0x30) == 0 && (!compressed || allowed), "Reserved bits are set");
		switch (this.opcode) {
			case CONTINUATION -> check(this.message != CONTINUATION, "Nothing to continue");
			case TEXT, BINARY -> {
				check(this.message == CONTINUATION, "A message begins within another one");
				this.message = this.opcode;
				this.compressed = compressed;
				if (compressed) {
					inflater().begin();
				}
				if (this.messages) {
					this.listener.onMessageBegin(this.message == TEXT);
				}
			}
			case CLOSE, PING, PONG -> check(this.last, "A control frame is fragmented");
			default -> throw InvalidFrameException.protocolError("Unknown opcode " + this.opcode);
		}
		this.state = State.LENGTH;
	}

	private void readLength(int value) throws InvalidFrameException {
		check((value & 0x80) != 0, "A frame is not masked");
		int length = value & 0x7F;
		check(this.opcode < CLOSE || length <= 125, "A control frame is too long");
		this.remaining = (length < 126) ? length : 0;
		this.lengthBytes = (length == 126) ? 2 : Long.BYTES;
		this.shortest = (length == 126) ? 126 : 65536;
		this.maskBytes = Integer.BYTES;
		this.state = (length < 126) ? State.MASK : State.EXTENDED_LENGTH;
	}

	private void readExtendedLength(int value) throws InvalidFrameException {
		this.remaining = (this.remaining << 8) | value;
		check(this.remaining >= 0, "The length of a frame is negative");
		if (--this.lengthBytes == 0) {
			check(this.remaining >= this.shortest, "The length of a frame is not in its shortest form");
			this.state = State.MASK;
		}
	}

	private void readMask(int value) {
		this.mask = (this.mask << 8) | value;
		if (--this.maskBytes == 0) {
			this.state = State.PAYLOAD;
			if (this.opcode >= CLOSE) {
				this.control = new byte[(int) this.remaining];
			}
		}
	}

	private boolean readControl(ByteBuf in) throws InvalidFrameException {
		int length = (int) Math.min(this.remaining, in.readableBytes());
		int offset = this.control.length - (int) this.remaining;
		in.readBytes(this.control, offset, length);
		unmask(this.control, offset, offset + length);
		this.remaining -= length;
		if (this.remaining > 0) {
			return true;
		}
		byte[] payload = this.control;
		this.control = NOTHING;
		this.state = State.OPCODE;
		switch (this.opcode) {
			case PING -> this.listener.onPing(payload);
			case PONG -> this.listener.onPong();
			case CLOSE -> {
				this.listener.onClose(status(payload));
				return false;
			}
		}
		return true;
	}

	private void readPayload(ByteBuf in, byte[] scratch) throws InvalidFrameException {
		if (this.pending == scratch.length) {
			handOn(scratch);
		}
		int start = this.pending;
		int length = (int) Math.min(Math.min(this.remaining, in.readableBytes()), scratch.length - start);
		in.readBytes(scratch, start, length);
		unmask(scratch, start, start + length);
		this.remaining -= length;
		checkText(scratch, start, start + length);
		this.pending += length;
		if (this.remaining == 0) {
			endFrame(scratch);
		}
	}

	private void readCompressed(ByteBuf in, byte[] scratch) throws InvalidFrameException {
		byte[] piece = new byte[(int) Math.min(Math.min(this.remaining, in.readableBytes()), PIECE_BYTES)];
		in.readBytes(piece);
		unmask(piece, 0, piece.length);
		this.remaining -= piece.length;
		MessageInflater inflater = inflater();
		inflater.input(piece, piece.length);
		inflate(inflater, scratch);
		if (this.remaining == 0) {
			if (this.last) {
				inflater.inputTail();
				inflate(inflater, scratch);
				inflater.close();
			}
			endFrame(scratch);
		}
	}

	private void inflate(MessageInflater inflater, byte[] scratch) throws InvalidFrameException {
		while (true) {
			if (this.pending == scratch.length) {
				handOn(scratch);
			}
			int length = inflater.inflate(scratch, this.pending);
			if (length == 0) {
				return;
			}
			checkText(scratch, this.pending, this.pending + length);
			this.pending += length;
			this.inflated += length;
		}
	}

	private void checkText(byte[] array, int start, int end) throws InvalidFrameException {
		if (this.message == TEXT && !this.utf8.accept(array, start, end)) {
			throw InvalidFrameException.invalidUtf8();
		}
	}

	private void endFrame(byte[] scratch) throws InvalidFrameException {
		this.state = State.OPCODE;
		if (this.last) {
			if (this.message == TEXT && !this.utf8.isComplete()) {
				throw InvalidFrameException.invalidUtf8();
			}
			if (this.messages) {
				handOn(scratch);
				this.listener.onMessageEnd(this.message == TEXT);
			}
			this.message = CONTINUATION;
		}
	}

	private MessageInflater inflater() {
		Assert.state(this.inflater != null, "No compression");
		return this.inflater;
	}

	private void unmask(byte[] array, int start, int end) {
		int i = start;
		if (end - i >= Long.BYTES) {
			long mask = ((long) this.mask << Integer.SIZE) | (this.mask & 0xFFFFFFFFL);
			for (; i + Long.BYTES <= end; i += Long.BYTES) {
				LONGS.set(array, i, (long) LONGS.get(array, i) ^ mask);
			}
		}
		for (; i < end; i++) {
			array[i] ^= (byte) (this.mask >>> 24);
			this.mask = Integer.rotateLeft(this.mask, Byte.SIZE);
		}
	}

	// section 7.4
	private static int status(byte[] payload) throws InvalidFrameException {
		if (payload.length == 0) {
			return NO_STATUS;
		}
		check(payload.length >= 2, "A close frame has half a status");
		int status = (payload[0] & 0xFF) << 8 | (payload[1] & 0xFF);
		boolean registered = status >= 1000 && status <= 1014 && (status < 1004 || status > 1006);
		check(registered || (status >= 3000 && status <= 4999), "A close frame has status " + status);
		Utf8Check reason = new Utf8Check();
		if (!reason.accept(payload, 2, payload.length) || !reason.isComplete()) {
			throw InvalidFrameException.invalidUtf8();
		}
		return status;
	}

	/**
	 * Let go of what a message under way needs.
	 */
	@Override
	public void close() {
		if (this.inflater != null) {
			this.inflater.close();
		}
	}

	private static void check(boolean valid, String message) throws InvalidFrameException {
		if (!valid) {
			throw InvalidFrameException.protocolError(message);
		}
	}

	private enum State {

		OPCODE, LENGTH, EXTENDED_LENGTH, MASK, PAYLOAD

	}

}
