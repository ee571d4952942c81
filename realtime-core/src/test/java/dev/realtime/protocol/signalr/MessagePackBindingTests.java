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
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.msgpack.value.ExtensionValue;
import tools.jackson.core.JsonParser;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.annotation.JsonDeserialize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for how MessagePack values become Java objects.
 */
class MessagePackBindingTests {

	private static final String BINDING = "Error binding arguments. Make sure that the types of the provided values "
			+ "match the types of the hub method being invoked.";

	@ParameterizedTest
	@MethodSource("values")
	void binds(Type type, @Nullable Object value, @Nullable Object expected) {
		assertThat(bind(type, value)).isEqualTo(expected);
	}

	static Stream<Arguments> values() {
		UUID uuid = UUID.randomUUID();
		return Stream.of(Arguments.of(String.class, "grün €𝄞", "grün €𝄞"), Arguments.of(String.class, null, null),
				Arguments.of(String.class, "x".repeat(70_000), "x".repeat(70_000)),
				Arguments.of(boolean.class, true, true), Arguments.of(byte.class, -128, (byte) -128),
				Arguments.of(short.class, 40, (short) 40),
				Arguments.of(int.class, Integer.MIN_VALUE, Integer.MIN_VALUE),
				Arguments.of(long.class, Long.MAX_VALUE, Long.MAX_VALUE), Arguments.of(float.class, 1.5F, 1.5F),
				Arguments.of(double.class, 0.1, 0.1), Arguments.of(double.class, 0.1F, (double) 0.1F),
				Arguments.of(double.class, 3, 3.0),
				Arguments.of(double.class, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY),
				Arguments.of(char.class, "ä", 'ä'), Arguments.of(char.class, 228, 'ä'),
				Arguments.of(BigInteger.class, 7, BigInteger.valueOf(7)),
				Arguments.of(BigDecimal.class, "12.50", new BigDecimal("12.50")),
				Arguments.of(BigDecimal.class, 0.1, new BigDecimal("0.1")),
				Arguments.of(BigDecimal.class, 0.1F, new BigDecimal("0.1")),
				Arguments.of(UUID.class, uuid.toString(), uuid), Arguments.of(Level.class, "HIGH", Level.HIGH),
				Arguments.of(Level.class, 0, Level.LOW),
				Arguments.of(byte[].class, new byte[] { 1, -1 }, new byte[] { 1, -1 }),
				Arguments.of(byte[].class, "é", new byte[] { (byte) 0xC3, (byte) 0xA9 }),
				Arguments.of(int[].class, List.of(1, 2), new int[] { 1, 2 }),
				Arguments.of(String[].class, List.of("a", "b"), new String[] { "a", "b" }),
				Arguments.of(Point.class, Map.of("x", 1, "y", 2), new Point(1, 2)),
				Arguments.of(Point.class, Map.of("x", 1, "unknown", List.of(Map.of()), "y", 2), new Point(1, 2)),
				Arguments.of(OptionalInt.class, null, OptionalInt.empty()),
				Arguments.of(type(new TypeReference<Optional<Point>>() {
				}), Map.of("x", 1, "y", 2), Optional.of(new Point(1, 2))),
				Arguments.of(type(new TypeReference<Optional<Point>>() {
				}), null, Optional.empty()), Arguments.of(type(new TypeReference<List<Map<String, Point>>>() {
				}), List.of(Map.of("a", Map.of("x", 1, "y", 2)), Map.of()),
						List.of(Map.of("a", new Point(1, 2)), Map.of())),
				Arguments.of(type(new TypeReference<Map<Integer, Set<String>>>() {
				}), Map.of(5, List.of("a")), Map.of(5, Set.of("a"))),
				Arguments.of(type(new TypeReference<Map<Long, String>>() {
				}), Map.of("6", "a"), Map.of(6L, "a")), Arguments.of(type(new TypeReference<Map<String, Integer>>() {
				}), Map.of(true, 1), Map.of("true", 1)), Arguments.of(type(new TypeReference<Map<Double, Integer>>() {
				}), Map.of(1.5, 1), Map.of(1.5, 1)), Arguments.of(Duration.class, "PT1S", Duration.ofSeconds(1)),
				Arguments.of(LocalDate.class, "2000-02-03", LocalDate.of(2000, 2, 3)),
				Arguments.of(Shape.class,
						Map.of("kind", "circle", "at", Map.of("x", 1, "y", 2), "seal", new byte[] { 1 }),
						new Shape("circle", new Point(1, 2), new byte[] { 1 })));
	}

