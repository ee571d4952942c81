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

import java.nio.charset.StandardCharsets;
import java.util.List;

import dev.realtime.protocol.EncodedBody;
import dev.realtime.protocol.EncodedMessage;
import dev.realtime.protocol.OutboundMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SharedFrames}.
 */
class SharedFramesTests {

	private static final TestProtocol PROTOCOL = new TestProtocol(true);

	private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);

	private final SharedFrames frames = new SharedFrames(new FrameWriter());

	private final OutboundMessage broadcast = message("broadcast", true);

	@AfterEach
	void everythingIsReleased() {
		this.frames.clear();
		assertThat(this.allocator.metric().usedDirectMemory()).isZero();
	}

	@Test
	void membersShareTheirFrames() {
		List<OutboundMessage> messages = List.of(this.broadcast, message("another", true));
		ByteBuf first = of(messages, PROTOCOL);
		ByteBuf second = of(List.copyOf(messages), PROTOCOL);
		assertThat(second.memoryAddress()).isEqualTo(first.memoryAddress());
		assertThat(first.refCnt()).isEqualTo(3);
		// one reader does not move the other
		assertThat(ServerFrames.read(first)).containsExactly("81 broadcastanother");
		assertThat(ServerFrames.read(second)).containsExactly("81 broadcastanother");
	}

	@Test
	void framesOutliveTheirSharing() {
		ByteBuf frames = of(List.of(this.broadcast), PROTOCOL);
		this.frames.clear();
		this.frames.clear();
		assertThat(frames.refCnt()).isOne();
		assertThat(ServerFrames.read(frames)).containsExactly("81 broadcast");
	}

	@Test
	void otherMessagesAreNotShared() {
		ByteBuf first = of(List.of(this.broadcast), PROTOCOL);
		ByteBuf more = of(List.of(this.broadcast, this.broadcast), PROTOCOL);
		ByteBuf equal = of(List.of(message("broadcast", true)), PROTOCOL);
		assertThat(ServerFrames.read(first)).containsExactly("81 broadcast");
		assertThat(ServerFrames.read(more)).containsExactly("81 broadcastbroadcast");
		assertThat(ServerFrames.read(equal)).containsExactly("81 broadcast");
	}

	@Test
	void otherProtocolsDoNotShare() {
		List<OutboundMessage> messages = List.of(this.broadcast, this.broadcast);
		ByteBuf joined = of(messages, PROTOCOL);
		ByteBuf single = of(messages, new TestProtocol(false));
		ByteBuf early = of(messages, null);
		assertThat(ServerFrames.read(joined)).containsExactly("81 broadcastbroadcast");
		assertThat(ServerFrames.read(single)).containsExactly("81 broadcast", "81 broadcast");
		assertThat(ServerFrames.read(early)).containsExactly("81 broadcast", "81 broadcast");
	}

	@Test
	void messagesToOneAreNotKept() {
		ByteBuf answer = of(List.of(message("answer", false)), PROTOCOL);
		ByteBuf mixed = of(List.of(this.broadcast, message("answer", false)), PROTOCOL);
		assertThat(answer.refCnt()).isOne();
		assertThat(mixed.refCnt()).isOne();
		answer.release();
		mixed.release();
	}

	@Test
	void messagesToOneDoNotEndTheSharing() {
		ByteBuf first = of(List.of(this.broadcast), PROTOCOL);
		ByteBuf answer = of(List.of(message("answer", false)), PROTOCOL);
		ByteBuf second = of(List.of(this.broadcast), PROTOCOL);
		assertThat(second.memoryAddress()).isEqualTo(first.memoryAddress());
		first.release();
		answer.release();
		second.release();
	}

	private ByteBuf of(List<OutboundMessage> messages, TestProtocol protocol) {
		return this.frames.of(messages, protocol, FrameWriter.NO_COMPRESSION, this.allocator);
	}

	private static OutboundMessage message(String text, boolean droppable) {
		return new OutboundMessage(EncodedBody.text(text.getBytes(StandardCharsets.UTF_8)), null, droppable,
				EncodedMessage.NO_DEADLINE);
	}

}
