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

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for how values become Java objects.
 */
class JsonBindingTests {

	private static final String BINDING = "Error binding arguments. Make sure that the types of the provided values "
			+ "match the types of the hub method being invoked.";

	@Test
	void bindsGenericTypes() {
		Type type = new TypeReference<List<Map<String, Point>>>() {
		}.getType();
		assertThat(bind(type, "[{\"a\":{\"x\":1,\"y\":2}},{}]"))
			.isEqualTo(List.of(Map.of("a", new Point(1, 2)), Map.of()));
	}

	@Test
	void bindsOptionals() {
		Type type = new TypeReference<Optional<Point>>() {
		}.getType();
		assertThat(bind(type, "{\"x\":1,\"y\":2}")).isEqualTo(Optional.of(new Point(1, 2)));
		assertThat(bind(type, "null")).isEqualTo(Optional.empty());
	}

	@Test
	void bindsTimes() {
		assertThat(bind(Instant.class, "\"2000-01-01T00:00:00Z\"")).isEqualTo(Instant.parse("2000-01-01T00:00:00Z"));
		assertThat(bind(LocalDate.class, "\"2000-02-03\"")).isEqualTo(LocalDate.of(2000, 2, 3));
	}

	@Test
	void bindsSimpleTypes() {
		assertThat(bind(String.class, "null")).isNull();
		assertThat(bind(long.class, "9223372036854775807")).isEqualTo(Long.MAX_VALUE);
		assertThat(bind(double.class, "-1.5e3")).isEqualTo(-1500.0);
		assertThat(bind(boolean.class, "true")).isEqualTo(true);
		assertThat(bind(byte[].class, "\"AQL/\"")).isEqualTo(new byte[] { 1, 2, (byte) 0xFF });
		assertThat(bind(int[].class, "[1,2]")).isEqualTo(new int[] { 1, 2 });
		assertThat(bind(Object.class, "{\"a\":[1,null]}")).hasToString("{a=[1, null]}");
		assertThat(bind(JsonNode.class, "{\"a\":1}")).hasToString("{\"a\":1}");
	}

