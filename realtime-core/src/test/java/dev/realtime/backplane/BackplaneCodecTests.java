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

package dev.realtime.backplane;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

import dev.realtime.backplane.BackplaneMessage.Answer;
import dev.realtime.backplane.BackplaneMessage.ClientCall;
import dev.realtime.backplane.BackplaneMessage.ClientCallCancelled;
import dev.realtime.backplane.BackplaneMessage.Delivery;
import dev.realtime.backplane.BackplaneMessage.Failure;
import dev.realtime.backplane.BackplaneMessage.FailureKind;
import dev.realtime.backplane.BackplaneMessage.GroupStateChange;
import dev.realtime.backplane.BackplaneMessage.Operation;
import dev.realtime.backplane.BackplaneMessage.Request;
import dev.realtime.backplane.BackplaneMessage.Rows;
import dev.realtime.backplane.BackplaneMessage.TargetKind;
import dev.realtime.protocol.EncodedBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class BackplaneCodecTests {

	private static final byte[] BYTES = "{\"type\":1}".getBytes(StandardCharsets.UTF_8);

	static Stream<BackplaneMessage> messages() {
		Map<String, EncodedBody> slots = new LinkedHashMap<>();
		slots.put("json", EncodedBody.text(BYTES));
		slots.put("messagepack", EncodedBody.binary(new byte[300]));
		return Stream.of(new Delivery(TargetKind.ALL, "", Set.of(), slots, true, Delivery.NO_TTL, null),
				new Delivery(TargetKind.GROUP, "grüße \uD83D\uDE00", Set.of("c1", "c2"), Map.of(), false, 0,
						"'g' in groups"),
				new Delivery(TargetKind.USER, "ann", Set.of(), slots, true, Long.MAX_VALUE - 1, ""),
				new Request(Long.MAX_VALUE, "r", Operation.CLOSE_ALL, Arrays.asList(null, "", "c")),
				new Request(0, "r", Operation.CONNECTIONS, List.of()),
				new ClientCall(127, "r", "c", "s1", Map.of("json", BYTES)), new ClientCallCancelled("c", "s1"),
				new GroupStateChange("g", "c", "ann", Long.MAX_VALUE, Map.of("k", "v")),
				new GroupStateChange("g", "c", null, 1, null), new GroupStateChange("g", "c", "", 0, Map.of()),
				new Rows(128, List.of()), new Rows(129, List.of(Arrays.asList("c1", null), List.of())),
				new Answer(1, "json", BYTES), new Answer(1, "json", null),
				new Failure(1, FailureKind.CLIENT_ERROR, "no"));
	}

	@ParameterizedTest
	@MethodSource("messages")
	void messageIsReadAsItWasWritten(BackplaneMessage message) {
		BackplaneMessage read = BackplaneCodec.decode(BackplaneCodec.encode(message));
		assertThat(read).usingRecursiveComparison().isEqualTo(message);
	}

	@ParameterizedTest
	@EnumSource
	void operationIsReadAsItWasWritten(Operation operation) {
		Request request = new Request(1, "r", operation, List.of("a"));
		assertThat(BackplaneCodec.decode(BackplaneCodec.encode(request))).isEqualTo(request);
	}

	@ParameterizedTest
	@MethodSource("messages")
	void messageThatEndsTooEarlyIsMalformed(BackplaneMessage message) {
		byte[] bytes = BackplaneCodec.encode(message);
		for (int length = 0; length < bytes.length; length++) {
			byte[] part = Arrays.copyOf(bytes, length);
			assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> BackplaneCodec.decode(part));
		}
		byte[] more = Arrays.copyOf(bytes, bytes.length + 1);
		assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> BackplaneCodec.decode(more));
	}

	@ParameterizedTest
	@MethodSource("messages")
	void damagedMessageIsReadOrMalformed(BackplaneMessage message) {
		byte[] bytes = BackplaneCodec.encode(message);
		Random random = new Random(42);
		for (int i = 0; i < 2000; i++) {
			byte[] damaged = bytes.clone();
			damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
			damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
			try {
				assertThat(BackplaneCodec.decode(damaged)).isNotNull();
			}
			catch (MalformedMessageException ex) {
				assertThat(ex).hasMessageMatching("\\w.+");
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "1", "\u0002\u0001", "\u0001\u0000", "\u0001\u0008",
			"\u0001\u0006\u0001\u007f\u007f\u007f\u007f" })
	void garbageIsMalformed(String garbage) {
		byte[] bytes = garbage.getBytes(StandardCharsets.ISO_8859_1);
		assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> BackplaneCodec.decode(bytes));
	}

	@Test
	void wireFormatIsStable() {
		Delivery delivery = new Delivery(TargetKind.GROUP, "g", Set.of("c"),
				Map.of("p", EncodedBody.text(new byte[] { 7, 8 })), true, 299, "f");
		assertThat(BackplaneCodec.encode(delivery)).containsExactly(1, 1, 1, 1, 'g', 1, 1, 'c', 1, 1, 'p', 1, 2, 7, 8,
				1, 0xAC, 0x02, 1, 1, 'f');
	}

}
