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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the records that {@link JsonHubProtocol} reads.
 */
class JsonMessageReadingTests {

	private final TestBinder binder = new TestBinder().method("Echo", String.class)
		.method("Notify")
		.method("Add", int.class, int.class)
		.stream("3", String.class)
		.result("s1", Integer.class);

	@Test
	void readsInvocation() {
		InvocationMessage message = read(InvocationMessage.class,
				"{\"type\":1,\"headers\":{\"Foo\":\"Bar\"},\"invocationId\":\"1\",\"target\":\"Add\",\"arguments\":[1,2],"
						+ "\"streamIds\":[\"7\",\"8\"]}");
		assertThat(message.headers()).isEqualTo(Map.of("Foo", "Bar"));
		assertThat(message.invocationId()).isEqualTo("1");
		assertThat(message.target()).isEqualTo("Add");
		assertThat(message.arguments()).containsExactly(1, 2);
		assertThat(message.streamIds()).isEqualTo(List.of("7", "8"));
		assertThat(message.type()).isEqualTo(HubMessageType.INVOCATION);
	}

	@Test
	void readsInvocationOfJavaScriptClient() {
		InvocationMessage message = read(InvocationMessage.class,
				"{\"arguments\":[\"hi\"],\"invocationId\":\"0\",\"target\":\"Echo\",\"type\":1}");
		assertThat(message.invocationId()).isEqualTo("0");
		assertThat(message.arguments()).containsExactly("hi");
		assertThat(message.headers()).isEmpty();
		assertThat(message.streamIds()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"type\":1,\"target\":\"Notify\",\"arguments\":[]}",
			"{\"type\":1,\"target\":\"Notify\",\"arguments\":[],\"invocationId\":\"\"}",
			"{\"type\":1,\"target\":\"Notify\",\"arguments\":[ ],\"invocationId\":null}" })
	void readsInvocationWithoutAnswer(String json) {
		InvocationMessage message = read(InvocationMessage.class, json);
		assertThat(message.invocationId()).isNull();
		assertThat(message.arguments()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"type\":1|\"invocationId\":\"1\"|\"target\":\"Add\"|\"arguments\":[1,2]",
			" \"arguments\" : [ 1 , 2 ] |\"target\":\"Add\"|\"invocationId\":\"1\"|\"type\":1",
			"\"x\":{\"type\":9,\"target\":[[\"\\\\\\\"]}\"]]}|\"arguments\":[1,2]|\"type\":1|\"invocationId\":\"1\"|\"target\":\"Add\"" })
	void acceptsEveryOrder(String properties) {
		List<String> parts = List.of(properties.split("\\|"));
		permutations(parts).forEach((order) -> {
			InvocationMessage message = read(InvocationMessage.class, "{" + String.join(",", order) + "}");
			assertThat(message.invocationId()).isEqualTo("1");
			assertThat(message.target()).isEqualTo("Add");
			assertThat(message.arguments()).containsExactly(1, 2);
		});
	}

	private static List<List<String>> permutations(List<String> parts) {
		if (parts.isEmpty()) {
			return List.of(List.of());
		}
		return parts.stream().flatMap((first) -> {
			List<String> others = parts.stream().filter((part) -> !part.equals(first)).toList();
			return permutations(others).stream().map((rest) -> {
				List<String> all = new ArrayList<>(rest);
				all.add(0, first);
				return all;
			});
		}).map(List::copyOf).toList();
	}

	@Test
	void takesTheLastOfDuplicates() {
		InvocationMessage message = read(InvocationMessage.class,
				"{\"type\":6,\"target\":\"Echo\",\"arguments\":[1,2],\"headers\":{\"a\":\"1\",\"a\":\"2\"},"
						+ "\"type\":1,\"target\":\"Echo\",\"arguments\":[\"x\"]}");
		assertThat(message.arguments()).containsExactly("x");
		assertThat(message.headers()).isEqualTo(Map.of("a", "2"));
	}

	@Test
	void readsEscapedNames() {
		InvocationMessage message = read(InvocationMessage.class,
				"{\"ty\\u0070e\":1,\"target\":\"\\u0045cho\",\"arguments\":[\"\\u001e\"]}");
		assertThat(message.arguments()).containsExactly("\u001e");
	}

	@Test
	void readsStreamInvocation() {
		StreamInvocationMessage message = read(StreamInvocationMessage.class,
				"{\"type\":4,\"invocationId\":\"1\",\"target\":\"Echo\",\"arguments\":[\"x\"],\"streamIds\":[\"2\"]}");
		assertThat(message.invocationId()).isEqualTo("1");
		assertThat(message.arguments()).containsExactly("x");
		assertThat(message.streamIds()).containsExactly("2");
	}

