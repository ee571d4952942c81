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
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * Frames messages for one receiver after the other, once for all neighbours that get the
 * same messages. Used by one event loop.
 */
final class SharedFrames {

	private static final OutboundMessage[] NONE = {};

	private final FrameWriter writer;

	private OutboundMessage[] messages = NONE;

	private @Nullable ClientProtocol protocol;

	private int minCompressed;

	private ByteBuf buffer = Unpooled.EMPTY_BUFFER;

	SharedFrames(FrameWriter writer) {
		this.writer = writer;
	}

	/**
	 * Return the frames of some messages.
	 * @param messages the messages
	 * @param protocol the protocol of the receiver, or {@code null} before its handshake
	 * @param minCompressed the length from which on frames are compressed
	 * @param allocator provides the buffer
	 * @return the frames, to be released by the caller
	 */
	ByteBuf of(List<OutboundMessage> messages, @Nullable ClientProtocol protocol, int minCompressed,
			ByteBufAllocator allocator) {
		if (this.protocol == protocol && this.minCompressed == minCompressed && isSame(messages)) {
			return this.buffer.retainedDuplicate();
		}
		ByteBuf frames = this.writer.write(messages, protocol, minCompressed, allocator);
		if (isShared(messages)) {
			keep(messages, frames);
			this.protocol = protocol;
			this.minCompressed = minCompressed;
			return frames.retainedDuplicate();
		}
		return frames;
	}

	private boolean isSame(List<OutboundMessage> messages) {
		if (messages.size() != this.messages.length) {
			return false;
		}
		for (int i = 0; i < this.messages.length; i++) {
			if (messages.get(i) != this.messages[i]) {
				return false;
			}
		}
		return true;
	}

	// only messages to many may be dropped
	private static boolean isShared(List<OutboundMessage> messages) {
		return messages.get(0).droppable() && messages.get(messages.size() - 1).droppable();
	}

	private void keep(List<OutboundMessage> messages, ByteBuf frames) {
		this.buffer.release();
		this.messages = messages.toArray(NONE);
		this.buffer = frames;
	}

	/**
	 * Let go of the frames, which may be needed no more.
	 */
	void clear() {
		if (this.messages.length > 0) {
			this.buffer.release();
			this.messages = NONE;
			this.protocol = null;
			this.buffer = Unpooled.EMPTY_BUFFER;
		}
	}

}
