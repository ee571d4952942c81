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

package dev.realtime.web.webhook;

import java.util.Collections;
import java.util.concurrent.CompletionStage;

import dev.realtime.event.ConnectEventResponse;
import dev.realtime.event.ConnectRejectedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for answers to connect events.
 */
class ConnectAnswerTests {

	private final Upstream upstream = Upstream.start();

	private final WebhookTester tester = WebhookTester.handling(this.upstream.url());

	private final TestConnection connection = TestConnection.of("c1");

	@AfterEach
	void close() {
		this.tester.close();
		this.upstream.close();
	}

	@Test
	void decides() {
		this.upstream.answers(200, """
				{"userId": "bob", "groups": ["g1", "g2"], "roles": ["r1"], "subprotocol": "json", "other": 1}""",
				"ce-connectionState", "abc", "Content-Type", "text/html");
		ConnectEventResponse response = connect();
		assertThat(response.accepted()).isTrue();
		assertThat(response.userId()).isEqualTo("bob");
		assertThat(response.groups()).containsExactly("g1", "g2");
		assertThat(response.roles()).containsExactly("r1");
		assertThat(response.subprotocol()).isEqualTo("json");
		assertThat(response.state()).isEqualTo("abc");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "null", " null ", "{}", "{\"userId\":null,\"groups\":null,\"roles\":null}",
			"{\"groups\":[],\"subprotocol\":\"\"}" })
	void hasNoOpinion(String body) {
		this.upstream.answers(200, body);
		assertNoOpinion(connect());
		this.upstream.answers(204, "");
		assertNoOpinion(connect());
	}

	private static void assertNoOpinion(ConnectEventResponse response) {
		assertThat(response.accepted()).isTrue();
		assertThat(response.userId()).isNull();
		assertThat(response.groups()).isEmpty();
		assertThat(response.roles()).isNull();
		assertThat(response.subprotocol()).isNull();
		assertThat(response.state()).isNull();
	}

	@Test
	void makesAnonymousAndRemovesAllRoles() {
		this.upstream.answers(200, "{\"userId\":\"\",\"roles\":[]}", "ce-connectionState", "");
		ConnectEventResponse response = connect();
		assertThat(response.userId()).isEmpty();
		assertThat(response.roles()).isEmpty();
		assertThat(response.state()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 401, 403, 404, 429, 499 })
	void rejectsWithoutTryingAgain(int status) {
		this.upstream.answers(status, "secret detail");
		assertThatExceptionOfType(ConnectRejectedException.class).isThrownBy(this::connect).satisfies((rejection) -> {
			assertThat(rejection.getStatus()).isEqualTo(status);
			assertThat(rejection.getText()).isNull();
		});
		assertThat(this.upstream.pending()).isOne();
		assertThat(this.tester.webhooks().failed()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{", "[]", "\"text\"", "1", "{} {}", "<html>", "{\"userId\":1}", "{\"groups\":\"g\"}",
			"{\"groups\":[1]}", "{\"groups\":[\"\"]}", "{\"groups\":{}}", "{\"roles\":[null]}", "{\"subprotocol\":[]}",
			"{'userId':'x'}" })
	void isNoAnswer(String body) {
		this.upstream.answers(200, body);
		assertThatExceptionOfType(WebhookException.class).isThrownBy(this::connect)
			.withMessageStartingWith("The answer to the connect event ");
		assertThat(this.upstream.pending()).isOne();
		assertThat(this.tester.webhooks().failed()).isOne();
	}

	@Test
	void isNoAnswerIfAGroupIsTooLong() {
		this.upstream.answers(200, "{\"groups\":[\"" + "g".repeat(1025) + "\"]}");
		assertThatExceptionOfType(WebhookException.class).isThrownBy(this::connect).withMessageContaining("too long");
		this.upstream.answers(200, "{\"groups\":[\"" + "g".repeat(1024) + "\"]}");
		assertThat(connect().groups()).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(ints = { 301, 302, 307, 308, 304 })
	void doesNotFollowRedirects(int status) {
		this.upstream.answers(status, "", "Location", this.upstream.url() + "/other");
		assertThatExceptionOfType(WebhookException.class).isThrownBy(this::connect)
			.withMessage("The answer has status " + status);
		assertThat(this.upstream.pending()).isOne();
	}

	@Test
	void severalStatesAreAnError() {
		this.upstream.answers(200, "", "ce-connectionState", "a", "ce-connectionState", "b");
		assertThatExceptionOfType(WebhookException.class).isThrownBy(this::connect)
			.withMessage("The answer has no usable ce-connectionState");
	}

	@Test
	void isRefusedIfItIsTooLarge() {
		byte[] body = ("{\"a\":\"" + String.join("", Collections.nCopies(1024, "x".repeat(16 * 1024))) + "\"}")
			.getBytes();
		this.upstream.answers((exchange) -> Upstream.answer(exchange, 200, body));
		assertThatExceptionOfType(WebhookException.class).isThrownBy(this::connect)
			.withMessage("The answer is larger than 16 MB");
		assertThat(this.upstream.pending()).isOne();
	}

	@Test
	void isReadUpToTheLimit() {
		String start = "{\"userId\":\"bob\",\"a\":\"";
		String body = start + "x".repeat(LimitedBody.MAX_SIZE - start.length() - 2) + "\"}";
		this.upstream.answers(200, body);
		assertThat(connect().userId()).isEqualTo("bob");
	}

	@Test
	void connectIsNotForTheWebhooksOfOtherHubs() {
		CompletionStage<ConnectEventResponse> response = this.tester.handler()
			.connect(this.connection.connectRequest(),
					new TestConnection("news", "c", null, null, null, TestConnection.handshakeOf()));
		assertThat(WebhookTester.get(response)).isNull();
		assertThat(this.upstream.pending()).isZero();
	}

	private ConnectEventResponse connect() {
		return WebhookTester.get(this.tester.handler().connect(this.connection.connectRequest(), this.connection));
	}

}
