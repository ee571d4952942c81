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
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import tools.jackson.databind.module.SimpleModule;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for points in time, which MessagePack has as timestamps.
 */
class MessagePackTimestampTests {

	private static final Instant INSTANT = Instant.parse("2024-05-06T07:08:09.010Z");

	@ParameterizedTest
	@CsvSource({ "1970-01-01T00:00:00Z, d6ff00000000", "2106-02-07T06:28:15Z, d6ffffffffff",
			"2106-02-07T06:28:16Z, d7ff0000000100000000", "2024-05-06T07:08:09.000000001Z, d7ff00000004663881d9",
			"2514-05-30T01:53:03.999999999Z, d7ffee6b27ffffffffff",
			"2514-05-30T01:53:04Z, c70cff000000000000000400000000",
			"1969-12-31T23:59:59.5Z, c70cff1dcd6500ffffffffffffffff" })
	void readsAndWritesAllForms(Instant instant, String hex) {
		byte[] encoded = HexFormat.of().parseHex(hex);
		assertThat(read(encoded, Instant.class)).isEqualTo(instant);
		assertThat(write(instant)).isEqualTo(encoded);
	}

	@ParameterizedTest
	@MethodSource("types")
	void readsAndWrites(Object value) {
		assertThat(write(value)).isEqualTo(MessagePackFrames.pack(INSTANT));
		assertThat(read(MessagePackFrames.pack(INSTANT), value.getClass())).isEqualTo(value);
	}

	static Stream<Object> types() {
		return Stream.of(INSTANT, INSTANT.atOffset(ZoneOffset.UTC), INSTANT.atZone(ZoneOffset.UTC),
				LocalDateTime.ofInstant(INSTANT, ZoneOffset.UTC), Date.from(INSTANT));
	}

	@Test
	void writesThePointInTimeOfOtherZones() {
		ZonedDateTime zoned = INSTANT.atZone(ZoneOffset.ofHours(5));
		assertThat(write(zoned)).isEqualTo(MessagePackFrames.pack(INSTANT));
		assertThat(write(zoned.toOffsetDateTime())).isEqualTo(MessagePackFrames.pack(INSTANT));
	}

	@ParameterizedTest
	@MethodSource("nested")
	void readsAndWritesNested(Type type, Object value, Object packed) {
		assertThat(write(value)).isEqualTo(MessagePackFrames.pack(packed));
		assertThat(read(MessagePackFrames.pack(packed), type)).isEqualTo(value);
	}

	static Stream<Arguments> nested() {
		return Stream.of(Arguments.of(new TypeReference<List<Instant>>() {
		}.getType(), List.of(INSTANT), List.of(INSTANT)),
				Arguments.of(new TypeReference<Map<String, OffsetDateTime>>() {
				}.getType(), Map.of("a", INSTANT.atOffset(ZoneOffset.UTC)), Map.of("a", INSTANT)),
				Arguments.of(new TypeReference<Optional<Instant>>() {
				}.getType(), Optional.of(INSTANT), INSTANT),
				Arguments.of(Event.class, new Event(INSTANT), Map.of("at", INSTANT)),
				Arguments.of(Object.class, INSTANT, INSTANT));
	}

	@Test
	void readsTextAsTheMapperDoes() {
		byte[] text = MessagePackFrames.pack("2024-05-06T07:08:09.010Z");
		assertThat(read(text, Instant.class)).isEqualTo(INSTANT);
		assertThat(read(text, Date.class)).isEqualTo(Date.from(INSTANT));
		assertThat(read(MessagePackFrames.pack(List.of(2024, 5, 6, 7, 8)), LocalDateTime.class))
			.isEqualTo(LocalDateTime.of(2024, 5, 6, 7, 8));
	}

	@Test
	void keepsFormatsThatAnnotationsAskFor() {
		assertThat(write(new Formatted(INSTANT, Date.from(INSTANT))))
			.isEqualTo(write(new FormattedText("2024-05-06", INSTANT.toEpochMilli())));
	}

	@Test
	void keepsSerializersOfTheApplication() {
		SimpleModule module = new SimpleModule().addSerializer(Instant.class, new ValueSerializer<>() {

			@Override
			public void serialize(Instant value, JsonGenerator generator, SerializationContext context) {
				generator.writeString("then");
			}

		});
		MessagePackHubProtocol protocol = new MessagePackHubProtocol(JsonMapper.builder().addModule(module).build());
		assertThat(MessagePackFrames.body(protocol.encode(StreamItemMessage.of("1", INSTANT))))
			.isEqualTo(MessagePackFrames.pack(List.of(2, Map.of(), "1", "then")));
	}

	@Test
	void keepsTypeIds() {
		MessagePackHubProtocol protocol = new MessagePackHubProtocol(JsonMapper.builder()
			.polymorphicTypeValidator(BasicPolymorphicTypeValidator.builder().allowIfSubType("java.time.").build())
			.build());
		HubMessage message = StreamItemMessage.of("1", new Holder(INSTANT));
		assertThat(protocol.decode(Frames.buffer(protocol.encode(message).bytes()),
				new TestBinder().stream("1", Holder.class), Integer.MAX_VALUE))
			.isEqualTo(message);
	}

	@Test
	void isPartOfTrees() {
		assertThat(((JsonNode) read(MessagePackFrames.pack(INSTANT), JsonNode.class)).isPojo()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "c70cff00000000 7fffffffffffffff", "c70cffffffffff 7fffffffffffffff",
			"c70cff00000000 8000000000000000" })
	void survivesTimesThatDoNotExist(String hex) {
		TestBinder binder = new TestBinder().stream("1", Instant.class);
		assertThat(MessagePackFrames.decode(List.of(2, Map.of(), "1", MessagePackFrames.hex(hex)), binder))
			.isInstanceOf(StreamBindingFailureMessage.class);
	}

	@ParameterizedTest
	@ValueSource(strings = { "d4ff00", "d5ff0000", "d8ff00000000000000000000000000000000", "c700ff" })
	void survivesTimestampsOfOtherLengths(String hex) {
		TestBinder binder = new TestBinder().stream("1", Instant.class);
		assertThat(MessagePackFrames.decode(List.of(2, Map.of(), "1", MessagePackFrames.hex(hex)), binder))
			.isInstanceOf(StreamBindingFailureMessage.class);
	}

	private static Object read(byte[] encoded, Type type) {
		return MessagePackFrames.PROTOCOL.readResult(encoded, type);
	}

	private static byte[] write(Object value) {
		byte[] body = MessagePackFrames.body(MessagePackFrames.PROTOCOL.encode(StreamItemMessage.of("1", value)));
		return Arrays.copyOfRange(body, MessagePackFrames.pack(Arrays.asList(2, Map.of(), "1", null)).length - 1,
				body.length);
	}

	record Event(Instant at) {

	}

	record Formatted(@JsonFormat(pattern = "yyyy-MM-dd", timezone = "UTC") Instant day,
			@JsonFormat(shape = JsonFormat.Shape.NUMBER) Date at) {

	}

	record FormattedText(String day, long at) {

	}

	record Holder(@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS) Object at) {

	}

}