	private static Type type(TypeReference<?> reference) {
		return reference.getType();
	}

	@Test
	void bindsUnsignedIntegersBeyondLong() {
		Object value = MessagePackFrames.hex("cf ffffffffffffffff");
		assertThat(bind(BigInteger.class, value)).isEqualTo(new BigInteger("18446744073709551615"));
		assertThat(bind(Object.class, value)).isEqualTo(new BigInteger("18446744073709551615"));
		assertThat(bind(double.class, value)).isEqualTo(18446744073709551615.0);
		assertThat(bind(BigDecimal.class, value)).isEqualTo(new BigDecimal("18446744073709551615"));
		assertFails(long.class, value);
	}

	@Test
	void keepsWhatUntypedValuesAre() {
		Object value = bind(Object.class,
				Arrays.asList(1, 1L << 40, 0.5, 0.5F, "s", null, true, new byte[] { 1 }, Map.of("a", List.of())));
		assertThat(value).asInstanceOf(InstanceOfAssertFactories.LIST)
			.usingRecursiveComparison()
			.isEqualTo(
					Arrays.asList(1, 1L << 40, 0.5, 0.5F, "s", null, true, new byte[] { 1 }, Map.of("a", List.of())));
	}

	@Test
	void bindsTrees() {
		assertThat(bind(JsonNode.class, Map.of("a", List.of(1, 0.5, "s", true))))
			.hasToString("{\"a\":[1,0.5,\"s\",true]}");
		assertThat(((JsonNode) bind(JsonNode.class, new byte[] { 1, 2 })).binaryValue()).containsExactly(1, 2);
	}

	@Test
	void bindsOtherExtensionsAsTheyAre() {
		assertThat(bind(Object.class, MessagePackFrames.hex("d5 2a 0102"))).isInstanceOfSatisfying(ExtensionValue.class,
				(extension) -> {
					assertThat(extension.getType()).isEqualTo((byte) 42);
					assertThat(extension.getData()).containsExactly(1, 2);
				});
		assertFails(Point.class, MessagePackFrames.hex("d5 2a 0102"));
	}

	@Test
	void skipsUnknownProperties() {
		Object any = MessagePackFrames.hex("84 a178 01 a17a c703 2a 010203 a162 81 a163 91 c0 a179 02");
		assertThat(bind(Point.class, any)).isEqualTo(new Point(1, 2));
	}

	@Test
	void readsNestedValuesForDeserializers() {
		assertThat(bind(Wrapped.class, Map.of("x", 1, "y", 2))).isEqualTo(new Wrapped(new Point(1, 2)));
		assertThat(bind(Tree.class, Map.of("x", 1))).isEqualTo(new Tree("{\"x\":1}"));
	}

	@Test
	void surviveDeserializersThatReadTooLittle() {
		TestBinder binder = new TestBinder().method("m", Lazy.class, int.class);
		assertThat(MessagePackFrames
			.decode(List.of(1, Map.of(), "1", "m", List.of(List.of(1, List.of(2)), 3), List.of("s")), binder))
			.isInstanceOfSatisfying(InvocationMessage.class, (message) -> {
				assertThat(message.arguments()).containsExactly(new Lazy(), 3);
				assertThat(message.streamIds()).containsExactly("s");
			});
	}

	@ParameterizedTest
	@MethodSource("misfits")
	void survivesArgumentsOfWrongType(Type type, @Nullable Object value) {
		assertFails(type, value);
	}

