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

package dev.realtime.benchmarks.load.client;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RequestTemplate}.
 */
class RequestTemplateTests {

	@ParameterizedTest
	@CsvSource({ "1, 18", "18, 18", "119, 119", "128, 128", "70000, 70000" })
	void carriesTheTimeAndHasTheSize(int size, int expectedSize) {
		RequestTemplate template = new RequestTemplate(
				(payload) -> ClientMessage.text("<" + payload + ">" + payload.length()), size);
		for (int i = 0; i < 3; i++) {
			long before = System.nanoTime();
			byte[] payload = unmask(template.stamp());
			assertThat(new String(payload, StandardCharsets.US_ASCII)).startsWith("<T:")
				.endsWith(">" + expectedSize)
				.hasSize(expectedSize + 2 + String.valueOf(expectedSize).length());
			int mark = Marks.find(payload, 0, payload.length);
			assertThat(Marks.time(payload, mark)).isBetween(before, System.nanoTime());
		}
	}

	private static byte[] unmask(byte[] frame) {
		int length = frame[1] & 127;
		int mask = (length < 126) ? 2 : (length == 126) ? 4 : 10;
		byte[] payload = Arrays.copyOfRange(frame, mask + 4, frame.length);
		for (int i = 0; i < payload.length; i++) {
			payload[i] ^= frame[mask + i % 4];
		}
		return payload;
	}

}
