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

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import dev.realtime.protocol.JsonText;
import dev.realtime.protocol.MessageEncodingException;
import dev.realtime.protocol.ServerMessage;
import dev.realtime.protocol.ServerMessage.DataType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for what {@link MessagePackHubProtocol} makes of what is JSON already.
 */
class MessagePackJsonTests {

	@ParameterizedTest
	@MethodSource("values")
	void writesJsonAsValues(String json, @Nullable Object value) {
		assertThat(encode(new ServerMessage.Invocation("x", List.of(JsonText.of(utf8(json))))))
			.isEqualTo(MessagePackFrames.pack(Arrays.asList(1, Map.of(), null, "x", Arrays.asList(value), List.of())));
	}

	static Stream<Arguments> values() {
		return Stream.of(Arguments.of("null", null), Arguments.of(" true ", true),
				Arguments.of("\"a\\u00e9\"", "a\u00e9"), Arguments.of("-1", -1),
				Arguments.of("9223372036854775807", Long.MAX_VALUE),
				Arguments.of("-9223372036854775808", Long.MIN_VALUE),
				Arguments.of("18446744073709551615", MessagePackFrames.hex("cf ffffffffffffffff")),
				Arguments.of("18446744073709551616", 18446744073709551616d),
				Arguments.of("-9223372036854775809", -9223372036854775809d), Arguments.of("1" + "0".repeat(30), 1e30),
				Arguments.of("1.0", 1d), Arguments.of("1e2", 100d), Arguments.of("1e999", Double.POSITIVE_INFINITY),
				Arguments.of("{\"a\":[1,{}],\"b\":[]}",
						new TreeMap<>(Map.of("a", List.of(1, Map.of()), "b", List.of()))));
	}

	@Test
	void writesDataOfJson() {
		Map<String, String> about = new TreeMap<>(Collections.reverseOrder());
		about.putAll(Map.of("from", "server", "dataType", "json"));
		assertThat(encode(new ServerMessage.Data(null, null, DataType.JSON, JsonText.of(utf8("[1]")), Map.of())))
			.isEqualTo(MessagePackFrames
				.pack(Arrays.asList(1, Map.of(), null, "message", List.of(List.of(1), about), List.of())));
	}

	@Test
	void writesProtobufAsBytes() {
		Map<String, String> about = new TreeMap<>(Collections.reverseOrder());
		about.putAll(Map.of("from", "server", "dataType", "protobuf"));
		assertThat(encode(new ServerMessage.Data(null, null, DataType.PROTOBUF, new byte[] { 1 }, Map.of())))
			.isEqualTo(MessagePackFrames
				.pack(Arrays.asList(1, Map.of(), null, "message", List.of(new byte[] { 1 }, about), List.of())));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{", "[1", "1,2" })
	void reportsWhatIsNoJson(String json) {
		assertThatExceptionOfType(MessageEncodingException.class)
			.isThrownBy(() -> encode(new ServerMessage.Invocation("x", List.of(JsonText.of(utf8(json))))));
	}

	private static byte[] encode(ServerMessage message) {
		return MessagePackFrames.body(MessagePackFrames.PROTOCOL.encode(message));
	}

	private static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
