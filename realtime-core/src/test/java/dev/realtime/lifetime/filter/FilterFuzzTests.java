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

package dev.realtime.lifetime.filter;

import java.util.List;
import java.util.Random;

import dev.realtime.connection.ClientConnection;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever the text: it is a filter that can be evaluated, or the one exception says that
 * it is not.
 */
class FilterFuzzTests {

	private static final int CASES = 15_000;

	private static final List<String> WORDS = List.of("userId", "connectionId", "groups", "protocol", "and", "or",
			"not", "in", "eq", "ne", "gt", "ge", "lt", "le", "true", "false", "null", "(", ")", ",", "'a'", "'g1'",
			"''", "'", "0", "-1", "2147483647", "-2147483648", "tolower", "toupper", "trim", "concat", "substring",
			"indexof", "length", "contains", "startswith", "endswith", "x", "#", "\u0000", "\uD800", "é");

	private final Random random = new Random(42);

	private final List<ClientConnection> connections = List.of(Connections.connection("c1", "a", "g1", "a"),
			Connections.connection("c2", null), Connections.connection("c3", "", "g1"),
			Connections.speaking("json.webpubsub.azure.v1"));

	@Test
	void randomWords() {
		for (int i = 0; i < CASES; i++) {
			StringBuilder filter = new StringBuilder();
			for (int length = this.random.nextInt(12) + 1; length > 0; length--) {
				filter.append(word()).append((this.random.nextInt(8) == 0) ? "" : " ");
			}
			check(filter.toString());
		}
	}

	@Test
	void randomFilters() {
		int valid = 0;
		for (int i = 0; i < CASES; i++) {
			valid += check(condition(4)) ? 1 : 0;
		}
		assertThat(valid).isEqualTo(CASES);
	}

	@Test
	void damagedFilters() {
		int valid = 0;
		for (int i = 0; i < CASES; i++) {
			StringBuilder filter = new StringBuilder(condition(3));
			for (int damage = this.random.nextInt(3) + 1; damage > 0; damage--) {
				int position = this.random.nextInt(filter.length() + 1);
				int end = Math.min(filter.length(), position + this.random.nextInt(4));
				filter.replace(position, end, this.random.nextBoolean() ? word() : "");
			}
			valid += check(filter.toString()) ? 1 : 0;
		}
		assertThat(valid).isBetween(1, CASES - 1);
	}

	private boolean check(String text) {
		ConnectionFilter filter;
		try {
			filter = ConnectionFilter.parse(text);
		}
		catch (InvalidFilterException ex) {
			assertThat(ex.getMessage()).startsWith("Invalid syntax for '").endsWith(" (Parameter 'filter')");
			return false;
		}
		ConnectionFilter opposite = ConnectionFilter.parse("not (" + text + ")");
		for (ClientConnection connection : this.connections) {
			assertThat(filter.matches(connection)).as(text).isNotEqualTo(opposite.matches(connection));
		}
		return true;
	}

	private String word() {
		return WORDS.get(this.random.nextInt(WORDS.size()));
	}

	private String condition(int depth) {
		return switch (this.random.nextInt((depth > 0) ? 11 : 4)) {
			case 0 -> this.random.nextBoolean() ? "true" : "false";
			case 1 -> text(0) + " in groups";
			case 2 -> text(0) + " eq " + text(0);
			case 3 -> number(0) + " le " + number(0);
			case 4 -> "not (" + condition(depth - 1) + ")";
			case 5 -> "(" + condition(depth - 1) + " and " + condition(depth - 1) + ")";
			case 6 -> "(" + condition(depth - 1) + " or " + condition(depth - 1) + ")";
			case 7 -> "(" + text(depth - 1) + " in (" + text(depth - 1) + ", " + number(depth - 1) + "))";
			case 8 -> "(" + number(depth - 1) + " ne " + text(depth - 1) + ")";
			case 9 -> "contains(" + text(depth - 1) + ", " + text(depth - 1) + ")";
			default -> "(" + number(depth - 1) + " gt " + number(depth - 1) + ")";
		};
	}

	private String text(int depth) {
		return switch (this.random.nextInt((depth > 0) ? 9 : 5)) {
			case 0 -> "userId";
			case 1 -> "connectionId";
			case 2 -> "protocol";
			case 3 -> "'a'";
			case 4 -> "null";
			case 5 -> "toupper(" + text(depth - 1) + ")";
			case 6 -> "concat(" + text(depth - 1) + ", " + text(depth - 1) + ")";
			case 7 -> "substring(" + text(depth - 1) + "," + number(depth - 1) + ")";
			default -> "substring(" + text(depth - 1) + "," + number(depth - 1) + "," + number(depth - 1) + ")";
		};
	}

	private String number(int depth) {
		return switch (this.random.nextInt((depth > 0) ? 6 : 4)) {
			case 0 -> "-2147483648";
			case 1 -> "2147483647";
			case 2 -> String.valueOf(this.random.nextInt(5) - 2);
			case 3 -> "length(groups)";
			case 4 -> "length(" + text(depth - 1) + ")";
			default -> "indexof(" + text(depth - 1) + "," + text(depth - 1) + ")";
		};
	}

}