	static Stream<Arguments> misfits() {
		return Stream.of(Arguments.of(String.class, new byte[] { 65 }), Arguments.of(String.class, List.of("a")),
				Arguments.of(String[].class, List.of(new byte[] { 65 })),
				Arguments.of(String.class, MessagePackFrames.hex("d6 ff 00000000")),
				Arguments.of(type(new TypeReference<List<String>>() {
				}), List.of(new byte[] { 65 })), Arguments.of(byte[].class, 1), Arguments.of(int.class, "x"),
				Arguments.of(int.class, 1L << 40), Arguments.of(int.class, null), Arguments.of(int.class, Map.of()),
				Arguments.of(int.class, 1e300), Arguments.of(int.class, Double.NaN),
				Arguments.of(long.class, Double.POSITIVE_INFINITY), Arguments.of(BigDecimal.class, Double.NaN),
				Arguments.of(BigInteger.class, Double.NaN), Arguments.of(byte.class, 1000),
				Arguments.of(Point.class, List.of(1, 2)), Arguments.of(Point.class, "x"),
				Arguments.of(Picky.class, Map.of("text", "x")), Arguments.of(Runnable.class, Map.of()),
				Arguments.of(Level.class, "MIDDLE"), Arguments.of(Map.class, Map.of(List.of(), 1)),
				Arguments.of(Object.class, MessagePackFrames.hex("81 c4 01 61 01")));
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 3 })
	void countsArguments(int provided) {
		TestBinder binder = new TestBinder().method("m", String.class, String.class);
		HubMessage message = MessagePackFrames
			.decode(List.of(1, Map.of(), "1", "m", Collections.nCopies(provided, "a")), binder);
		assertThat(message).isInstanceOfSatisfying(InvocationBindingFailureMessage.class,
				(failure) -> assertThat(failure.reason())
					.isEqualTo("Invocation provides " + provided + " argument(s) but target expects 2."));
	}

	@Test
	void reportsUnknownMethods() {
		assertThat(MessagePackFrames.decode(List.of(4, Map.of(), "1", "m", List.of(1)), new TestBinder()))
			.isInstanceOfSatisfying(InvocationBindingFailureMessage.class, (failure) -> {
				assertThat(failure.unknownMethod()).isTrue();
				assertThat(failure.streaming()).isTrue();
				assertThat(failure.reason()).isEqualTo("Method does not exist.");
			});
	}

	@Test
	void survivesItemsAndResultsOfWrongType() {
		TestBinder binder = new TestBinder().stream("1", Integer.class).result("2", Integer.class);
		assertThat(MessagePackFrames.decode(List.of(2, Map.of(), "1", "x"), binder))
			.isInstanceOfSatisfying(StreamBindingFailureMessage.class, (failure) -> {
				assertThat(failure.invocationId()).isEqualTo("1");
				assertThat(failure.cause()).isNotNull();
			});
		assertThat(MessagePackFrames.decode(List.of(3, Map.of(), "2", 3, List.of()), binder))
			.isInstanceOfSatisfying(CompletionBindingFailureMessage.class, (failure) -> {
				assertThat(failure.invocationId()).isEqualTo("2");
				assertThat(failure.cause()).isNotNull();
			});
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "2a", "c0", "a161", "92 01 81a16190", "c403 010203", "d6ff 00000000", "cb7ff8000000000000" })
	void copiesRawResults(String hex) {
		MessagePackFrames.Raw value = MessagePackFrames.hex(hex);
		RawResult expected = new RawResult(value.bytes());
		TestBinder binder = new TestBinder().result("1", RawResult.class)
			.stream("1", RawResult.class)
			.method("m", int.class, RawResult.class, int.class);
		assertThat(MessagePackFrames.decode(List.of(3, Map.of(), "1", 3, value), binder))
			.isEqualTo(CompletionMessage.result("1", expected));
		assertThat(MessagePackFrames.decode(List.of(2, Map.of(), "1", value, "more"), binder))
			.isEqualTo(StreamItemMessage.of("1", expected));
		assertThat(MessagePackFrames.decode(List.of(1, Map.of(), "1", "m", List.of(1, value, 2), List.of("s")), binder))
			.isInstanceOfSatisfying(InvocationMessage.class, (message) -> {
				assertThat(message.arguments()).containsExactly(1, expected, 2);
				assertThat(message.streamIds()).containsExactly("s");
			});
	}

	@Test
	void bindsRawResultsLater() {
		byte[] encoded = MessagePackFrames.pack(Map.of("x", 1, "y", 2));
		assertThat(MessagePackFrames.PROTOCOL.readResult(encoded, Point.class)).isEqualTo(new Point(1, 2));
		assertThat(MessagePackFrames.PROTOCOL.readResult(MessagePackFrames.pack(null), Point.class)).isNull();
		assertThatExceptionOfType(RuntimeException.class)
			.isThrownBy(() -> MessagePackFrames.PROTOCOL.readResult(encoded, int.class));
		assertThatExceptionOfType(HubProtocolException.class)
			.isThrownBy(() -> MessagePackFrames.PROTOCOL.readResult(new byte[] { (byte) 0x91 }, Object.class));
	}

	private static void assertFails(Type type, @Nullable Object value) {
		TestBinder binder = new TestBinder().method("m", String.class, type, String.class);
		HubMessage message = MessagePackFrames
			.decode(Arrays.asList(1, Map.of("a", "b"), "1", "m", Arrays.asList("a", value, "b"), List.of()), binder);
		assertThat(message).isInstanceOfSatisfying(InvocationBindingFailureMessage.class, (failure) -> {
			assertThat(failure.invocationId()).isEqualTo("1");
			assertThat(failure.target()).isEqualTo("m");
			assertThat(failure.headers()).isEqualTo(Map.of("a", "b"));
			assertThat(failure.streaming()).isFalse();
			assertThat(failure.unknownMethod()).isFalse();
			assertThat(failure.reason()).isEqualTo(BINDING);
			assertThat(failure.cause()).isNotNull();
		});
	}

	private static @Nullable Object bind(Type type, @Nullable Object value) {
		TestBinder binder = new TestBinder().method("m", type).result("1", type);
		HubMessage call = MessagePackFrames
			.decode(Arrays.asList(1, Map.of(), null, "m", Arrays.asList(value), List.of()), binder);
		HubMessage answer = MessagePackFrames.decode(Arrays.asList(3, Map.of(), "1", 3, value), binder);
		assertThat(call).isInstanceOf(InvocationMessage.class);
		assertThat(answer).isInstanceOf(CompletionMessage.class);
		Object argument = ((InvocationMessage) call).arguments()[0];
		assertThat(((CompletionMessage) answer).result()).usingRecursiveComparison().isEqualTo(argument);
		return argument;
	}

	enum Level {

		LOW, HIGH

	}

	record Point(int x, int y) {

	}

	record Shape(String kind, Point at, byte[] seal) {

		@Override
		public boolean equals(Object other) {
			return other instanceof Shape shape && shape.kind.equals(this.kind) && shape.at.equals(this.at)
					&& Arrays.equals(shape.seal, this.seal);
		}

		@Override
		public int hashCode() {
			return this.kind.hashCode();
		}

	}

	record Picky(String text) {

		Picky {
			throw new IllegalArgumentException("never");
		}

	}

	@JsonDeserialize(using = WrappedDeserializer.class)
	record Wrapped(Point point) {

	}

	@JsonDeserialize(using = TreeDeserializer.class)
	record Tree(String text) {

	}

	@JsonDeserialize(using = LazyDeserializer.class)
	record Lazy() {

	}

	static class WrappedDeserializer extends ValueDeserializer<Wrapped> {

		@Override
		public Wrapped deserialize(JsonParser parser, DeserializationContext context) {
			return new Wrapped(parser.readValueAs(Point.class));
		}

	}

	static class TreeDeserializer extends ValueDeserializer<Tree> {

		@Override
		public Tree deserialize(JsonParser parser, DeserializationContext context) {
			return new Tree(parser.readValueAsTree().toString());
		}

	}

	static class LazyDeserializer extends ValueDeserializer<Lazy> {

		@Override
		public Lazy deserialize(JsonParser parser, DeserializationContext context) {
			parser.nextToken();
			return new Lazy();
		}

	}

}
