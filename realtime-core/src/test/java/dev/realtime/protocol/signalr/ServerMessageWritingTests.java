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
import java.util.List;
import java.util.Map;

import dev.realtime.protocol.JsonText;
import dev.realtime.protocol.MessageEncodingException;
import dev.realtime.protocol.ServerMessage;
import dev.realtime.protocol.ServerMessage.DataType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for what many clients are told over {@link JsonHubProtocol}.
 */
class ServerMessageWritingTests {

	@Test
	void writesInvocation() {
		assertThat(encode(new ServerMessage.Invocation("Notify", Arrays.asList("a", null, 1))))
			.isEqualTo("{\"type\":1,\"target\":\"Notify\",\"arguments\":[\"a\",null,1]}");
		assertThat(encode(new ServerMessage.Invocation("notify", List.of())))
			.isEqualTo("{\"type\":1,\"target\":\"notify\",\"arguments\":[]}");
	}

	@Test
	void writesText() {
		assertThat(encode(data("g", "ann", DataType.TEXT, "hi \"you\""))).isEqualTo(
				"{\"type\":1,\"target\":\"message\",\"arguments\":[\"hi \\\"you\\\"\",{\"from\":\"group\",\"group\":\"g\","
						+ "\"fromUserId\":\"ann\",\"dataType\":\"text\"}]}");
	}

	@Test
	void writesJson() {
		assertThat(encode(data("g", null, DataType.JSON, Map.of("a", List.of(1))))).isEqualTo(
				"{\"type\":1,\"target\":\"message\",\"arguments\":[{\"a\":[1]},{\"from\":\"group\",\"group\":\"g\","
						+ "\"dataType\":\"json\"}]}");
		assertThat(encode(data(null, null, DataType.JSON, null))).isEqualTo(
				"{\"type\":1,\"target\":\"message\",\"arguments\":[null,{\"from\":\"server\",\"dataType\":\"json\"}]}");
	}

	@Test
	void writesJsonAsItIs() {
		JsonText json = JsonText.of("{\"a\" : [1.0,1e2]}".getBytes(StandardCharsets.UTF_8));
		assertThat(encode(data(null, null, DataType.JSON, json)))
			.contains("\"arguments\":[{\"a\" : [1.0,1e2]},{\"from\"");
		assertThat(encode(new ServerMessage.Invocation("x", List.of(json, 1), "g")))
			.isEqualTo("{\"type\":1,\"target\":\"x\",\"arguments\":[{\"a\" : [1.0,1e2]},1]}");
	}

	@Test
	void writesProtobufAsBytes() {
		assertThat(encode(data(null, null, DataType.PROTOBUF, new byte[] { 1, 2, (byte) 0xFF }))).isEqualTo(
				"{\"type\":1,\"target\":\"message\",\"arguments\":[\"AQL/\",{\"from\":\"server\",\"dataType\":\"protobuf\"}]}");
	}

	@Test
	void writesBytes() {
		assertThat(encode(data(null, null, DataType.BINARY, new byte[] { 1, 2, (byte) 0xFF }))).isEqualTo(
				"{\"type\":1,\"target\":\"message\",\"arguments\":[\"AQL/\",{\"from\":\"server\",\"dataType\":\"binary\"}]}");
	}

	@Test
	void writesDataToConfiguredTarget() {
		JsonHubProtocol protocol = Frames.JSON.withMessageTarget("onData");
		assertThat(Frames.text(protocol.encode(data(null, null, DataType.TEXT, "")))).isEqualTo(
				"{\"type\":1,\"target\":\"onData\",\"arguments\":[\"\",{\"from\":\"server\",\"dataType\":\"text\"}]}"
						+ Frames.RS);
		assertThat(protocol.name()).isEqualTo("json");
		assertThatIllegalArgumentException().isThrownBy(() -> Frames.JSON.withMessageTarget(""));
	}

	@Test
	void reportsWhatCannotBeEncoded() {
		assertThatExceptionOfType(MessageEncodingException.class).isThrownBy(
				() -> encode(new ServerMessage.Invocation("x", List.of(new JsonMessageWritingTests.Failing("x")))));
		assertThatExceptionOfType(MessageEncodingException.class)
			.isThrownBy(() -> encode(data(null, null, DataType.TEXT, 1)));
	}

	private static ServerMessage data(@Nullable String group, @Nullable String user, DataType type,
			@Nullable Object payload) {
		return new ServerMessage.Data(group, user, type, payload, Map.of("ignored", "x"));
	}

	private static String encode(ServerMessage message) {
		String text = Frames.text(Frames.JSON.encode(message));
		assertThat(text).endsWith(Frames.RS);
		return text.substring(0, text.length() - 1);
	}

}
