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

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for MessagePack that is meant to do harm.
 */
class MessagePackHostileInputTests {

	private final TestBinder binder = new TestBinder().method("any", Object.class).method("number", int.class);

	// at most a few bytes are behind lengths of up to four gigabytes
	@ParameterizedTest
	@ValueSource(strings = { "dd ffffffff", "dd 7fffffff", "dd 00000003 c0c0", "dc ffff c0", "df ffffffff c0",
			"df 7fffffff", "df 80000000", "de ffff", "82 a161c0", "db ffffffff", "db 7fffffff 41", "da ffff 41",
			"d9 ff 41", "a2 41", "c6 ffffffff", "c6 7fffffff 00", "c5 ffff", "c4 02 00", "c9 ffffffff ff",
			"c9 7fffffff ff 00", "c8 ffff ff", "c7 ff ff", "c7", "d8 ff 00", "d7 ff 00000000", "cb 00", "cf 00000000",
			"ca", "d3", "dd", "dd 0000", "c1", "93 c0c0", "91", "81 a161" })
	void refusesLengthsWithNothingBehind(String hex) {
		byte[] call = MessagePackFrames.pack(MessagePackFrames.hex("96 01 80 a131 a3616e79 91"));
		byte[] value = HexFormat.of().parseHex(hex.replace(" ", ""));
		byte[] body = Arrays.copyOf(call, call.length + value.length);
		System.arraycopy(value, 0, body, call.length, value.length);
		assertFatal(body);
		assertFatal(MessagePackFrames.pack(List.of(6, MessagePackFrames.hex(hex))));
		assertFatal(value);
	}

	@Test
	void readsFiveHundredLevels() {
		Object deep = nested("91", 498);
		assertThat(MessagePackFrames.decode(List.of(1, Map.of(), "", "any", List.of(deep)), this.binder))
			.isInstanceOf(InvocationMessage.class);
		assertThat(MessagePackFrames.decode(List.of(1, Map.of(), "", "number", List.of(deep)), this.binder))
			.isInstanceOf(InvocationBindingFailureMessage.class);
		assertThat(MessagePackFrames.decode(List.of(6, nested("91", 499)), this.binder)).isSameAs(PingMessage.INSTANCE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "91", "81c0", "dc0001", "df00000001c0" })
	void refusesMoreLevels(String level) {
		assertFatal(MessagePackFrames.pack(List.of(1, Map.of(), "", "any", List.of(nested(level, 499)))));
		assertFatal(MessagePackFrames.pack(List.of(6, nested(level, 500))));
		assertFatal(MessagePackFrames.pack(List.of(6, nested(level, 100_000))));
		assertFatal(HexFormat.of().parseHex(level.repeat(100_000)));
	}

	@Test
	void readsInvalidUtf8AsReplacement() {
		assertThat(MessagePackFrames
			.decode(List.of(1, Map.of(), "", "any", List.of(MessagePackFrames.hex("a3 41 ff 42"))), this.binder))
			.isInstanceOfSatisfying(InvocationMessage.class,
					(message) -> assertThat(message.arguments()).containsExactly("A\uFFFDB"));
	}

	private void assertFatal(byte[] body) {
		assertThatExceptionOfType(HubProtocolException.class)
			.isThrownBy(() -> MessagePackFrames.decode(body, this.binder))
			.withMessage("Error reading MessagePack.");
	}

	private static MessagePackFrames.Raw nested(String level, int levels) {
		return MessagePackFrames.hex(level.repeat(levels) + "c0");
	}

}
