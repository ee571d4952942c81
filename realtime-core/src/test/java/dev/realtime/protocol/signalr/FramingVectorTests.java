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
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

import dev.realtime.protocol.signalr.Vectors.Receiver;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Tests for how both protocols cut frames into messages, with
 * {@code vectors/signalr/framing.json}.
 */
class FramingVectorTests {

	@ParameterizedTest
	@MethodSource("vectors")
	void isCutIntoMessages(JsonNode vector) {
		int limit = vector.required("limit").asInt();
		Receiver receiver = new Receiver(Vectors.protocol(vector), VectorHub.INSTANCE, limit);
		if (vector.has("error")) {
			assertThatExceptionOfType(HubProtocolException.class).isThrownBy(() -> receive(vector, receiver))
				.withMessage(Vectors.text(vector, "error"))
				.satisfies((ex) -> assertThat(ex instanceof MessageTooBigException)
					.isEqualTo(ex.getMessage().contains("maximum message size")));
		}
		else {
			receive(vector, receiver);
			assertThat(receiver.remaining()).isEqualTo(vector.path("remaining").asInt(0));
		}
		assertThat(receiver.messages()).isEqualTo(messages(vector.required("messages")));
	}

	@ParameterizedTest
	@MethodSource("vectors")
	void isCutTheSameWhereverFramesEnd(JsonNode vector) {
		assumeThat(vector.has("error")).isFalse();
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		frames(vector).forEach(all::writeBytes);
		assumeThat(all.size()).isLessThan(200);
		List<JsonNode> messages = messages(vector.required("messages"));
		for (int length = 1; length <= all.size(); length++) {
			Receiver receiver = new Receiver(Vectors.protocol(vector), VectorHub.INSTANCE, Integer.MAX_VALUE);
			for (int i = 0; i < all.size(); i += length) {
				receiver.receive(Arrays.copyOfRange(all.toByteArray(), i, Math.min(all.size(), i + length)));
			}
			assertThat(receiver.messages()).as("frames of %d bytes", length).isEqualTo(messages);
		}
	}

	private static void receive(JsonNode vector, Receiver receiver) {
		frames(vector).forEach(receiver::receive);
	}

	private static List<byte[]> frames(JsonNode vector) {
		boolean text = Vectors.protocol(vector) == Frames.JSON;
		return vector.required("frames")
			.valueStream()
			.map(Vectors::expand)
			.map((frame) -> text ? frame.getBytes(StandardCharsets.UTF_8) : HexFormat.of().parseHex(frame))
			.toList();
	}

	private static List<JsonNode> messages(JsonNode messages) {
		if (messages.has("repeat")) {
			return Collections.nCopies(messages.required("times").asInt(),
					VectorMessages.normalize(messages.required("repeat")));
		}
		return messages.valueStream().map(VectorMessages::normalize).toList();
	}

	static Stream<Named<JsonNode>> vectors() {
		return Vectors.entries("framing").map((vector) -> Named.of(Vectors.text(vector, "name"), vector));
	}

}
