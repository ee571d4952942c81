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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.realtime.protocol.EncodedBody;
import dev.realtime.protocol.MessageEncodingException;
import dev.realtime.protocol.TransferFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for the records that {@link JsonHubProtocol} writes.
 */
class JsonMessageWritingTests {

	private static final Map<String, String> HEADERS = Map.of("Foo", "Bar");

	@ParameterizedTest
	@MethodSource("messages")
	void writesExactly(HubMessage message, String json) {
		EncodedBody body = Frames.JSON.encode(message);
		assertThat(Frames.text(body)).isEqualTo(json + Frames.RS);
		assertThat(body.format()).isEqualTo(TransferFormat.TEXT);
	}

	static Stream<Arguments> messages() {
		return Stream.concat(calls(), answers());
	}

	private static Stream<Arguments> calls() {
		return Stream.of(
				Arguments.of(InvocationMessage.of(null, "Notify"),
						"{\"type\":1,\"target\":\"Notify\",\"arguments\":[]}"),
				Arguments.of(InvocationMessage.of("", "Notify"), "{\"type\":1,\"target\":\"Notify\",\"arguments\":[]}"),
				Arguments.of(InvocationMessage.of("s1", "Ask", "?"),
						"{\"type\":1,\"invocationId\":\"s1\",\"target\":\"Ask\",\"arguments\":[\"?\"]}"),
				Arguments.of(InvocationMessage.of(null, "Mixed", 1, null, "ü<>&'", true, List.of(1.5), Map.of("a", 2)),
						"{\"type\":1,\"target\":\"Mixed\",\"arguments\":[1,null,\"ü<>&'\",true,[1.5],{\"a\":2}]}"),
				Arguments.of(new InvocationMessage(HEADERS, "1", "Up", new Object[] { 1 }, List.of("2", "3")),
						"{\"type\":1,\"headers\":{\"Foo\":\"Bar\"},\"invocationId\":\"1\",\"target\":\"Up\","
								+ "\"arguments\":[1],\"streamIds\":[\"2\",\"3\"]}"),
				Arguments.of(new StreamInvocationMessage(HEADERS, "1", "Stream", new Object[] { 3 }, List.of()),
						"{\"type\":4,\"headers\":{\"Foo\":\"Bar\"},\"invocationId\":\"1\",\"target\":\"Stream\","
								+ "\"arguments\":[3]}"),
				Arguments.of(new StreamInvocationMessage(Map.of(), "1", "Stream", new Object[0], List.of("2")),
						"{\"type\":4,\"invocationId\":\"1\",\"target\":\"Stream\",\"arguments\":[],\"streamIds\":[\"2\"]}"),
				Arguments.of(new CancelInvocationMessage(Map.of(), "1"), "{\"type\":5,\"invocationId\":\"1\"}"),
				Arguments.of(new CancelInvocationMessage(HEADERS, "1"),
						"{\"type\":5,\"headers\":{\"Foo\":\"Bar\"},\"invocationId\":\"1\"}"));
	}

	private static Stream<Arguments> answers() {
		return Stream.of(
				Arguments.of(StreamItemMessage.of("1", "a"), "{\"type\":2,\"invocationId\":\"1\",\"item\":\"a\"}"),
				Arguments.of(StreamItemMessage.of("1", null), "{\"type\":2,\"invocationId\":\"1\",\"item\":null}"),
				Arguments.of(CompletionMessage.result("0", "hi"),
						"{\"type\":3,\"invocationId\":\"0\",\"result\":\"hi\"}"),
				Arguments.of(CompletionMessage.result("0", null),
						"{\"type\":3,\"invocationId\":\"0\",\"result\":null}"),
				Arguments.of(CompletionMessage.error("0", "no"),
						"{\"type\":3,\"invocationId\":\"0\",\"error\":\"no\"}"),
				Arguments.of(CompletionMessage.empty("0"), "{\"type\":3,\"invocationId\":\"0\"}"),
				Arguments.of(new CompletionMessage(HEADERS, "0", null, 1, true),
						"{\"type\":3,\"headers\":{\"Foo\":\"Bar\"},\"invocationId\":\"0\",\"result\":1}"),
				Arguments.of(PingMessage.INSTANCE, "{\"type\":6}"),
				Arguments.of(new CloseMessage(null, false), "{\"type\":7}"),
				Arguments.of(new CloseMessage(null, true), "{\"type\":7,\"allowReconnect\":true}"),
				Arguments.of(new CloseMessage("", false), "{\"type\":7,\"error\":\"\"}"),
				Arguments.of(new CloseMessage("Connection closed with an error.", true),
						"{\"type\":7,\"error\":\"Connection closed with an error.\",\"allowReconnect\":true}"),
				Arguments.of(new AckMessage(42), "{\"type\":8,\"sequenceId\":42}"),
				Arguments.of(new SequenceMessage(Long.MAX_VALUE), "{\"type\":9,\"sequenceId\":9223372036854775807}"));
	}

	@Test
	void encodesPingsOnce() {
		assertThat(Frames.JSON.encode(PingMessage.INSTANCE)).isSameAs(Frames.JSON.encode(PingMessage.INSTANCE))
			.extracting(EncodedBody::size)
			.isEqualTo(11);
	}

	@Test
	void escapesTheSeparatorWithinValues() {
		String text = Frames.text(Frames.JSON.encode(new InvocationMessage(Map.of("h\u001e", "\u001e"), "\u001e",
				"\u001e", new Object[] { "\u001e", '\u001e', Map.of("\u001e", new char[] { '\u001e' }) }, List.of())));
		assertThat(text.indexOf(Frames.RS)).isEqualTo(text.length() - 1);
		assertThat(text.toLowerCase()).contains("\\u001e");
	}

	@Test
	void writesMessagesBeyondTheBufferOfTheGenerator() {
		String item = "x".repeat(100_000);
		assertThat(Frames.text(Frames.JSON.encode(StreamItemMessage.of("1", item))))
			.isEqualTo("{\"type\":2,\"invocationId\":\"1\",\"item\":\"" + item + "\"}" + Frames.RS);
	}

	@Test
	void writesRawResultsUnchanged() {
		RawResult raw = new RawResult("{\"a\": [1]}".getBytes());
		assertThat(Frames.text(Frames.JSON.encode(CompletionMessage.result("1", raw))))
			.isEqualTo("{\"type\":3,\"invocationId\":\"1\",\"result\":{\"a\": [1]}}" + Frames.RS);
	}

	@Test
	void reportsWhatCannotBeEncoded() {
		assertThatExceptionOfType(MessageEncodingException.class)
			.isThrownBy(() -> Frames.JSON.encode(InvocationMessage.of(null, "Notify", new Failing("x"))))
			.withRootCauseInstanceOf(IllegalStateException.class);
		List<Object> cycle = new ArrayList<>();
		cycle.add(cycle);
		assertThatExceptionOfType(MessageEncodingException.class)
			.isThrownBy(() -> Frames.JSON.encode(CompletionMessage.result("1", cycle)));
	}

	@Test
	void refusesBindingFailures() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> Frames.JSON.encode(new StreamBindingFailureMessage("1", new RuntimeException())));
	}

	record Failing(String text) {

		@Override
		public String text() {
			throw new IllegalStateException("failed");
		}

	}

}