	@Test
	void readsStreamItem() {
		assertThat(read(StreamItemMessage.class, "{\"type\":2,\"invocationId\":\"3\",\"item\":\"x\"}"))
			.isEqualTo(StreamItemMessage.of("3", "x"));
		assertThat(read(StreamItemMessage.class, "{\"invocationId\":\"3\",\"item\":\"x\",\"type\":2}"))
			.isEqualTo(StreamItemMessage.of("3", "x"));
		assertThat(read(StreamItemMessage.class, "{\"item\":null,\"type\":2,\"invocationId\":\"3\"}"))
			.isEqualTo(StreamItemMessage.of("3", null));
	}

	@Test
	void readsCompletion() {
		assertThat(read(CompletionMessage.class, "{\"type\":3,\"invocationId\":\"s1\",\"result\":42}"))
			.isEqualTo(CompletionMessage.result("s1", 42));
		assertThat(read(CompletionMessage.class, "{\"result\":42,\"error\":null,\"invocationId\":\"s1\",\"type\":3}"))
			.isEqualTo(CompletionMessage.result("s1", 42));
		assertThat(read(CompletionMessage.class, "{\"type\":3,\"invocationId\":\"s1\",\"result\":null}"))
			.isEqualTo(CompletionMessage.result("s1", null));
		assertThat(read(CompletionMessage.class, "{\"type\":3,\"invocationId\":\"s1\",\"error\":\"no\"}"))
			.isEqualTo(CompletionMessage.error("s1", "no"));
		assertThat(read(CompletionMessage.class, "{\"type\":3,\"invocationId\":\"3\"}"))
			.isEqualTo(CompletionMessage.empty("3"));
	}

	@Test
	void skipsValuesOfUnknownIds() {
		assertThat(read(StreamItemMessage.class, "{\"type\":2,\"invocationId\":\"9\",\"item\":{\"a\":1}}"))
			.isEqualTo(StreamItemMessage.of("9", null));
		assertThat(read(CompletionMessage.class, "{\"type\":3,\"invocationId\":\"9\",\"result\":[[]]}"))
			.isEqualTo(CompletionMessage.result("9", null));
	}

	@Test
	void readsMessagesWithoutValues() {
		assertThat(read(CancelInvocationMessage.class, "{\"type\":5,\"invocationId\":\"1\",\"headers\":{\"a\":\"b\"}}"))
			.isEqualTo(new CancelInvocationMessage(Map.of("a", "b"), "1"));
		assertThat(read(PingMessage.class, "{\"type\":6}")).isSameAs(PingMessage.INSTANCE);
		assertThat(read(CloseMessage.class, "{\"type\":7}")).isEqualTo(new CloseMessage(null, false));
		assertThat(read(CloseMessage.class, "{\"type\":7,\"error\":null,\"allowReconnect\":false}"))
			.isEqualTo(new CloseMessage(null, false));
		assertThat(read(CloseMessage.class, "{\"type\":7,\"error\":\"\",\"allowReconnect\":true}"))
			.isEqualTo(new CloseMessage("", true));
		assertThat(read(AckMessage.class, "{\"type\":8,\"sequenceId\":9223372036854775807}"))
			.isEqualTo(new AckMessage(Long.MAX_VALUE));
		assertThat(read(SequenceMessage.class, "{\"sequenceId\":146,\"type\":9}")).isEqualTo(new SequenceMessage(146));
	}

	@Test
	void skipsUnknownProperties() {
		assertThat(read(PingMessage.class,
				"{\"a\":{\"b\":[{},\"\\\"}\",1e5]},\"TYPE\":1,\"type\":6,\"z\":\"é\",\"n\":-0.5}"))
			.isSameAs(PingMessage.INSTANCE);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 10, 99, -1, Integer.MAX_VALUE })
	void skipsUnknownTypes(int type) {
		assertThat(Frames.decode("{\"type\":" + type + ",\"what\":{}}", this.binder)).isNull();
		assertThat(Frames.decode("{\"type\":" + type + "}" + Frames.RS + "{\"type\":6}", this.binder))
			.isSameAs(PingMessage.INSTANCE);
	}

	private <T extends HubMessage> T read(Class<T> type, String json) {
		HubMessage message = Frames.decode(json, this.binder);
		assertThat(message).isInstanceOf(type);
		return type.cast(message);
	}

}
