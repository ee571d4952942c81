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

package dev.realtime.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Utf8}.
 */
class Utf8Tests {

	@Test
	void acceptsEveryCodePoint() {
		for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
			if (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE) {
				byte[] bytes = Character.toString(codePoint).getBytes(StandardCharsets.UTF_8);
				assertThat(Utf8.isValid(bytes, 0, bytes.length)).isTrue();
				assertThat(bytes.length == 1 || !Utf8.isValid(bytes, 0, bytes.length - 1)).isTrue();
			}
		}
	}

	@Test
	void agreesWithTheDecoderOfTheJdk() {
		Random random = new Random(42);
		byte[] leads = { 'a', (byte) 0xC2, (byte) 0xE0, (byte) 0xED, (byte) 0xF0, (byte) 0xF4, (byte) 0x80,
				(byte) 0xBF };
		for (int i = 0; i < 200_000; i++) {
			byte[] bytes = new byte[1 + random.nextInt(20)];
			for (int j = 0; j < bytes.length; j++) {
				bytes[j] = random.nextBoolean() ? leads[random.nextInt(leads.length)] : (byte) random.nextInt(256);
			}
			int start = random.nextInt(bytes.length);
			assertThat(Utf8.isValid(bytes, start, bytes.length)).isEqualTo(decodes(bytes, start));
		}
	}

	private static boolean decodes(byte[] bytes, int start) {
		try {
			StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, start, bytes.length - start));
			return true;
		}
		catch (CharacterCodingException ex) {
			return false;
		}
	}

}
