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

import java.util.List;

import dev.realtime.protocol.ClientProtocol;
import dev.realtime.protocol.OutboundMessage;
import dev.realtime.protocol.TransferFormat;
import dev.realtime.transport.OutboundFrames;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Writes the frames of a server (RFC 6455, section 5.2), each with a whole message. Used
 * by one event loop.
 */
final class FrameWriter implements AutoCloseable {

	/**
	 * More than any message has: nothing is compressed.
	 */
	static final int NO_COMPRESSION = Integer.MAX_VALUE;

	private static final int LAST = 0x80;

	private static final int TEXT = LAST | 0x1;

	private static final int BINARY = LAST | 0x2;

	private static final int CLOSE = LAST | 0x8;

	private static final int PING = LAST | 0x9;

	private static final int PONG = LAST | 0xA;

	private static final int COMPRESSED = 0x40;

	private static final int LONGEST_HEADER = 10;

	private final MessageDeflater deflater = new MessageDeflater();

	/**
	 * Write messages, as many to a frame as the protocol allows.
	 * @param messages at least one message
	 * @param protocol the protocol of the receiver, or {@code null} before its handshake
	 * @param minCompressed the length from which on the payload of a frame is compressed,
	 * if that makes it shorter
	 * @param allocator provides the buffer
	 * @return the frames
	 */
	ByteBuf write(List<OutboundMessage> messages, @Nullable ClientProtocol protocol, int minCompressed,
			ByteBufAllocator allocator) {
		int capacity = LONGEST_HEADER * messages.size();
		for (OutboundMessage message : messages) {
			capacity += message.size();
		}
		ByteBuf frames = allocator.directBuffer(capacity);
		int start = 0;
		while (start < messages.size()) {
			int end = OutboundFrames.end(messages, start, protocol);
			write((end - start == messages.size()) ? messages : messages.subList(start, end), minCompressed, frames);
			start = end;
		}
		return frames;
	}

	private void write(List<OutboundMessage> messages, int minCompressed, ByteBuf frames) {
		int length = 0;
		for (int i = 0; i < messages.size(); i++) {
			length += messages.get(i).size();
		}
		boolean binary = messages.get(0).body().format() == TransferFormat.BINARY;
		int first = binary ? BINARY : TEXT;
		if (length < minCompressed || !writeCompressed(messages, first, length, frames)) {
			writeHeader(first, length, frames);
			writePayload(messages, frames);
		}
	}

	private boolean writeCompressed(List<OutboundMessage> messages, int first, int length, ByteBuf frames) {
		ByteBuf payload = frames.alloc().directBuffer(length);
		try {
			this.deflater.deflate(messages, payload);
			if (payload.readableBytes() >= length) {
				return false;
			}
			writeHeader(first | COMPRESSED, payload.readableBytes(), frames);
			frames.writeBytes(payload);
			return true;
		}
		finally {
			payload.release();
		}
	}

	private static void writePayload(List<OutboundMessage> messages, ByteBuf frames) {
		for (int i = 0; i < messages.size(); i++) {
			OutboundMessage message = messages.get(i);
			frames.writeBytes(message.body().bytes());
			byte[] tail = message.tail();
			if (tail != null) {
				frames.writeBytes(tail);
			}
		}
	}

	private static void writeHeader(int first, int length, ByteBuf frames) {
		frames.writeByte(first);
		if (length < 126) {
			frames.writeByte(length);
		}
		else if (length < 65536) {
			frames.writeByte(126).writeShort(length);
		}
		else {
			frames.writeByte(127).writeLong(length);
		}
	}

	/**
	 * Write a ping without a payload.
	 * @param allocator provides the buffer
	 * @return the frame
	 */
	static ByteBuf ping(ByteBufAllocator allocator) {
		return allocator.directBuffer(2).writeByte(PING).writeByte(0);
	}

	/**
	 * Write a pong.
	 * @param payload the payload of the ping
	 * @param allocator provides the buffer
	 * @return the frame
	 */
	static ByteBuf pong(byte[] payload, ByteBufAllocator allocator) {
		return allocator.directBuffer(2 + payload.length).writeByte(PONG).writeByte(payload.length).writeBytes(payload);
	}

	/**
	 * Write a close frame without a reason.
	 * @param status the close code
	 * @param allocator provides the buffer
	 * @return the frame
	 */
	static ByteBuf close(int status, ByteBufAllocator allocator) {
		return allocator.directBuffer(4).writeByte(CLOSE).writeByte(2).writeShort(status);
	}

	@Override
	public void close() {
		this.deflater.close();
	}

}
