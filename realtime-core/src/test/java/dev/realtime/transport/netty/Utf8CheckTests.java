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

package dev.realtime.transport.netty;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Utf8Check}, compared with the decoder of the JDK.
 */
class Utf8CheckTests {

	// bytes at which the rules change
	private static final int[] EDGES = { 0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0,
			0xE1, 0xEC, 0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF };

	@Test
	void acceptsEveryCharacter() {
		for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
			if (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE) {
				byte[] bytes = Character.toString(codePoint).getBytes(StandardCharsets.UTF_8);
				Utf8Check check = new Utf8Check();
				if (!check.accept(bytes, 0, bytes.length) || !check.isComplete()) {
					throw new AssertionError("Refuses " + Integer.toHexString(codePoint));
				}
			}
		}
	}

	@Test
	void agreesOnPairsOfBytes() {
		byte[] bytes = new byte[2];
		for (int i = 0; i < 65536; i++) {
			bytes[0] = (byte) (i >> 8);
			bytes[1] = (byte) i;
			compare(bytes);
		}
	}

	@Test
	void agreesAtTheEdges() {
		byte[] bytes = new byte[4];
		for (int first : EDGES) {
			bytes[0] = (byte) first;
			for (int second : EDGES) {
				bytes[1] = (byte) second;
				for (int third : EDGES) {
					bytes[2] = (byte) third;
					for (int fourth : EDGES) {
						bytes[3] = (byte) fourth;
						compare(bytes);
					}
				}
			}
		}
	}

	@Test
	void agreesWhereverALongTextIsBroken() {
		byte[] text = "ASCII for eight bytes, grüezi, €, 😀, and ASCII again".getBytes(StandardCharsets.UTF_8);
		for (int i = 0; i < text.length; i++) {
			compare(Arrays.copyOf(text, i));
			compare(Arrays.copyOfRange(text, i, text.length));
			for (int edge : EDGES) {
				byte[] broken = text.clone();
				broken[i] = (byte) edge;
				compare(broken);
			}
		}
	}

	@Test
	void piecesAreOneText() {
		byte[] text = "grüezi, €, 😀 and more".getBytes(StandardCharsets.UTF_8);
		for (int cut = 0; cut <= text.length; cut++) {
			Utf8Check check = new Utf8Check();
			assertThat(check.accept(text, 0, cut)).isTrue();
			assertThat(check.isComplete()).isEqualTo(cut == text.length || (text[cut] & 0xC0) != 0x80);
			assertThat(check.accept(text, cut, text.length)).isTrue();
			assertThat(check.isComplete()).isTrue();
		}
	}

	@Test
	void agreesOnRandomBytes() {
		Random random = new Random(6455);
		for (int i = 0; i < 100_000; i++) {
			byte[] bytes = new byte[random.nextInt(24)];
			for (int j = 0; j < bytes.length; j++) {
				bytes[j] = (byte) (random.nextBoolean() ? random.nextInt(128) : EDGES[random.nextInt(EDGES.length)]);
			}
			compare(bytes);
		}
	}

	private static void compare(byte[] bytes) {
		Utf8Check check = new Utf8Check();
		boolean accepted = check.accept(bytes, 0, bytes.length);
		if (accepted != JdkUtf8.isBeginning(bytes) || (accepted && check.isComplete() != JdkUtf8.isText(bytes))) {
			throw new AssertionError("Disagree on " + Arrays.toString(bytes));
		}
	}

}
