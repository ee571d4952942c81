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
import java.util.HexFormat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for input that is meant to do harm.
 */
class JsonHostileInputTests {

	private final TestBinder binder = new TestBinder().method("text", String.class)
		.method("number", int.class)
		.method("any", Object.class);

	@ParameterizedTest
	@ValueSource(strings = { "text", "number" })
	void survivesDeepArguments(String target) {
		assertThat(Frames.decode(call(target, nested(62)), this.binder))
			.isInstanceOf(InvocationBindingFailureMessage.class);
	}

	@Test
	void readsSixtyFourLevels() {
		assertThat(Frames.decode(call("any", nested(62)), this.binder)).isInstanceOf(InvocationMessage.class);
		assertThat(Frames.decode("{\"type\":6,\"x\":" + nested(63) + "}", this.binder)).isSameAs(PingMessage.INSTANCE);
	}

	@Test
	void refusesMoreLevels() {
		assertFatal(call("any", nested(63)));
		assertFatal(call("text", nested(10_000)));
		assertFatal("{\"type\":6,\"x\":" + nested(64) + "}");
		assertFatal("{\"type\":6,\"x\":" + "[".repeat(10_000));
		assertFatal("{\"a\":".repeat(10_000));
	}

	@Test
	void boundsHugeNumbers() {
		String digits = "9".repeat(20_000);
		assertThat(Frames.decode("{\"type\":6,\"x\":" + digits + "}", this.binder)).isSameAs(PingMessage.INSTANCE);
		assertThat(Frames.decode(call("number", digits), this.binder))
			.isInstanceOf(InvocationBindingFailureMessage.class);
		assertThat(Frames.decode(call("any", digits), this.binder)).isInstanceOf(InvocationBindingFailureMessage.class);
		assertThat(Frames.decode(call("number", "1e999999999"), this.binder))
			.isInstanceOf(InvocationBindingFailureMessage.class);
		assertThatExceptionOfType(HubProtocolException.class)
			.isThrownBy(() -> Frames.decode("{\"type\":" + digits + "}", this.binder))
			.withMessage("Expected 'type' to be of type Number.");
	}

	@Test
	void acceptsHugeStrings() {
		assertThat(Frames.decode(call("text", '"' + "x".repeat(1_000_000) + '"'), this.binder))
			.isInstanceOf(InvocationMessage.class);
	}

	@Test
	void survivesManyDistinctNames() {
		for (int i = 0; i < 200; i++) {
			StringBuilder json = new StringBuilder("{\"type\":6");
			for (int j = 0; j < 200; j++) {
				json.append(",\"p").append(i).append('_').append(j).append("\":0");
			}
			assertThat(Frames.decode(json.append('}').toString(), this.binder)).isSameAs(PingMessage.INSTANCE);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "80", "C0AF", "C328", "E28228", "E282", "EDA080", "F0808080", "F4908080", "F5808080", "FF",
			"F09D84", "E08080" })
	void refusesInvalidUtf8(String hex) {
		assertInvalid("{\"type\":1,\"target\":\"text\",\"arguments\":[\"", hex, "\"]}");
		assertInvalid("{\"type\":1,\"target\":\"unknown\",\"arguments\":[\"", hex, "\"]}");
		assertInvalid("{\"type\":1,\"target\":\"", hex, "\",\"arguments\":[]}");
		assertInvalid("{\"type\":6,\"", hex, "\":1}");
		assertInvalid("{\"type\":6,\"x\":\"", hex, "\"}");
		assertInvalid("", hex, "{\"type\":6}");
		assertInvalid("{\"type\":6}", hex, "");
	}

	private void assertInvalid(String before, String hex, String after) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		bytes.writeBytes(before.getBytes(StandardCharsets.UTF_8));
		bytes.writeBytes(HexFormat.of().parseHex(hex));
		bytes.writeBytes((after + Frames.RS).getBytes(StandardCharsets.UTF_8));
		assertThatExceptionOfType(HubProtocolException.class)
			.isThrownBy(() -> Frames.JSON.decode(Frames.buffer(bytes.toByteArray()), this.binder, Integer.MAX_VALUE))
			.withMessage("Error reading JSON.");
	}

	private void assertFatal(String json) {
		assertThatExceptionOfType(HubProtocolException.class).isThrownBy(() -> Frames.decode(json, this.binder))
			.withMessage("Error reading JSON.");
	}

	private static String call(String target, String argument) {
		return "{\"arguments\":[" + argument + "],\"invocationId\":\"1\",\"target\":\"" + target + "\",\"type\":1}";
	}

	private static String nested(int levels) {
		return "[".repeat(levels) + "]".repeat(levels);
	}

}
