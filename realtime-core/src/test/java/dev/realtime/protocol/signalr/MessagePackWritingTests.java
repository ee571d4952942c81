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

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.realtime.protocol.MessageEncodingException;
import dev.realtime.protocol.ServerMessage;
import dev.realtime.protocol.ServerMessage.DataType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for how {@link MessagePackHubProtocol} writes values, and what many clients are
 * told.
 */
class MessagePackWritingTests {

	@ParameterizedTest
	@MethodSource("values")
	void writes(@Nullable Object value, @Nullable Object packed) {
		assertThat(MessagePackFrames.body(MessagePackFrames.PROTOCOL.encode(CompletionMessage.result("1", value))))
			.isEqualTo(MessagePackFrames.pack(Arrays.asList(3, Map.of(), "1", 3, packed)));
	}

	static Stream<Arguments> values() {
		UUID uuid = UUID.randomUUID();
		Map<String, Object> sparse = new LinkedHashMap<>();
		sparse.put("here", 1);
		sparse.put("gone", null);
		return Stream.of(Arguments.of(null, null), Arguments.of("grün €𝄞", "grün €𝄞"), Arguments.of("", ""),
				Arguments.of("x".repeat(300), "x".repeat(300)), Arguments.of("é".repeat(70_000), "é".repeat(70_000)),
				Arguments.of('c', "c"), Arguments.of(true, true), Arguments.of((byte) -1, -1),
				Arguments.of((short) 300, 300), Arguments.of(-40_000, -40_000), Arguments.of(1L << 40, 1L << 40),
				Arguments.of(1.5F, 1.5F), Arguments.of(0.1, 0.1), Arguments.of(Double.NaN, Double.NaN),
				Arguments.of(BigInteger.TEN, 10),
				Arguments.of(new BigInteger("18446744073709551615"), MessagePackFrames.hex("cf ffffffffffffffff")),
				Arguments.of(new BigInteger("18446744073709551616"), "18446744073709551616"),
				Arguments.of(BigInteger.valueOf(Long.MIN_VALUE).subtract(BigInteger.ONE), "-9223372036854775809"),
				Arguments.of(new BigDecimal("12.50"), "12.50"), Arguments.of(uuid, uuid.toString()),
				Arguments.of(new byte[] { 1, 2 }, new byte[] { 1, 2 }),
				Arguments.of(new byte[70_000], new byte[70_000]), Arguments.of(new int[] { 1, 2 }, List.of(1, 2)),
				Arguments.of(List.of(), List.of()),
				Arguments.of(Collections.nCopies(15, 1), Collections.nCopies(15, 1)),
				Arguments.of(Collections.nCopies(16, "a"), Collections.nCopies(16, "a")),
				Arguments.of(Collections.nCopies(65_536, 1), Collections.nCopies(65_536, 1)),
				Arguments.of(map(15), map(15)), Arguments.of(map(16), map(16)), Arguments.of(map(65_536), map(65_536)),
				Arguments.of(List.of(map(20), Collections.nCopies(20, map(1))),
						List.of(map(20), Collections.nCopies(20, map(1)))),
				Arguments.of(Map.of(5, "x"), Map.of(5, "x")), Arguments.of(Map.of(6L, "x"), Map.of(6, "x")),
				Arguments.of(Optional.of("a"), "a"), Arguments.of(Optional.empty(), null),
				Arguments.of(new Person("ann", null), Map.of("name", "ann")),
				Arguments.of(new People(new Person[] { new Person("ann", 1) }), Map.of("people", List.of(person()))),
				Arguments.of(JsonMapper.shared().valueToTree(sparse), sparse),
				Arguments.of(new Nested(), List.of(person(), List.of(7))));
	}

	private static Map<String, Integer> map(int size) {
		Map<String, Integer> map = new LinkedHashMap<>();
		for (int i = 0; i < size; i++) {
			map.put("k" + i, i);
		}
		return map;
	}

	private static Map<String, Object> person() {
		Map<String, Object> person = new LinkedHashMap<>();
		person.put("name", "ann");
		person.put("age", 1);
		return person;
	}

	@Test
	void writesRawResultsUnchanged() {
		byte[] value = MessagePackFrames.pack(List.of(1, Map.of("a", new byte[0])));
		assertThat(MessagePackFrames
			.body(MessagePackFrames.PROTOCOL.encode(CompletionMessage.result("1", new RawResult(value)))))
			.isEqualTo(MessagePackFrames.pack(List.of(3, Map.of(), "1", 3, new MessagePackFrames.Raw(value))));
	}

