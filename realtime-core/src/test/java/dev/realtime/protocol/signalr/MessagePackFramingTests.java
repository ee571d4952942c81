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

package dev.realtime.protocol.signalr;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import dev.realtime.protocol.InboundBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for how frames are cut into messages by their lengths.
 */
class MessagePackFramingTests {

	private static final int LIMIT = 32 * 1024;

	private static final String TOO_BIG = "The maximum message size of 32768B was exceeded. The message size can be "
			+ "configured in AddHubOptions.";

	private final TestBinder binder = new TestBinder().method("Echo", String.class).stream("1", String.class);

	@Test
	void joinsFramesSplitAnywhere() {
		byte[] bytes = conversation();
		for (int i = 0; i <= bytes.length; i++) {
			InboundBuffer buffer = new InboundBuffer();
			List<HubMessage> messages = new ArrayList<>();
			receive(bytes, 0, i, buffer, messages);
			receive(bytes, i, bytes.length, buffer, messages);
			assertMessages(messages);
			assertThat(buffer.remaining()).isZero();
		}
	}

	@Test
	void joinsSingleBytes() {
		byte[] bytes = conversation();
		InboundBuffer buffer = new InboundBuffer();
		List<HubMessage> messages = new ArrayList<>();
		for (int i = 0; i < bytes.length; i++) {
			receive(bytes, i, i + 1, buffer, messages);
		}
		assertMessages(messages);
	}

	// the first message has a prefix of two bytes
	private static byte[] conversation() {
		byte[][] frames = {
				MessagePackFrames
					.frame(MessagePackFrames.pack(List.of(1, Map.of(), "", "Echo", List.of("€".repeat(60))))),
				MessagePackFrames.frame(MessagePackFrames.pack(List.of(99))),
				MessagePackFrames.frame(MessagePackFrames.pack(List.of(2, Map.of(), "1", "é"))),
				MessagePackFrames.frame(MessagePackFrames.pack(List.of(6))) };
		ByteBuffer joined = ByteBuffer.allocate(Arrays.stream(frames).mapToInt((frame) -> frame.length).sum());
		Arrays.stream(frames).forEach(joined::put);
		return joined.array();
	}

	private void receive(byte[] bytes, int from, int to, InboundBuffer buffer, List<HubMessage> messages) {
		byte[] frame = new byte[to - from + 2];
		System.arraycopy(bytes, from, frame, 1, to - from);
		buffer.append(ByteBuffer.wrap(frame, 1, to - from));
		HubMessage message = MessagePackFrames.PROTOCOL.decode(buffer, this.binder, LIMIT);
		while (message != null) {
			messages.add(message);
			message = MessagePackFrames.PROTOCOL.decode(buffer, this.binder, LIMIT);
		}
		buffer.release();
		Arrays.fill(frame, (byte) 0);
	}

	private static void assertMessages(List<HubMessage> messages) {
		assertThat(messages).hasSize(3);
		assertThat(((InvocationMessage) messages.get(0)).arguments()).containsExactly("€".repeat(60));
		assertThat(messages.get(1)).isEqualTo(StreamItemMessage.of("1", "é"));
		assertThat(messages.get(2)).isSameAs(PingMessage.INSTANCE);
	}

	@ParameterizedTest
	@CsvSource({ "0, 00", "1, 01", "127, 7f", "128, 8001", "16383, ff7f", "16384, 808001", "2097151, ffff7f",
			"2097152, 80808001", "268435455, ffffff7f", "268435456, 8080808001", "2147483647, ffffffff07" })
	void writesTheShortestPrefix(int length, String hex) {
		byte[] array = new byte[LengthFraming.MAXIMUM_PREFIX];
		int start = LengthFraming.writePrefix(array, array.length, length);
		assertThat(HexFormat.of().formatHex(array, start, array.length)).isEqualTo(hex);
	}

