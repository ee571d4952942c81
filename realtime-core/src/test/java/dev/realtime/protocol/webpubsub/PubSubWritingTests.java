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

package dev.realtime.protocol.webpubsub;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.realtime.protocol.EncodedBody;
import dev.realtime.protocol.JsonText;
import dev.realtime.protocol.MessageEncodingException;
import dev.realtime.protocol.ServerMessage;
import dev.realtime.protocol.ServerMessage.DataType;
import dev.realtime.protocol.TransferFormat;
import dev.realtime.protocol.webpubsub.PubSubVectors.Vector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for what the protocols write, letter by letter and byte by byte.
 */
class PubSubWritingTests {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private static final PubSubProtocol JSON = new JsonPubSubProtocol(MAPPER);

	private static final PubSubProtocol RELIABLE_JSON = JsonPubSubProtocol.reliable(MAPPER);

	private static final PubSubProtocol PROTOBUF = new ProtobufPubSubProtocol(MAPPER);

	private static final PubSubProtocol RELIABLE_PROTOBUF = ProtobufPubSubProtocol.reliable(MAPPER);

	@ParameterizedTest
	@MethodSource("messages")
	void isWrittenAsJson(Vector vector) {
		EncodedBody body = encode(JSON, vector);
		assertThat(body.asText()).isEqualTo(vector.json());
		assertThat(body.format()).isEqualTo(TransferFormat.TEXT);
	}

	@ParameterizedTest
	@MethodSource("messages")
	void isWrittenAsReliableJson(Vector vector) {
		String json = vector.json();
		String body = encode(RELIABLE_JSON, vector).asText();
		if (vector.isSequenced()) {
			assertThat(body + text(RELIABLE_JSON.tail(17)))
				.isEqualTo(json.substring(0, json.length() - 1) + ",\"sequenceId\":17}");
		}
		else {
			assertThat(body).isEqualTo(json);
		}
	}

	@ParameterizedTest
	@MethodSource("messages")
	void isWrittenAsProtobuf(Vector vector) throws InvalidProtocolBufferException {
		DynamicMessage expected = ProtobufSchema.message(ProtobufSchema.DOWNSTREAM, vector.text("protobuf"));
		EncodedBody body = encode(PROTOBUF, vector);
		assertThat(ProtobufSchema.parse(ProtobufSchema.DOWNSTREAM, body.bytes())).isEqualTo(expected);
		assertThat(body.bytes()).isEqualTo(expected.toByteArray());
		assertThat(body.format()).isEqualTo(TransferFormat.BINARY);
	}

	@ParameterizedTest
	@MethodSource("messages")
	void isWrittenAsReliableProtobuf(Vector vector) throws InvalidProtocolBufferException {
		DynamicMessage expected = ProtobufSchema.message(ProtobufSchema.DOWNSTREAM, vector.text("protobuf"));
		byte[] body = encode(RELIABLE_PROTOBUF, vector).bytes();
		if (!vector.isSequenced()) {
			assertThat(body).isEqualTo(expected.toByteArray());
			return;
		}
		for (long number : new long[] { 1, 127, 128, 1L << 40, Long.MAX_VALUE }) {
			assertThat(ProtobufSchema.parse(ProtobufSchema.DOWNSTREAM, concat(body, RELIABLE_PROTOBUF.tail(number))))
				.isEqualTo(numbered(expected, number));
		}
	}

