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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What is said of texts that are no filters.
 */
class InvalidFilterTests {

	private static void assertThatParsingFails(String filter, String message) {
		assertThatExceptionOfType(InvalidFilterException.class).isThrownBy(() -> ConnectionFilter.parse(filter))
			.withMessage(message);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			value = { "invalid filter|14", "\"\"|0", "\"  \"|2", "userId eq|9", "userId eq #|11", "userId eq 'a|12",
					"(true|5", "true)|5", "true true|9", "and|3", "true and|8", "true or or true|10", "not|3",
					"userId in|9", "userId in 'a'|13", "userId in ()|12", "userId in ('a'|14", "userId in ('a',)|16",
					"userId eq 'a' eq 'b'|16", "userId eq 5x|12", "1 eq 2147483648|15", "1 eq -|6", "1 eq 1.5|7",
					"contains(userId|15", "contains()|10", "userId EQ 'a'|9", "true AND true|8", "userId == 'a'|8",
					"a/b eq 1|2" })
	void syntaxErrorSaysWhere(String filter, String position) {
		assertThatParsingFails(filter,
				"Invalid syntax for '%s': Syntax error at position %s in '%s'. (Parameter 'filter')".formatted(filter,
						position, filter));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			value = { "not length(userId) gt 5|not length(userId)|Type 'null', expect 'bool'",
					"userId|userId|Type 'null', expect 'bool'",
					"connectionId|connectionId|Type 'string', expect 'bool'",
					"groups|groups|Type 'collection', expect 'bool'", "1|1|Type 'int', expect 'bool'",
					"null|null|Type 'null', expect 'bool'", "not 'a'|not 'a'|Type 'string', expect 'bool'",
					"true or 1|true or 1|Type 'int', expect 'bool'",
					"false and userId|false and userId|Type 'null', expect 'bool'",
					"true or (false and length(groups))|false and length(groups)|Type 'int', expect 'bool'",
					"userId gt 1|userId gt 1|Type 'string', expect 'int'",
					"false and 1 lt true|1 lt true|Type 'bool', expect 'int'",
					"length(1) eq 1|length(1)|Type 'int', expect 'string'",
					"length(true) eq 1|length(true)|Type 'bool', expect 'string'",
					"contains(groups, 'a')|contains(groups, 'a')|Type 'collection', expect 'string'",
					"substring('a', 'b') eq 'c'|substring('a', 'b')|Type 'string', expect 'int'",
					"1 in groups|1 in groups|Type 'int', expect 'string'", "foo eq 1|foo|Unknown identifier",
					"true or foo|foo|Unknown identifier", "foo(1)|foo(1)|Unknown function",
					"Length(userId) eq 1|Length(userId)|Unknown function",
					"tolower(userId, 'a') eq 'a'|tolower(userId, 'a')|Wrong number of arguments",
					"substring('a') eq 'a'|substring('a')|Wrong number of arguments",
					"( not ( userId ) ) |not ( userId )|Type 'null', expect 'bool'" })
	void otherErrorsSayWhichPart(String filter, String part, String cause) {
		assertThatParsingFails(filter, "Invalid syntax for '%s': %s. (Parameter 'filter')".formatted(part, cause));
	}

	@ParameterizedTest
	@ValueSource(strings = { "(", "not ", "tolower(" })
	void nestingIsLimited(String opening) {
		String closing = opening.endsWith("(") ? ")" : "";
		String core = opening.startsWith("to") ? "'a'" : "true";
		String deepest = opening.repeat(100) + core + closing.repeat(100);
		ConnectionFilter.parse(opening.startsWith("to") ? deepest + " eq 'a'" : deepest);
		for (int depth : new int[] { 101, 7000 }) {
			String filter = opening.repeat(depth) + core + closing.repeat(depth);
			assertThatExceptionOfType(InvalidFilterException.class).isThrownBy(() -> ConnectionFilter.parse(filter))
				.withMessageEndingWith(": Nested deeper than 100 levels. (Parameter 'filter')");
		}
	}

	@Test
	void lengthIsLimited() {
		String longest = "userId eq '" + "x".repeat(ConnectionFilter.MAXIMUM_LENGTH - 12) + "'";
		assertThat(ConnectionFilter.parse(longest).text()).hasSize(ConnectionFilter.MAXIMUM_LENGTH);
		assertThatExceptionOfType(InvalidFilterException.class).isThrownBy(() -> ConnectionFilter.parse(longest + " "))
			.withMessageEndingWith("...': Longer than 65536 characters. (Parameter 'filter')")
			.satisfies((ex) -> assertThat(ex.getMessage()).hasSizeLessThan(400));
	}

	@Test
	void longFilterIsNotRepeatedInFull() {
		String filter = "'a' eq '" + "x".repeat(10_000) + "' b";
		assertThatExceptionOfType(InvalidFilterException.class).isThrownBy(() -> ConnectionFilter.parse(filter))
			.withMessageContaining("Syntax error at position 10011 in")
			.satisfies((ex) -> assertThat(ex.getMessage()).hasSizeLessThan(700));
	}

}