	@ParameterizedTest
	@ValueSource(strings = { "029106", "82009106", "8280009106", "828080009106", "82808080009106" })
	void readsPrefixesOfAnyLength(String hex) {
		assertThat(MessagePackFrames.PROTOCOL.decode(Frames.buffer(HexFormat.of().parseHex(hex)), this.binder, LIMIT))
			.isSameAs(PingMessage.INSTANCE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "8080808008", "ffffffff0f", "8080808080", "ffffffffff" })
	void refusesMoreThanTwoGigabytes(String hex) {
		InboundBuffer buffer = Frames.buffer(HexFormat.of().parseHex(hex));
		assertThatExceptionOfType(HubProtocolException.class)
			.isThrownBy(() -> MessagePackFrames.PROTOCOL.decode(buffer, this.binder, Integer.MAX_VALUE))
			.withMessage("Messages over 2GB in size are not supported.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "80", "80808080", "029", "0291" })
	void waitsForMore(String hex) {
		byte[] bytes = HexFormat.of().parseHex(hex.substring(0, hex.length() / 2 * 2));
		InboundBuffer buffer = Frames.buffer(bytes);
		assertThat(MessagePackFrames.PROTOCOL.decode(buffer, this.binder, Integer.MAX_VALUE)).isNull();
		assertThat(buffer.remaining()).isEqualTo(bytes.length);
	}

	@Test
	void waitsForTheLargestMessageWithoutLimit() {
		InboundBuffer buffer = Frames.buffer(HexFormat.of().parseHex("ffffffff0791"));
		assertThatExceptionOfType(MessageTooBigException.class)
			.isThrownBy(() -> MessagePackFrames.PROTOCOL.decode(buffer, this.binder, Integer.MAX_VALUE));
		InboundBuffer other = Frames.buffer(HexFormat.of().parseHex("f0ffffff0791"));
		assertThat(MessagePackFrames.PROTOCOL.decode(other, this.binder, Integer.MAX_VALUE)).isNull();
	}

	@Test
	void takesOneMessageAtATime() {
		InboundBuffer buffer = Frames.buffer(HexFormat.of().parseHex("029106".repeat(1000) + "0291"));
		for (int i = 0; i < 1000; i++) {
			assertThat(MessagePackFrames.PROTOCOL.decode(buffer, this.binder, 3)).isSameAs(PingMessage.INSTANCE);
		}
		assertThat(MessagePackFrames.PROTOCOL.decode(buffer, this.binder, 3)).isNull();
		assertThat(buffer.remaining()).isEqualTo(2);
	}

	@Test
	void acceptsExactlyTheLimit() {
		InboundBuffer buffer = echoOfSize(LIMIT);
		assertThat(MessagePackFrames.PROTOCOL.decode(buffer, this.binder, LIMIT)).isInstanceOf(InvocationMessage.class);
		assertThat(buffer.remaining()).isZero();
	}

	@Test
	void refusesOneByteOverTheLimit() {
		assertThatExceptionOfType(MessageTooBigException.class)
			.isThrownBy(() -> MessagePackFrames.PROTOCOL.decode(echoOfSize(LIMIT + 1), this.binder, LIMIT))
			.withMessage(TOO_BIG);
	}

	@Test
	void refusesByTheLengthAlone() {
		assertThatExceptionOfType(MessageTooBigException.class)
			.isThrownBy(() -> MessagePackFrames.PROTOCOL.decode(Frames.buffer(HexFormat.of().parseHex("808002")),
					this.binder, LIMIT))
			.withMessage(TOO_BIG);
	}

	private static InboundBuffer echoOfSize(int size) {
		int empty = MessagePackFrames.frame(MessagePackFrames.pack(echo(" ".repeat(1000)))).length - 1000;
		// the prefix has a byte more
		return MessagePackFrames.buffer(MessagePackFrames.pack(echo(" ".repeat(size - empty - 1))));
	}

	private static List<?> echo(String text) {
		return List.of(1, Map.of(), "1", "Echo", List.of(text), List.of());
	}

}