	private static DynamicMessage numbered(DynamicMessage message, long number) {
		FieldDescriptor type = message.getAllFields().keySet().iterator().next();
		DynamicMessage data = (DynamicMessage) message.getField(type);
		return message.toBuilder()
			.setField(type,
					data.toBuilder().setField(type.getMessageType().findFieldByName("sequence_id"), number).build())
			.build();
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, 1, 9, 10, Long.MAX_VALUE, Long.MIN_VALUE, -1 })
	void numbersAreUnsigned(long number) {
		assertThat(text(RELIABLE_JSON.tail(number)))
			.isEqualTo(",\"sequenceId\":" + Long.toUnsignedString(number) + "}");
	}

	@Test
	void onlyReliableProtocolsHaveTails() {
		for (PubSubProtocol protocol : PubSubProtocols.available(MAPPER)) {
			assertThat(protocol.joinsMessages()).isFalse();
			if (protocol.reliable()) {
				assertThat(protocol.tail(1)).isNotEmpty();
			}
			else {
				assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> protocol.tail(1));
			}
		}
	}

	@Test
	void valuesFollowTheMapperAndNothingElseDoes() {
		JsonMapper mapper = JsonMapper.builder()
			.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
			.enable(SerializationFeature.INDENT_OUTPUT)
			.build();
		ServerMessage message = data(DataType.JSON, new Price(1));
		assertThat(new JsonPubSubProtocol(mapper).encode(message).asText())
			.isEqualTo("{\"type\":\"message\",\"from\":\"server\",\"dataType\":\"json\",\"data\":{\"net_price\":1}}");
		assertThat(new PlainPubSubProtocol(mapper).encode(message).asText()).isEqualTo("{\"net_price\":1}");
	}

	@Test
	void reportsWhatCannotBeEncoded() {
		for (PubSubProtocol protocol : PubSubProtocols.available(MAPPER)) {
			assertThatExceptionOfType(MessageEncodingException.class)
				.isThrownBy(() -> protocol.encode(data(DataType.JSON, new Failing("x"))));
			assertThatExceptionOfType(MessageEncodingException.class)
				.isThrownBy(() -> protocol.encode(new ServerMessage.Invocation("t", List.of(new Failing("x")))));
		}
	}

	@Test
	void halfOfASurrogatePairIsReplaced() {
		assertThat(JSON.encode(data(DataType.TEXT, "a\ud83d")).asText()).contains("\"data\":\"a?\"");
	}

	@Test
	void absentPayloadsAreEmpty() {
		assertThat(JSON.encode(data(DataType.TEXT, null)).asText()).endsWith("\"dataType\":\"text\",\"data\":\"\"}");
		assertThat(JSON.encode(data(DataType.JSON, null)).asText()).endsWith("\"dataType\":\"json\",\"data\":null}");
		assertThat(JSON.encode(data(DataType.BINARY, null)).asText())
			.endsWith("\"dataType\":\"binary\",\"data\":\"\"}");
	}

	@Test
	void largeMessagesAreWhole() throws InvalidProtocolBufferException {
		String text = "0123456789\"".repeat(30_000);
		ServerMessage message = data(DataType.TEXT, text);
		assertThat(MAPPER.readTree(JSON.encode(message).bytes()).required("data").asString()).isEqualTo(text);
		byte[] numbered = concat(RELIABLE_PROTOBUF.encode(message).bytes(), RELIABLE_PROTOBUF.tail(300));
		assertThat(ProtobufSchema.parse(ProtobufSchema.DOWNSTREAM, numbered).toString()).contains("sequence_id: 300");
	}

	@Test
	void jsonInArgumentsStaysWhatItIs() {
		ServerMessage message = new ServerMessage.Invocation("t",
				Collections.nCopies(2, JsonText.of(PubSubVectors.utf8("{\"a\" : 1.0}"))));
		assertThat(JSON.encode(message).asText()).contains("\"arguments\":[{\"a\" : 1.0},{\"a\" : 1.0}]");
	}

	static Stream<Vector> messages() {
		return PubSubVectors.read("downstream");
	}

	private static EncodedBody encode(PubSubProtocol protocol, Vector vector) {
		Object message = vector.create();
		return (message instanceof ServerMessage data) ? protocol.encode(data)
				: protocol.encode((DownstreamMessage) message);
	}

	private static ServerMessage data(DataType type, Object payload) {
		return new ServerMessage.Data(null, null, type, payload, Map.of());
	}

	private static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.UTF_8);
	}

	private static byte[] concat(byte[] first, byte[] second) {
		byte[] both = Arrays.copyOf(first, first.length + second.length);
		System.arraycopy(second, 0, both, first.length, second.length);
		return both;
	}

	record Price(int netPrice) {

	}

	record Failing(String value) {

		@Override
		public String value() {
			throw new IllegalStateException("no value");
		}

	}

}
