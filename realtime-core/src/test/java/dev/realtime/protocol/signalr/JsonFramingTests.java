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
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import dev.realtime.protocol.InboundBuffer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for how frames are cut into messages.
 */
class JsonFramingTests {

	private static final int LIMIT = 32 * 1024;

	private static final String TOO_BIG = "The maximum message size of 32768B was exceeded. The message size can be "
			+ "configured in AddHubOptions.";

	private final TestBinder binder = new TestBinder().method("Echo", String.class).stream("1", String.class);

	@Test
	void joinsFramesSplitAnywhere() {
		String text = "{\"arguments\":[\"grün €𝄞\"],\"target\":\"Echo\",\"type\":1}" + Frames.RS + "{\"type\":99}"
				+ Frames.RS + "{\"type\":2,\"invocationId\":\"1\",\"item\":\"é\"}" + Frames.RS + "{\"type\":6}"
				+ Frames.RS;
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
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
		String text = "{\"arguments\":[\"grün €𝄞\"],\"target\":\"Echo\",\"type\":1}" + Frames.RS
				+ "{\"type\":2,\"invocationId\":\"1\",\"item\":\"é\"}" + Frames.RS + "{\"type\":6}" + Frames.RS;
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		InboundBuffer buffer = new InboundBuffer();
		List<HubMessage> messages = new ArrayList<>();
		for (int i = 0; i < bytes.length; i++) {
			receive(bytes, i, i + 1, buffer, messages);
		}
		assertMessages(messages);
	}

	private void receive(byte[] bytes, int from, int to, InboundBuffer buffer, List<HubMessage> messages) {
		byte[] frame = new byte[to - from + 2];
		System.arraycopy(bytes, from, frame, 1, to - from);
		buffer.append(ByteBuffer.wrap(frame, 1, to - from));
		HubMessage message = Frames.JSON.decode(buffer, this.binder, LIMIT);
		while (message != null) {
			messages.add(message);
			message = Frames.JSON.decode(buffer, this.binder, LIMIT);
		}
		buffer.release();
		Arrays.fill(frame, (byte) 0);
	}

	private static void assertMessages(List<HubMessage> messages) {
		assertThat(messages).hasSize(3);
		assertThat(((InvocationMessage) messages.get(0)).arguments()).containsExactly("grün €𝄞");
		assertThat(messages.get(1)).isEqualTo(StreamItemMessage.of("1", "é"));
		assertThat(messages.get(2)).isSameAs(PingMessage.INSTANCE);
	}

	@Test
	void takesOneMessageAtATime() {
		InboundBuffer buffer = Frames.buffer(("{\"type\":6}" + Frames.RS).repeat(1000) + "{\"type\"");
		for (int i = 0; i < 1000; i++) {
			assertThat(Frames.JSON.decode(buffer, this.binder, 11)).isSameAs(PingMessage.INSTANCE);
		}
		assertThat(Frames.JSON.decode(buffer, this.binder, 11)).isNull();
		assertThat(buffer.remaining()).isEqualTo(7);
	}

	@Test
	void consumesSkippedMessages() {
		InboundBuffer buffer = Frames.buffer("{\"type\":10}" + Frames.RS);
		assertThat(Frames.JSON.decode(buffer, this.binder, LIMIT)).isNull();
		assertThat(buffer.remaining()).isZero();
	}

	@Test
	void acceptsExactlyTheLimit() {
		InboundBuffer buffer = Frames.buffer(echoOfSize(LIMIT) + echoOfSize(LIMIT));
		assertThat(Frames.JSON.decode(buffer, this.binder, LIMIT)).isInstanceOf(InvocationMessage.class);
		assertThat(Frames.JSON.decode(buffer, this.binder, LIMIT)).isInstanceOf(InvocationMessage.class);
	}

	@Test
	void refusesOneByteOverTheLimit() {
		InboundBuffer buffer = Frames.buffer(echoOfSize(LIMIT) + echoOfSize(LIMIT + 1));
		assertThat(Frames.JSON.decode(buffer, this.binder, LIMIT)).isInstanceOf(InvocationMessage.class);
		assertThatExceptionOfType(MessageTooBigException.class)
			.isThrownBy(() -> Frames.JSON.decode(buffer, this.binder, LIMIT))
			.withMessage(TOO_BIG);
	}

	@Test
	void refusesTooMuchWithoutSeparator() {
		assertThat(Frames.JSON.decode(Frames.buffer(" ".repeat(LIMIT)), this.binder, LIMIT)).isNull();
		assertThatExceptionOfType(MessageTooBigException.class)
			.isThrownBy(() -> Frames.JSON.decode(Frames.buffer(" ".repeat(LIMIT + 1)), this.binder, LIMIT))
			.withMessage(TOO_BIG);
	}

	private static String echoOfSize(int size) {
		String empty = "{\"type\":1,\"target\":\"Echo\",\"arguments\":[\"\"]}" + Frames.RS;
		return empty.replace("\"\"", "\"" + "x".repeat(size - empty.length()) + "\"");
	}

}