	@Test
	void writesInvocation() {
		assertThat(encode(new ServerMessage.Invocation("Notify", Arrays.asList("a", null, 1))))
			.isEqualTo(MessagePackFrames
				.pack(Arrays.asList(1, Map.of(), null, "Notify", Arrays.asList("a", null, 1), List.of())));
	}

	@Test
	void writesData() {
		assertThat(encode(data("g", "ann", DataType.TEXT, "hi")))
			.isEqualTo(call("hi", "from", "group", "group", "g", "fromUserId", "ann", "dataType", "text"));
		assertThat(encode(data(null, null, DataType.JSON, List.of(1))))
			.isEqualTo(call(List.of(1), "from", "server", "dataType", "json"));
		assertThat(encode(data(null, null, DataType.BINARY, new byte[] { 1 })))
			.isEqualTo(call(new byte[] { 1 }, "from", "server", "dataType", "binary"));
		assertThat(encode(data(null, null, DataType.BINARY, null)))
			.isEqualTo(call(null, "from", "server", "dataType", "binary"));
	}

	private static byte[] call(@Nullable Object payload, String... entries) {
		Map<String, String> about = new LinkedHashMap<>();
		for (int i = 0; i < entries.length; i += 2) {
			about.put(entries[i], entries[i + 1]);
		}
		return MessagePackFrames
			.pack(Arrays.asList(1, Map.of(), null, "message", Arrays.asList(payload, about), List.of()));
	}

	@Test
	void writesDataToConfiguredTarget() {
		MessagePackHubProtocol protocol = MessagePackFrames.PROTOCOL.withMessageTarget("onData");
		assertThat(new String(protocol.encode(data(null, null, DataType.TEXT, "")).bytes())).contains("onData");
		assertThat(protocol.name()).isEqualTo("messagepack");
		assertThatIllegalArgumentException().isThrownBy(() -> MessagePackFrames.PROTOCOL.withMessageTarget(""));
	}

	@ParameterizedTest
	@ValueSource(ints = { 100, 300, 20_000, 3_000_000 })
	void writesTheLengthInFront(int size) {
		byte[] bytes = MessagePackFrames.PROTOCOL.encode(StreamItemMessage.of("1", "x".repeat(size))).bytes();
		assertThat(MessagePackFrames.PROTOCOL.decode(Frames.buffer(bytes), new TestBinder().stream("1", String.class),
				bytes.length))
			.isEqualTo(StreamItemMessage.of("1", "x".repeat(size)));
	}

	@Test
	void reportsWhatCannotBeEncoded() {
		assertThatExceptionOfType(MessageEncodingException.class).isThrownBy(
				() -> encode(new ServerMessage.Invocation("x", List.of(new JsonMessageWritingTests.Failing("x")))));
		assertThatExceptionOfType(MessageEncodingException.class)
			.isThrownBy(() -> encode(data(null, null, DataType.TEXT, 1)));
		assertThatExceptionOfType(MessageEncodingException.class)
			.isThrownBy(() -> encode(new ServerMessage.Invocation("x", List.of(new RawJson("{}")))))
			.havingCause()
			.withMessageContaining("Operation not supported");
	}

	@Test
	void refusesSerializersThatAnnounceAnotherSize() {
		assertThatExceptionOfType(MessageEncodingException.class)
			.isThrownBy(() -> encode(new ServerMessage.Invocation("x", List.of(new Boastful()))))
			.havingCause()
			.withMessageStartingWith("Announced 2 values, but wrote 1");
	}

	private static byte[] encode(ServerMessage message) {
		return MessagePackFrames.body(MessagePackFrames.PROTOCOL.encode(message));
	}

	private static ServerMessage data(@Nullable String group, @Nullable String user, DataType type,
			@Nullable Object payload) {
		return new ServerMessage.Data(group, user, type, payload, Map.of("ignored", "x"));
	}

	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Person(String name, @Nullable Integer age) {

	}

	record People(Person[] people) {

	}

	record RawJson(@JsonRawValue String json) {

	}

	@JsonSerialize(using = BoastfulSerializer.class)
	record Boastful() {

	}

	static class BoastfulSerializer extends ValueSerializer<Boastful> {

		@Override
		public void serialize(Boastful value, JsonGenerator generator, SerializationContext context) {
			generator.writeStartArray(value, 2);
			generator.writeNumber(1);
			generator.writeEndArray();
		}

	}

	@JsonSerialize(using = NestedSerializer.class)
	record Nested() {

	}

	static class NestedSerializer extends ValueSerializer<Nested> {

		@Override
		public void serialize(Nested value, JsonGenerator generator, SerializationContext context) {
			generator.writeStartArray();
			generator.writePOJO(new Person("ann", 1));
			generator.writeTree(JsonMapper.shared().valueToTree(List.of(7)));
			generator.writeEndArray();
		}

	}

}
