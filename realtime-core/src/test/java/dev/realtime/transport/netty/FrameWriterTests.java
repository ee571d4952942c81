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
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import dev.realtime.protocol.EncodedBody;
import dev.realtime.protocol.EncodedMessage;
import dev.realtime.protocol.OutboundMessage;
import dev.realtime.web.Deflate;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FrameWriter}.
 */
class FrameWriterTests {

	private static final TestProtocol JOINING = new TestProtocol(true);

	private static final TestProtocol NOT_JOINING = new TestProtocol(false);

	private final FrameWriter writer = new FrameWriter();

	private final ByteBufAllocator allocator = UnpooledByteBufAllocator.DEFAULT;

	@ParameterizedTest
	@CsvSource({ "0, 8200", "1, 8201", "125, 827d", "126, 827e007e", "127, 827e007f", "65535, 827effff",
			"65536, 827f0000000000010000", "100000, 827f00000000000186a0" })
	void usesTheShortestFormOfLength(int length, String header) {
		byte[] payload = new byte[length];
		Arrays.fill(payload, (byte) 0x55);
		ByteBuf frames = this.writer.write(List.of(OutboundMessage.of(EncodedBody.binary(payload))), null,
				FrameWriter.NO_COMPRESSION, this.allocator);
		assertThat(ByteBufUtil.hexDump(frames, 0, header.length() / 2)).isEqualTo(header);
		frames.skipBytes(header.length() / 2);
		assertThat(ByteBufUtil.getBytes(frames)).isEqualTo(payload);
		frames.release();
	}

	@Test
	void joinsMessagesOfOneFormat() {
		assertThat(write(JOINING, text("a"), text("b", "-tail"), text("c"))).containsExactly("81 ab-tailc");
	}

	@Test
	void doesNotJoinTextAndBinary() {
		assertThat(write(JOINING, text("a"), text("b"), binary("c"), binary("d"), text("e"))).containsExactly("81 ab",
				"82 cd", "81 e");
	}

	@Test
	void doesNotJoinUnlessTheProtocolDoes() {
		assertThat(write(NOT_JOINING, text("a"), text("b"), binary("c"))).containsExactly("81 a", "81 b", "82 c");
	}

	@Test
	void tailsFollowTheirOwnMessages() {
		assertThat(write(NOT_JOINING, text("a", "-1"), text("b"), text("a", "-2"))).containsExactly("81 a-1", "81 b",
				"81 a-2");
	}

	@Test
	void doesNotJoinBeforeTheHandshake() {
		assertThat(write(null, text("a"), text("b"))).containsExactly("81 a", "81 b");
	}

	@Test
	void lengthOfJoinedMessagesIncludesTails() {
		OutboundMessage[] messages = new OutboundMessage[1000];
		Arrays.fill(messages, text("x".repeat(60), "12345"));
		assertThat(write(JOINING, messages)).containsExactly("81 " + ("x".repeat(60) + "12345").repeat(1000));
	}

	@Test
	void buffersHaveTheRightSize() {
		OutboundMessage[] messages = new OutboundMessage[50];
		Arrays.fill(messages, text("x".repeat(70_000)));
		ByteBuf frames = this.writer.write(List.of(messages), NOT_JOINING, FrameWriter.NO_COMPRESSION, this.allocator);
		assertThat(frames.readableBytes()).isEqualTo(50 * 70_010);
		assertThat(frames.capacity()).isEqualTo(50 * 70_010);
		assertThat(frames.isDirect()).isTrue();
		frames.release();
	}

	@Test
	void writesPong() {
		assertThat(ServerFrames.read(FrameWriter.pong(new byte[0], this.allocator))).containsExactly("8a ");
		byte[] payload = "p".repeat(125).getBytes(StandardCharsets.UTF_8);
		assertThat(ServerFrames.read(FrameWriter.pong(payload, this.allocator)))
			.containsExactly("8a " + "p".repeat(125));
	}

	@Test
	void writesClose() {
		ByteBuf frame = FrameWriter.close(1001, this.allocator);
		assertThat(ByteBufUtil.hexDump(frame)).isEqualTo("880203e9");
		frame.release();
	}

	@Test
	void compressesFromTheMinimumOn() {
		byte[] text = "abc".repeat(100).getBytes(StandardCharsets.UTF_8);
		assertThat(compressed(301, text)).startsWith(0x81, 126);
		byte[] frame = compressed(300, text);
		assertThat(frame[0]).isEqualTo((byte) 0xc1);
		assertThat(frame[1]).isLessThan((byte) 100);
		assertThat(Deflate.inflate(Arrays.copyOfRange(frame, 2, frame.length))).isEqualTo(text);
		// nothing is known of the message before
		assertThat(compressed(300, text)).isEqualTo(frame);
	}

	@Test
	void doesNotCompressWhatGetsNoShorter() {
		byte[] random = new byte[100];
		new Random(1).nextBytes(random);
		assertThat(compressed(0, random)).startsWith(0x81, 100);
		assertThat(compressed(0, new byte[0])).startsWith(0x81, 0);
	}

	@Test
	void compressesLongMessages() {
		byte[] text = new byte[300_000];
		for (int i = 0; i < text.length; i++) {
			text[i] = (byte) ('a' + (i * 31 + i / 7 + i / 1000) % 26);
		}
		byte[] frame = compressed(0, text);
		assertThat(frame[1]).isEqualTo((byte) 126);
		assertThat(Deflate.inflate(Arrays.copyOfRange(frame, 4, frame.length))).isEqualTo(text);
	}

	@Test
	void compressesJoinedMessagesTogether() {
		OutboundMessage[] messages = new OutboundMessage[20];
		Arrays.fill(messages, text("0123456789", "-tail"));
		byte[] frame = compressed(100, JOINING, messages);
		assertThat(frame[0]).isEqualTo((byte) 0xc1);
		assertThat(Deflate.inflate(Arrays.copyOfRange(frame, 2, frame.length))).asString()
			.isEqualTo("0123456789-tail".repeat(20));
	}

	private byte[] compressed(int minCompressed, byte[] text) {
		return compressed(minCompressed, NOT_JOINING, OutboundMessage.of(EncodedBody.text(text)));
	}

	private byte[] compressed(int minCompressed, TestProtocol protocol, OutboundMessage... messages) {
		ByteBuf frames = this.writer.write(List.of(messages), protocol, minCompressed, this.allocator);
		byte[] bytes = ByteBufUtil.getBytes(frames);
		frames.release();
		return bytes;
	}

	private List<String> write(TestProtocol protocol, OutboundMessage... messages) {
		return ServerFrames
			.read(this.writer.write(List.of(messages), protocol, FrameWriter.NO_COMPRESSION, this.allocator));
	}

	private static OutboundMessage text(String text) {
		return OutboundMessage.of(EncodedBody.text(text.getBytes(StandardCharsets.UTF_8)));
	}

	private static OutboundMessage text(String text, String tail) {
		return new OutboundMessage(EncodedBody.text(text.getBytes(StandardCharsets.UTF_8)),
				tail.getBytes(StandardCharsets.UTF_8), false, EncodedMessage.NO_DEADLINE);
	}

	private static OutboundMessage binary(String text) {
		return OutboundMessage.of(EncodedBody.binary(text.getBytes(StandardCharsets.UTF_8)));
	}

}
