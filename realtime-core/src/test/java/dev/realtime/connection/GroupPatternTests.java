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

package dev.realtime.connection;

import java.util.Random;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which names match which patterns.
 */
class GroupPatternTests {

	private static final int CASES = 50_000;

	@ParameterizedTest
	@CsvSource({ "chat-*,chat-1", "chat-*,chat-", "clientA.**,clientA.alpha.room1", "clientA.**,clientA.",
			"clientA.rooms.?1,clientA.rooms.a1", "**,anything.at.all", "*,one", "a.*.c,a.b.c", "a.*.c,a..c",
			"**.end,a.b.end", "**a*b,a.ab", "*.*.*.*.*,a.b.c.d.e", "a\\*b,a*b", "a\\?,a?", "a\\\\b,a\\b", "lobby,lobby",
			"?,x", "a**b**,axxb", "*?,ab" })
	void nameMatches(String pattern, String name) {
		assertThat(GroupPattern.parse(pattern).matches(name)).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "chat-*,chat.1", "chat-*,chat-1.2", "chat-*,Chat-1", "chat-*,achat-1", "clientA.**,clientA",
			"clientA.rooms.?1,clientA.rooms.ab1", "clientA.rooms.?1,clientA.rooms..1", "*,a.b", "?,.", "?,ab",
			"a\\*b,axb", "a.*.c,a.b.b.c", "lobby,lobby2", "lobby,lob", "**.end,end", "*?,." })
	void nameDoesNotMatch(String pattern, String name) {
		assertThat(GroupPattern.parse(pattern).matches(name)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a\\", "\\", "a\\b", "\\.", "******", "*.*.*.*.*.*", "**.**.**", "a\\\\\\" })
	void malformedPatternIsNone(String pattern) {
		assertThat(GroupPattern.parse(pattern)).isNull();
	}

	@Test
	void starsAfterABackslashAreNotCounted() {
		assertThat(GroupPattern.parse("*****\\*").matches("a.b*")).isTrue();
	}

	@Test
	void lengthIsLimited() {
		assertThat(GroupPattern.parse("a".repeat(GroupPattern.MAXIMUM_LENGTH))).isNotNull();
		assertThat(GroupPattern.parse("a".repeat(GroupPattern.MAXIMUM_LENGTH + 1))).isNull();
	}

	@Test
	void costOfHostileNamesIsBounded() {
		// what backtracking would try some 10^12 ways for
		GroupPattern pattern = GroupPattern.parse("**a*a*a*ab");
		String name = "a".repeat(1024);
		for (int i = 0; i < 1000; i++) {
			assertThat(pattern.matches(name)).isFalse();
		}
		GroupPattern longest = GroupPattern.parse("*" + "a".repeat(1019) + "****");
		assertThat(longest.matches(name)).isTrue();
		assertThat(longest.matches("a".repeat(1018))).isFalse();
	}

	@Test
	void randomNamesMatchAsRegularExpressionsSay() {
		Random random = new Random(42);
		int matches = 0;
		for (int i = 0; i < CASES; i++) {
			String text = random(random, "ab.*?\\", 8);
			GroupPattern pattern = GroupPattern.parse(text);
			if (pattern != null) {
				String name = random(random, "ab.*\\", 8);
				boolean expected = Pattern.matches(regularExpression(text), name);
				assertThat(pattern.matches(name)).as("%s matches %s", text, name).isEqualTo(expected);
				matches += expected ? 1 : 0;
			}
		}
		assertThat(matches).isGreaterThan(CASES / 100);
	}

	private static String random(Random random, String alphabet, int maximumLength) {
		StringBuilder text = new StringBuilder();
		for (int length = random.nextInt(maximumLength) + 1; length > 0; length--) {
			text.append(alphabet.charAt(random.nextInt(alphabet.length())));
		}
		return text.toString();
	}

	private static String regularExpression(String pattern) {
		StringBuilder expression = new StringBuilder("(?s)");
		for (int i = 0; i < pattern.length(); i++) {
			char next = pattern.charAt(i);
			if (pattern.startsWith("**", i)) {
				expression.append(".*");
				i++;
			}
			else if (next == '*') {
				expression.append("[^.]*");
			}
			else if (next == '?') {
				expression.append("[^.]");
			}
			else {
				expression.append(Pattern.quote(String.valueOf((next == '\\') ? pattern.charAt(++i) : next)));
			}
		}
		return expression.toString();
	}

}
