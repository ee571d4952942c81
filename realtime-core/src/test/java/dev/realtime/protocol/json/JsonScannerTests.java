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

package dev.realtime.protocol.json;

import java.nio.charset.StandardCharsets;
import java.util.Random;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link JsonScanner} and {@link JsonStructure}, by what Jackson makes of the
 * same text.
 */
class JsonScannerTests {

	private static final String[] TEXTS = {
			"{\"type\":1,\"invocationId\":\"17\",\"target\":\"send\",\"arguments\":[\"lobby\",-42,{\"a\":0.25e+10}]}",
			" [ true , false , null , [ ] , { } , \"\\u00e9\\n\\\"\\/\" , 1E5 , -0 , 10 ]\t\r\n",
			"{\"\":[[],[[{}]],{\"a\":{\"b\":[1,2,3]}}],\"long text\":\"0123456789 abcdefghij\\\\ KLMNOPQRST \u00e4\u20ac\ud83d\ude00\"}",
			"\"just a text of some length\"", "-12.5e-3", "0", "true" };

	private static final String ALPHABET = "{}[]:,\"\\ \t\n\u0001\u001f\u0000\u007fabefnrtu/0123456789.-+eE\u00e4";

	private static final JsonNames NAMES = new JsonNames("other", "type");

	private final Random random = new Random(7);

	@Test
	void acceptsWhatJacksonAccepts() {
		int accepted = 0;
		for (int i = 0; i < 60_000; i++) {
			String text = mutate(TEXTS[i % TEXTS.length]);
			assertThat(isAccepted(text)).as(text).isEqualTo(isAcceptedByJackson(text));
			accepted += isAccepted(text) ? 1 : 0;
		}
		assertThat(accepted).isBetween(6_000, 54_000);
	}

	private String mutate(String text) {
		StringBuilder mutated = new StringBuilder(text);
		for (int i = this.random.nextInt(3); i >= 0 && !mutated.isEmpty(); i--) {
			int index = this.random.nextInt(mutated.length());
			char character = ALPHABET.charAt(this.random.nextInt(ALPHABET.length()));
			switch (this.random.nextInt(4)) {
				case 0 -> mutated.deleteCharAt(index);
				case 1 -> mutated.insert(index, character);
				case 2 -> mutated.setCharAt(index, character);
				default -> mutated.setLength(index);
			}
		}
		return mutated.toString();
	}

	private static boolean isAccepted(String text) {
		byte[] padded = utf8('"' + text + "\"}]0");
		int end = padded.length - 4;
		try {
			JsonScanner scanner = new JsonScanner(padded, 1, end);
			scanner.skipValue(0);
			scanner.finish();
			return true;
		}
		catch (MalformedJsonException ex) {
			return false;
		}
	}

	private static boolean isAcceptedByJackson(String text) {
		byte[] bytes = utf8(text);
		try (JsonParser parser = StrictJson.createParser(bytes, 0, bytes.length)) {
			if (parser.nextToken() == null) {
				return false;
			}
			parser.skipChildren();
			parser.finishToken();
			return parser.nextToken() == null;
		}
		catch (JacksonException ex) {
			return false;
		}
	}

	@Test
	void readsStringsAsJacksonDoes() {
		String[] pieces = { "a", "0123456789", " ", "\u00e4", "\ud83d\ude00", "\\n", "\\b", "\\f", "\\r", "\\t", "\\/",
				"\\\\", "\\\"", "\\u0041", "\\u00E4", "\\uD83D\\ude00", "\\ud83d", "\\u0000" };
		for (int i = 0; i < 20_000; i++) {
			StringBuilder text = new StringBuilder("\"");
			for (int j = this.random.nextInt(6); j > 0; j--) {
				text.append(pieces[this.random.nextInt(pieces.length)]);
			}
			byte[] bytes = utf8(text.append('"').toString());
			JsonScanner scanner = new JsonScanner(bytes, 0, bytes.length);
			assertThat(scanner.readString()).as(text.toString()).isEqualTo(readByJackson(bytes));
			scanner.finish();
		}
	}

	private static @Nullable String readByJackson(byte[] bytes) {
		try (JsonParser parser = StrictJson.createParser(bytes, 0, bytes.length)) {
			assertThat(parser.nextToken()).isEqualTo(JsonToken.VALUE_STRING);
			return parser.getString();
		}
	}

	@ParameterizedTest
	@CsvSource(nullValues = "null", value = { "0, 0", "-0, 0", "17, 17", "-9223372036854775808, -9223372036854775808",
			"9223372036854775808, null", "1.0, null", "1e2, null", "99999999999999999999999, null" })
	void readsIntegers(String text, @Nullable Long value) {
		byte[] bytes = utf8(" " + text + "\u001e");
		JsonScanner scanner = new JsonScanner(bytes, 0, bytes.length - 1);
		assertThat(scanner.readLong()).isEqualTo(value);
		scanner.finish();
	}

	@ParameterizedTest
	@ValueSource(strings = { "type", "\\u0074ype", "t\\u0079pe" })
	void readsPropertiesHoweverTheyAreWritten(String name) {
		byte[] bytes = utf8("\"" + name + "\" : ");
		assertThat(new JsonScanner(bytes, 0, bytes.length).readName(NAMES)).isEqualTo(1);
	}

	@Test
	void doesNotReadOtherProperties() {
		byte[] bytes = utf8("\"Type\":");
		assertThat(new JsonScanner(bytes, 0, bytes.length).readName(NAMES)).isEqualTo(-1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"a\":1,}", "{,}", "{\"a\"1}", "{\"a\":1 \"b\":2}", "[1,]", "[,1]", "[1 2]" })
	void requiresSeparators(String text) {
		byte[] bytes = utf8(text);
		char close = text.startsWith("{") ? '}' : ']';
		assertThatExceptionOfType(MalformedJsonException.class).isThrownBy(() -> {
			JsonScanner scanner = new JsonScanner(bytes, 0, bytes.length);
			for (boolean more = scanner.enter(close); more; more = scanner.next(close)) {
				if (close == '}') {
					scanner.readName();
				}
				scanner.skipValue(1);
			}
		}).withMessage("Malformed JSON");
	}

	private static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
