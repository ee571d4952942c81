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

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import dev.realtime.protocol.JsonText;
import dev.realtime.protocol.TransferFormat;
import dev.realtime.protocol.webpubsub.PubSubVectors.Vector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Tests for how {@link JsonPubSubProtocol} reads messages.
 */
class JsonPubSubReadingTests {

	private static final PubSubProtocol PROTOCOL = new JsonPubSubProtocol(JsonMapper.shared());

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private static final String ALPHABET = "{}[]:,\"\\ \t0123456789.-eE\u0000\u001f\u00e4abdgnrstuy";

	private final Random random = new Random(11);

	@ParameterizedTest
	@MethodSource("messages")
	void isRead(Vector vector) {
		assertThat(PubSubVectors.describe(PubSubVectors.decode(PROTOCOL, vector.json()))).isEqualTo(vector.message());
	}

	@ParameterizedTest
	@MethodSource("messages")
	void isReadWithinAnArrayAndFromDirectMemory(Vector vector) {
		byte[] message = PubSubVectors.utf8(vector.json());
		ByteBuffer within = ByteBuffer.allocate(message.length + 20).position(10);
		within.put(message).flip().position(10);
		ByteBuffer direct = ByteBuffer.allocateDirect(message.length).put(message).flip();
		for (ByteBuffer buffer : List.of(within.slice(), within, within.asReadOnlyBuffer(), direct)) {
			assertThat(PubSubVectors.describe(PROTOCOL.decode(buffer, TransferFormat.TEXT)))
				.isEqualTo(vector.message());
		}
	}

	@ParameterizedTest
	@MethodSource("messages")
	void isReadInAnyOrderAmongOthers(Vector vector) {
		assumeThat(vector.toString()).doesNotContain("duplicates", "stays what it is", "surrogate");
		List<String> members = new ArrayList<>();
		MAPPER.readTree(vector.json())
			.forEachEntry((name, value) -> members.add(MAPPER.writeValueAsString(name) + ":" + value));
		members.add("\"unknown\":{\"type\":[{}],\"group\":null}");
		for (int i = 0; i < 10; i++) {
			Collections.shuffle(members, this.random);
			String json = "{" + String.join(" , ", members) + "}";
			assertThat(PubSubVectors.describe(PubSubVectors.decode(PROTOCOL, json))).as(json)
				.isEqualTo(vector.message());
		}
	}

	@ParameterizedTest
	@MethodSource("malformed")
	void isRefused(Vector vector) {
		assertThatExceptionOfType(PubSubProtocolException.class)
			.isThrownBy(() -> PubSubVectors.decode(PROTOCOL, vector.json()))
			.withMessage(vector.text("reason"))
			.satisfies((ex) -> assertThat(ex.closeStatus()).isEqualTo(1007));
	}

	@Test
	void refusesBinaryMessages() {
		assertThatExceptionOfType(PubSubProtocolException.class)
			.isThrownBy(() -> PROTOCOL.decode(ByteBuffer.wrap(PubSubVectors.utf8("{\"type\":\"ping\"}")),
					TransferFormat.BINARY))
			.withMessage("Messages must be text.")
			.satisfies((ex) -> assertThat(ex.closeStatus()).isEqualTo(1003));
	}

	@Test
	void refusesWhatIsNoUtf8() {
		byte[] message = "{\"type\":\"event\",\"event\":\"e\",\"data\":\"\u00ff\"}"
			.getBytes(StandardCharsets.ISO_8859_1);
		assertThatExceptionOfType(PubSubProtocolException.class)
			.isThrownBy(() -> PROTOCOL.decode(ByteBuffer.wrap(message), TransferFormat.TEXT))
			.withMessage("The message is not valid UTF-8.");
	}

	@Test
	void takes64Levels() {
		String data = "[".repeat(63) + "]".repeat(63);
		EventMessage event = (EventMessage) PubSubVectors.decode(PROTOCOL,
				"{\"type\":\"event\",\"event\":\"e\",\"data\":" + data + "}");
		assertThat(event.payload()).isEqualTo(JsonText.of(PubSubVectors.utf8(data)));
	}

	@Test
	void reliableClientsSayTheSame() {
		PubSubProtocol reliable = JsonPubSubProtocol.reliable(JsonMapper.shared());
		assertThat(PubSubVectors.decode(reliable, "{\"type\":\"ping\"}")).isSameAs(PingMessage.INSTANCE);
	}

	@Test
	void mutationsAreReadOrRefused() {
		List<String> texts = messages().map(Vector::json).toList();
		int read = 0;
		for (int i = 0; i < 60_000; i++) {
			byte[] message = PubSubVectors.utf8(mutate(texts.get(i % texts.size())));
			if (i % 5 == 0) {
				message[this.random.nextInt(message.length)] = (byte) this.random.nextInt(256);
			}
			try {
				assertThat(PROTOCOL.decode(ByteBuffer.wrap(message), TransferFormat.TEXT)).isNotNull();
				read++;
			}
			catch (PubSubProtocolException ex) {
				assertThat(ex.getMessage()).hasSizeLessThan(80);
			}
		}
		assertThat(read).isBetween(3_000, 54_000);
	}

	private String mutate(String text) {
		StringBuilder mutated = new StringBuilder(text);
		for (int i = this.random.nextInt(2); i >= 0 && mutated.length() > 1; i--) {
			int index = this.random.nextInt(mutated.length());
			char character = ALPHABET.charAt(this.random.nextInt(ALPHABET.length()));
			switch (this.random.nextInt(4)) {
				case 0 -> mutated.insert(index, character);
				case 1 -> mutated.setCharAt(index, character);
				case 2 -> mutated.deleteCharAt(index);
				default -> mutated.insert(index, mutated.substring(index, Math.min(index + 3, mutated.length())));
			}
		}
		return mutated.toString();
	}

	static Stream<Vector> malformed() {
		return PubSubVectors.read("malformed-json");
	}

	static Stream<Vector> messages() {
		return PubSubVectors.read("upstream").filter((vector) -> vector.has("json"));
	}

}
