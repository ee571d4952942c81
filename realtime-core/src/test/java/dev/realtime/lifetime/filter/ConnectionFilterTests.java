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

import dev.realtime.connection.ClientConnection;
import dev.realtime.protocol.webpubsub.PubSubProtocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which connections a filter picks.
 */
class ConnectionFilterTests {

	private final ClientConnection ann = Connections.connection("c1", "Ann", "g1", "g2");

	private final ClientConnection anonymous = Connections.connection("c2", null);

	private static boolean matches(String filter, ClientConnection connection) {
		return ConnectionFilter.parse(filter).matches(connection);
	}

	@ParameterizedTest
	@ValueSource(strings = { "userId eq 'Ann'", "USERID eq 'Ann'", "'Ann' eq userId", "userId ne 'ann'",
			"userId ne null", "connectionId eq 'c1'", "ConnectionID ne 'c2'", "userId in ('Bob', 'Ann')",
			"userId in ('Ann')", "'g1' in groups", "'g1' in (groups)", "'g1' in Groups and 'g2' in groups",
			"'g1' in groups and not('g3' in groups)", "not ('g3' in groups)", "not('g3' in groups)", "true",
			"not false", "not not true", "(((true)))", "true eq true", "true ne false", "false eq ('g9' in groups)",
			"length(groups) eq 2", "length(userId) gt 2", "length(userId) ge 3", "2 lt length(userId)",
			"3 le length(userId)", "length(userId) eq +3", "-1 lt 0", "not (length(userId) gt 5)",
			"tolower(userId) eq 'ann'", "toupper(userId) eq 'ANN'", "trim(' a ') eq 'a'",
			"concat(userId, connectionId) eq 'Annc1'", "substring(userId, 1) eq 'nn'", "substring(userId, 1, 1) eq 'n'",
			"substring(userId, 7) eq ''", "substring(userId, -1) eq 'Ann'", "substring(userId, 1, 2147483647) eq 'nn'",
			"substring(userId, 1, -5) eq ''", "indexof(userId, 'n') eq 1", "indexof(userId, 'x') eq -1",
			"contains(userId, 'nn')", "startswith(userId, 'A')", "endswith(userId, 'n')",
			"endswith(tolower(userId), 'ann')", "'it''s' eq 'it''s'", "length('it''s') eq 4",
			"userId eq 'x' or userId eq 'Ann' and connectionId eq 'c1'",
			"(userId eq 'x' or userId eq 'Ann') and connectionId eq 'c1'", "groups eq groups", "1 in (2, 1)",
			"1 in (2, null, 1)", "true in (false, true)", "userId in (connectionId, 'x', userId)", "null eq null",
			"\tuserId\n eq\r 'Ann' ", "(userId)eq('Ann')", "'1' ne 1", "groups ne null", "groups ne 'g1'",
			"userId in (concat('An', 'n'), 'x')", "connectionId in ('a', 'c1') and 'g2' in groups",
			"protocol eq null" })
	void filterPicksAnn(String filter) {
		assertThat(matches(filter, this.ann)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "userId eq 'ann'", "userId eq null", "userId in ('ann', 'Bob')", "'G1' in groups",
			"userId in groups", "false", "not true", "userId eq 1", "1 eq '1'", "true eq 'true'", "null eq groups",
			"connectionId eq userId", "length(userId) lt 3", "length(groups) gt 2", "contains(userId, 'N')",
			"startswith(userId, 'n')", "endswith(userId, 'A')", "null in ('a', 'b')", "'a' in (1, true, groups)",
			"userId eq 'Ann' and connectionId eq 'c2'", "userId eq 'x' or false", "null in groups",
			"length(null) eq 0" })
	void filterDoesNotPickAnn(String filter) {
		assertThat(matches(filter, this.ann)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "userId eq null", "null eq userId", "userId ne 'a'", "length(userId) eq null",
			"not (length(userId) gt 0)", "not (length(userId) le 0)", "tolower(userId) eq null",
			"toupper(userId) eq null", "trim(userId) eq null", "substring(userId, 0) eq null",
			"substring('abc', length(userId)) eq null", "not contains(userId, '')", "not contains('', userId)",
			"not startswith(userId, '')", "not endswith(userId, '')", "indexof(userId, 'a') eq -1",
			"indexof('a', userId) eq -1", "concat(userId, 'x') eq 'x'", "concat(userId, null) eq ''",
			"userId in ('a', null)", "userId in (null)", "not (userId in ('a'))", "length(groups) eq 0",
			"userId eq length(userId)", "protocol eq userId", "not (userId in groups)" })
	void filterPicksAnonymous(String filter) {
		assertThat(matches(filter, this.anonymous)).isTrue();
	}

	@Test
	void protocolIsTheSubprotocol() {
		ClientConnection connection = Connections.speaking("json.webpubsub.azure.v1");
		assertThat(matches("protocol eq 'json.webpubsub.azure.v1'", connection)).isTrue();
		assertThat(matches("startswith(Protocol, 'json.')", connection)).isTrue();
		assertThat(matches("protocol eq null", connection)).isFalse();
		assertThat(matches("protocol eq null", Connections.speaking(PubSubProtocol.PLAIN))).isTrue();
	}

	@Test
	void membershipIsThatOfTheMoment() {
		ConnectionFilter filter = ConnectionFilter.parse("'late' in groups");
		assertThat(filter.matches(this.ann)).isFalse();
		this.ann.membership().add("late");
		assertThat(filter.matches(this.ann)).isTrue();
		this.ann.membership().remove("late");
		assertThat(filter.matches(this.ann)).isFalse();
	}

	@Test
	void longChainsArePossible() {
		StringBuilder filter = new StringBuilder("'g0' in groups");
		for (int i = 3; i < 1000; i++) {
			filter.append((i % 2 == 0) ? " or " : " and not ").append("('g").append(i).append("' in groups)");
		}
		assertThat(matches(filter.toString(), this.ann)).isFalse();
		assertThat(matches(filter + " or 'g1' in groups", this.ann)).isTrue();
	}

	@Test
	void filterIsRememberedUnlessItIsLong() {
		assertThat(ConnectionFilter.parse("userId eq 'remembered'"))
			.isSameAs(ConnectionFilter.parse("userId eq 'remembered'"));
		String longFilter = "userId eq '" + "x".repeat(9000) + "'";
		assertThat(ConnectionFilter.parse(longFilter)).isEqualTo(ConnectionFilter.parse(longFilter))
			.isNotSameAs(ConnectionFilter.parse(longFilter));
	}

	@Test
	void filterIsItsText() {
		ConnectionFilter filter = ConnectionFilter.parse("userId eq 'a'");
		assertThat(filter.text()).isEqualTo("userId eq 'a'").hasToString(filter.toString());
		assertThat(filter).isNotEqualTo(ConnectionFilter.parse("userId  eq 'a'"));
		assertThat(filter).hasSameHashCodeAs("userId eq 'a'");
	}

}
