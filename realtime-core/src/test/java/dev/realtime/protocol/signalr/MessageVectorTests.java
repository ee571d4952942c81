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

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import dev.realtime.protocol.EncodedBody;
import dev.realtime.protocol.signalr.Vectors.Receiver;
import dev.realtime.protocol.signalr.Vectors.Vector;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of both protocols with the messages of {@link Vectors}.
 */
class MessageVectorTests {

	private static final String UNKNOWN = "\"unknown\":{\"type\":[{}],\"target\":null}";

	@ParameterizedTest
	@MethodSource("read")
	void isRead(Vector vector) {
		assertThat(receive(vector, vector.frame())).isEqualTo(expected(vector));
	}

	@ParameterizedTest
	@MethodSource("read")
	void isReadWhereverItIsSplit(Vector vector) {
		byte[] frame = vector.frame();
		List<JsonNode> expected = expected(vector);
		for (int i = 1; i < frame.length; i++) {
			assertThat(receive(vector, Arrays.copyOf(frame, i), Arrays.copyOfRange(frame, i, frame.length)))
				.as("split at %d", i)
				.isEqualTo(expected);
		}
	}

	@ParameterizedTest
	@MethodSource("read")
	void isReadByteByByte(Vector vector) {
		byte[][] bytes = new byte[vector.frame().length][];
		Arrays.setAll(bytes, (i) -> new byte[] { vector.frame()[i] });
		assertThat(receive(vector, bytes)).isEqualTo(expected(vector));
	}

	@ParameterizedTest
	@ValueSource(strings = { "json", "messagepack" })
	void areReadFromOneFrame(String protocol) {
		ByteArrayOutputStream frame = new ByteArrayOutputStream();
		List<JsonNode> messages = new ArrayList<>();
		List<Vector> vectors = Vectors.messages(protocol)
			.filter((vector) -> vector.isRead() && vector.hub() == VectorHub.INSTANCE)
			.toList();
		vectors.forEach((vector) -> {
			frame.writeBytes(vector.frame());
			messages.addAll(expected(vector));
		});
		Receiver receiver = new Receiver(vectors.get(0).protocol(), VectorHub.INSTANCE, Integer.MAX_VALUE);
		receiver.receive(frame.toByteArray());
		assertThat(receiver.messages()).hasSizeGreaterThan(80).isEqualTo(messages);
	}

	@ParameterizedTest
	@MethodSource("records")
	void isReadInEveryOrder(Vector vector) {
		List<String> properties = properties(vector);
		List<JsonNode> expected = expected(vector);
		permute(properties, 0, (order) -> {
			String record = "{" + String.join(",", order) + "}";
			assertThat(receive(vector, vector.frame(record.getBytes(StandardCharsets.UTF_8)))).as(record)
				.isEqualTo(expected);
		});
	}

	@ParameterizedTest
	@MethodSource("records")
	void isReadWithUnknownProperties(Vector vector) {
		List<String> properties = properties(vector);
		for (int i = 0; i <= properties.size(); i++) {
			List<String> more = new ArrayList<>(properties);
			more.add(i, UNKNOWN);
			String record = "{" + String.join(",", more) + "}";
			assertThat(receive(vector, vector.frame(record.getBytes(StandardCharsets.UTF_8)))).as(record)
				.isEqualTo(expected(vector));
		}
	}

	@ParameterizedTest
	@MethodSource("arrays")
	void isReadWithMoreItems(Vector vector) {
		byte[] body = vector.body();
		byte[] items = HexFormat.of().parseHex("82a161c0a16293010203");
		byte[] longer = Arrays.copyOf(body, body.length + items.length);
		System.arraycopy(items, 0, longer, body.length, items.length);
		longer[0]++;
		assertThat(receive(vector, vector.frame(longer))).isEqualTo(expected(vector));
	}

	@ParameterizedTest
	@MethodSource("written")
	void isWritten(Vector vector) {
		EncodedBody encoded = vector.protocol().encode(VectorMessages.create(vector.message()));
		assertThat(encoded.format()).isEqualTo(vector.protocol().transferFormat());
		assertThat(new String(encoded.bytes(), StandardCharsets.UTF_8))
			.isEqualTo(new String(vector.frame(), StandardCharsets.UTF_8));
		assertThat(encoded.bytes()).isEqualTo(vector.frame());
	}

	@ParameterizedTest
	@MethodSource("malformed")
	void isRefused(Vector vector) {
		assertThatExceptionOfType(HubProtocolException.class).isThrownBy(() -> receive(vector, vector.frame()))
			.withMessage(vector.error())
			.isNotInstanceOf(MessageTooBigException.class);
	}

	static Stream<Vector> read() {
		return all().filter(Vector::isRead);
	}

	static Stream<Vector> records() {
		return Vectors.messages("json")
			.filter((vector) -> vector.isRead() && !vector.name().contains("duplicates")
					&& properties(vector).size() <= 6);
	}

	// what the server writes as well has all the items there are
	static Stream<Vector> arrays() {
		return Vectors.messages("messagepack").filter((vector) -> vector.isRead() && vector.isWritten());
	}

	static Stream<Vector> written() {
		return all().filter(Vector::isWritten);
	}

	static Stream<Vector> malformed() {
		return Vectors.malformed();
	}

	private static Stream<Vector> all() {
		return Stream.concat(Vectors.messages("json"), Vectors.messages("messagepack"));
	}

	private static List<JsonNode> expected(Vector vector) {
		JsonNode message = vector.message();
		return (message != null) ? List.of(VectorMessages.normalize(message)) : List.of();
	}

	private static List<JsonNode> receive(Vector vector, byte[]... frames) {
		Receiver receiver = new Receiver(vector.protocol(), vector.hub(), Integer.MAX_VALUE);
		for (byte[] frame : frames) {
			receiver.receive(frame);
		}
		assertThat(receiver.remaining()).as("bytes left").isZero();
		return receiver.messages();
	}

	private static List<String> properties(Vector vector) {
		List<String> properties = new ArrayList<>();
		Vectors.MAPPER.readTree(vector.body())
			.forEachEntry((name, value) -> properties.add(Vectors.MAPPER.writeValueAsString(name) + ":" + value));
		return properties;
	}

	private static void permute(List<String> properties, int from, Consumer<List<String>> action) {
		if (from == properties.size()) {
			action.accept(properties);
		}
		for (int i = from; i < properties.size(); i++) {
			List<String> swapped = new ArrayList<>(properties);
			swapped.set(from, properties.get(i));
			swapped.set(i, properties.get(from));
			permute(swapped, from + 1, action);
		}
	}

}
