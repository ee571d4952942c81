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
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import dev.realtime.protocol.JsonText;
import dev.realtime.protocol.TransferFormat;
import dev.realtime.protocol.webpubsub.PubSubVectors.Vector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for how {@link ProtobufPubSubProtocol} reads messages that the library wrote.
 */
class ProtobufPubSubReadingTests {

	private static final PubSubProtocol PROTOCOL = new ProtobufPubSubProtocol(JsonMapper.shared());

	private final Random random = new Random(13);

	@ParameterizedTest
	@MethodSource("messages")
	void isRead(Vector vector) {
		assertThat(PubSubVectors.describe(decode(upstream(vector)))).isEqualTo(vector.message());
	}

	@ParameterizedTest
	@MethodSource("messages")
	void isReadWithUnknownFields(Vector vector) throws InvalidProtocolBufferException {
		UnknownFieldSet unknown = UnknownFieldSet.newBuilder()
			.addField(12, UnknownFieldSet.Field.newBuilder().addVarint(-1).addFixed32(1).addFixed64(1).build())
			.addField(40,
					UnknownFieldSet.Field.newBuilder()
						.addGroup(UnknownFieldSet.newBuilder()
							.addField(1, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
							.build())
						.build())
			.build();
		DynamicMessage message = ProtobufSchema.message(ProtobufSchema.UPSTREAM, vector.text("protobuf"));
		DynamicMessage.Builder more = message.toBuilder().setUnknownFields(unknown);
		message.getAllFields()
			.forEach((field, value) -> more.setField(field,
					((DynamicMessage) value).toBuilder().setUnknownFields(unknown).build()));
		assertThat(PubSubVectors.describe(decode(more.build().toByteArray()))).isEqualTo(vector.message());
	}

	@ParameterizedTest
	@MethodSource("malformed")
	void isRefused(Vector vector) {
		assertThatExceptionOfType(PubSubProtocolException.class)
			.isThrownBy(() -> decode(vector.has("hex") ? vector.hex() : upstream(vector)))
			.withMessage(vector.text("reason"))
			.satisfies((ex) -> assertThat(ex.closeStatus()).isEqualTo(1007));
	}

	@Test
	void lastOfSeveralCounts() {
		byte[] join = bytes("join_group_message { group: \"a\" }");
		byte[] leave = bytes("leave_group_message { group: \"b\" }");
		assertThat(decode(concat(join, leave))).isEqualTo(new LeaveGroupMessage("b", null));
		assertThat(decode(concat(leave, join))).isEqualTo(new JoinGroupMessage("a", null));
	}

	@Test
	void fieldsOfAnotherKindAreUnknown() {
		assertThat(decode(HexFormat.of().parseHex("32050a01670805"))).isEqualTo(new JoinGroupMessage("g", null));
		assertThat(decode(HexFormat.of().parseHex("320708050a01671001"))).isEqualTo(new JoinGroupMessage("g", 1L));
		assertThat(decode(HexFormat.of().parseHex("32070a016710011200"))).isEqualTo(new JoinGroupMessage("g", 1L));
	}

	@Test
	void refusesTextMessages() {
		assertThatExceptionOfType(PubSubProtocolException.class)
			.isThrownBy(() -> PROTOCOL.decode(ByteBuffer.wrap(bytes("ping_message { }")), TransferFormat.TEXT))
			.withMessage("Messages must be binary.")
			.satisfies((ex) -> assertThat(ex.closeStatus()).isEqualTo(1003));
	}

	@Test
	void takesAsManyLevelsOfJsonAsFitIntoAMessageOfJson() {
		assertThat(((EventMessage) decode(bytes(event(63)))).payload())
			.isEqualTo(JsonText.of(PubSubVectors.utf8("[".repeat(63) + "]".repeat(63))));
		assertThatExceptionOfType(PubSubProtocolException.class).isThrownBy(() -> decode(bytes(event(64))));
	}

	private static String event(int levels) {
		return "event_message { event: \"e\" data { json_data: \"" + "[".repeat(levels) + "]".repeat(levels) + "\" } }";
	}

	@Test
	void mutationsAreReadOrRefused() {
		List<byte[]> messages = messages().map(ProtobufPubSubReadingTests::upstream).toList();
		int read = 0;
		for (int i = 0; i < 60_000; i++) {
			byte[] message = mutate(messages.get(i % messages.size()));
			try {
				assertThat(decode(message)).isNotNull();
				read++;
			}
			catch (PubSubProtocolException ex) {
				assertThat(ex.getMessage()).hasSizeLessThan(80);
			}
		}
		assertThat(read).isBetween(3_000, 54_000);
	}

	private byte[] mutate(byte[] message) {
		byte[] mutated = Arrays.copyOf(message, Math.max(1, message.length));
		for (int i = this.random.nextInt(2); i >= 0; i--) {
			int index = this.random.nextInt(mutated.length);
			switch (this.random.nextInt(4)) {
				case 0 -> {
					mutated[index] = (byte) this.random.nextInt(256);
				}
				case 1 -> {
					mutated[index] ^= (byte) (1 << this.random.nextInt(8));
				}
				case 2 -> {
					mutated = Arrays.copyOf(mutated, Math.max(1, mutated.length - this.random.nextInt(3)));
				}
				default -> {
					mutated = concat(mutated, Arrays.copyOfRange(mutated, index, mutated.length));
				}
			}
		}
		return mutated;
	}

	static Stream<Vector> messages() {
		return PubSubVectors.read("upstream").filter((vector) -> vector.has("protobuf"));
	}

	static Stream<Vector> malformed() {
		return PubSubVectors.read("malformed-protobuf");
	}

	private static byte[] upstream(Vector vector) {
		return bytes(vector.text("protobuf"));
	}

	private static byte[] bytes(String text) {
		return ProtobufSchema.message(ProtobufSchema.UPSTREAM, text).toByteArray();
	}

	private static byte[] concat(byte[] first, byte[] second) {
		byte[] both = Arrays.copyOf(first, first.length + second.length);
		System.arraycopy(second, 0, both, first.length, second.length);
		return both;
	}

	private static UpstreamMessage decode(byte[] message) {
		return PROTOCOL.decode(ByteBuffer.wrap(message), TransferFormat.BINARY);
	}

}
