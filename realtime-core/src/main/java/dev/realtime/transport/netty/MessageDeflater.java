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
import java.util.zip.Deflater;

import dev.realtime.protocol.OutboundMessage;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Deflates messages (RFC 7692, section 7.2.1), each by itself. Used by one event loop.
 */
final class MessageDeflater implements AutoCloseable {

	private static final int PIECE_BYTES = 8 * 1024;

	// what every message ends with, and which is not sent
	private static final int TAIL_BYTES = 4;

	private @Nullable Deflater deflater;

	private byte[] piece = {};

	/**
	 * Deflate the payload of a frame.
	 * @param messages its messages
	 * @param out where to
	 */
	void deflate(List<OutboundMessage> messages, ByteBuf out) {
		Deflater deflater = deflater();
		for (OutboundMessage message : messages) {
			deflate(deflater, message.body().bytes(), Deflater.NO_FLUSH, out);
			byte[] tail = message.tail();
			if (tail != null) {
				deflate(deflater, tail, Deflater.NO_FLUSH, out);
			}
		}
		deflate(deflater, new byte[0], Deflater.SYNC_FLUSH, out);
		out.writerIndex(out.writerIndex() - TAIL_BYTES);
		deflater.reset();
	}

	private void deflate(Deflater deflater, byte[] input, int flush, ByteBuf out) {
		deflater.setInput(input);
		int length;
		do {
			length = deflater.deflate(this.piece, 0, PIECE_BYTES, flush);
			out.writeBytes(this.piece, 0, length);
		}
		while (length == PIECE_BYTES || !deflater.needsInput());
	}

	private Deflater deflater() {
		Deflater deflater = this.deflater;
		if (deflater == null) {
			deflater = new Deflater(Deflater.BEST_SPEED, true);
			this.deflater = deflater;
			this.piece = new byte[PIECE_BYTES];
		}
		return deflater;
	}

	@Override
	public void close() {
		Deflater deflater = this.deflater;
		if (deflater != null) {
			this.deflater = null;
			deflater.end();
		}
	}

}