	@Test
	void bindsManyArgumentsWithTrailingTokensForbidden() {
		JsonMapper mapper = JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
		TestBinder binder = new TestBinder().method("m", Point.class, int.class, String.class, Point.class);
		HubMessage message = new JsonHubProtocol(mapper).decode(Frames
			.buffer("{\"arguments\":[{\"x\":1,\"y\":2}, 3 ,\"é\",{\"x\":4,\"y\":5}],\"target\":\"m\",\"type\":1}"
					+ Frames.RS),
				binder, Integer.MAX_VALUE);
		assertThat(message).isInstanceOfSatisfying(InvocationMessage.class,
				(invocation) -> assertThat(invocation.arguments()).containsExactly(new Point(1, 2), 3, "é",
						new Point(4, 5)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"x\"", "{\"x\":\"a\"}", "{\"x\":{\"x\":[[[{}]]]}}", "[[[[1]]]]", "null", "1.5e400",
			"99999999999999999999999999" })
	void survivesArgumentsOfWrongType(String value) {
		TestBinder binder = new TestBinder().method("m", String.class, int.class, String.class);
		String json = "{\"type\":1,\"target\":\"m\",\"arguments\":[\"a\"," + value
				+ ",\"b\"],\"invocationId\":\"1\",\"headers\":{\"a\":\"b\"}}" + Frames.RS + "{\"type\":6}";
		var buffer = Frames.buffer(json + Frames.RS);
		HubMessage message = Frames.JSON.decode(buffer, binder, Integer.MAX_VALUE);
		assertThat(message).isInstanceOfSatisfying(InvocationBindingFailureMessage.class, (failure) -> {
			assertThat(failure.invocationId()).isEqualTo("1");
			assertThat(failure.target()).isEqualTo("m");
			assertThat(failure.headers()).isEqualTo(Map.of("a", "b"));
			assertThat(failure.streaming()).isFalse();
			assertThat(failure.type()).isEqualTo(HubMessageType.INVOCATION);
			assertThat(failure.unknownMethod()).isFalse();
			assertThat(failure.reason()).isEqualTo(BINDING);
			assertThat(failure.cause()).isNotNull();
		});
		assertThat(Frames.JSON.decode(buffer, binder, Integer.MAX_VALUE)).isSameAs(PingMessage.INSTANCE);
	}

	@Test
	void survivesFailingConstructors() {
		assertThat(failure(new TestBinder().method("m", Picky.class), "[{\"text\":\"x\"}]").reason())
			.isEqualTo(BINDING);
	}

	@Test
	void survivesTypesThatCannotBeBound() {
		assertThat(failure(new TestBinder().method("m", Runnable.class), "[{}]").reason()).isEqualTo(BINDING);
	}

	@ParameterizedTest
	@ValueSource(strings = { "[]", "[\"1\"]", "[\"1\",\"2\",\"3\"]", "[\"1\",\"2\",{\"a\":[]},4]" })
	void countsArguments(String arguments) {
		InvocationBindingFailureMessage failure = failure(new TestBinder().method("m", String.class, String.class),
				arguments);
		int provided = arguments.equals("[]") ? 0 : arguments.split(",").length;
		assertThat(failure.reason())
			.isEqualTo("Invocation provides " + provided + " argument(s) but target expects 2.");
		assertThat(failure.cause()).isNull();
	}

	@Test
	void reportsUnknownMethods() {
		InvocationBindingFailureMessage failure = failure(new TestBinder(), "[{\"a\":1}]");
		assertThat(failure.unknownMethod()).isTrue();
		assertThat(failure.reason()).isEqualTo("Method does not exist.");
		HubMessage streaming = Frames.decode("{\"type\":4,\"target\":\" \",\"arguments\":[],\"invocationId\":\"1\"}",
				new TestBinder());
		assertThat(streaming).isInstanceOfSatisfying(InvocationBindingFailureMessage.class, (message) -> {
			assertThat(message.streaming()).isTrue();
			assertThat(message.type()).isEqualTo(HubMessageType.STREAM_INVOCATION);
		});
	}

	@Test
	void survivesItemsAndResultsOfWrongType() {
		TestBinder binder = new TestBinder().stream("1", Integer.class).result("2", Integer.class);
		assertThat(Frames.decode("{\"type\":2,\"invocationId\":\"1\",\"item\":\"x\"}", binder))
			.isInstanceOfSatisfying(StreamBindingFailureMessage.class, (failure) -> {
				assertThat(failure.invocationId()).isEqualTo("1");
				assertThat(failure.type()).isEqualTo(HubMessageType.STREAM_ITEM);
				assertThat(failure.cause()).isNotNull();
			});
		assertThat(Frames.decode("{\"type\":3,\"invocationId\":\"2\",\"result\":[]}", binder))
			.isInstanceOfSatisfying(CompletionBindingFailureMessage.class, (failure) -> {
				assertThat(failure.invocationId()).isEqualTo("2");
				assertThat(failure.type()).isEqualTo(HubMessageType.COMPLETION);
				assertThat(failure.cause()).isNotNull();
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "42", "-1.50", "true", "null", "\"a\\\"}é\\u001e\"", "[1, {\"a\":[]}]",
			"{\"b\" : 1.0, \"a\":\"]\"}", "\"\"", "[]" })
	void copiesRawResults(String value) {
		TestBinder binder = new TestBinder().result("1", RawResult.class)
			.stream("1", RawResult.class)
			.method("m", int.class, RawResult.class, int.class);
		RawResult expected = new RawResult(value.getBytes(StandardCharsets.UTF_8));
		assertThat(Frames.decode("{\"type\":3,\"invocationId\":\"1\",\"result\":" + value + "}", binder))
			.isEqualTo(CompletionMessage.result("1", expected));
		assertThat(Frames.decode("{ \"result\" :  " + value + " , \"type\":3,\"invocationId\":\"1\"}", binder))
			.isEqualTo(CompletionMessage.result("1", expected));
		assertThat(Frames.decode("{\"type\":2,\"item\":" + value + ",\"invocationId\":\"1\"}", binder))
			.isEqualTo(StreamItemMessage.of("1", expected));
		assertThat(Frames.decode("{\"arguments\":[1, " + value + " ,2],\"target\":\"m\",\"type\":1}", binder))
			.isInstanceOfSatisfying(InvocationMessage.class,
					(message) -> assertThat(message.arguments()).containsExactly(1, expected, 2));
	}

	private static Object bind(Type type, String value) {
		TestBinder binder = new TestBinder().method("m", type).result("1", type);
		HubMessage call = Frames.decode("{\"arguments\":[" + value + "],\"target\":\"m\",\"type\":1}", binder);
		HubMessage answer = Frames.decode("{\"type\":3,\"result\":" + value + ",\"invocationId\":\"1\"}", binder);
		assertThat(call).isInstanceOf(InvocationMessage.class);
		assertThat(answer).isInstanceOf(CompletionMessage.class);
		Object argument = ((InvocationMessage) call).arguments()[0];
		assertThat(((CompletionMessage) answer).result()).isEqualTo(argument);
		return argument;
	}

	private static InvocationBindingFailureMessage failure(TestBinder binder, String arguments) {
		HubMessage message = Frames.decode("{\"arguments\":" + arguments + ",\"target\":\"m\",\"type\":1}", binder);
		assertThat(message).isInstanceOf(InvocationBindingFailureMessage.class);
		return (InvocationBindingFailureMessage) message;
	}

	record Point(int x, int y) {

	}

	record Picky(String text) {

		Picky {
			throw new IllegalArgumentException("never");
		}

	}

}
