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

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import com.sun.net.httpserver.HttpExchange;
import dev.realtime.event.UserEventResponse;
import dev.realtime.web.webhook.Upstream.Received;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link WebhookValidation}.
 */
class ValidationTests {

	private static final String ALLOWED = "WebHook-Allowed-Origin";

	private final Upstream upstream = Upstream.start();

	private final WebhookTester tester = WebhookTester.of(Webhooks.builder()
		.origins(List.of("example.com:8443", "other.example.com"))
		.handler("Chat", WebhookTester.all(this.upstream.url() + "/{hub}/{event}?code=x").header("X-Key", "k"))
		.listener("Chat",
				WebhookTester.all(this.upstream.url() + "/{hub}/{event}?code=x")
					.systemEvents(Set.of())
					.header("X-Key", "k")));

	private final TestConnection connection = TestConnection.of("c1");

	@AfterEach
	void close() {
		this.tester.close();
		this.upstream.close();
	}

	@Test
	void asksBeforeTheFirstEvent() {
		this.upstream.answers(200, "", ALLOWED, "*");
		WebhookTester.get(ask());
		Received question = this.upstream.take();
		assertThat(question.method()).isEqualTo("OPTIONS");
		assertThat(question.uri()).isEqualTo("/chat/validate?code=x");
		assertThat(question.header("WebHook-Request-Origin")).isEqualTo("example.com:8443,other.example.com");
		assertThat(question.header("ce-awpsversion")).isEqualTo("1.0");
		assertThat(question.header("X-Key")).isEqualTo("k");
		assertThat(this.upstream.take().method()).isEqualTo("POST");
		WebhookTester.get(ask());
		assertThat(this.upstream.take().method()).isEqualTo("POST");
	}

	@ParameterizedTest
	@ValueSource(strings = { "*", "example.com:8443", "EXAMPLE.com:8443", "example.com", "other.example.com",
			"a.com, other.example.com ,b.com" })
	void allowed(String origin) {
		this.upstream.answers(204, "", ALLOWED, "c.com", ALLOWED, origin);
		WebhookTester.get(ask());
	}

	@ParameterizedTest
	@CsvSource({ "200, a.com", "200, com", "200, ''", "200, other.example.com:80", "400, *", "302, *" })
	void refused(int status, String origin) {
		this.upstream.answers(status, "", ALLOWED, origin);
		assertRefused();
		assertThat(this.upstream.take().method()).isEqualTo("OPTIONS");
		assertThat(this.upstream.pending()).isZero();
	}

	@Test
	void refusedWithoutHeader() {
		assertThatExceptionOfType(WebhookException.class).isThrownBy(() -> WebhookTester.get(ask()))
			.withMessage("Webhook %s/{hub}/{event}?*** does not allow events of example.com:8443,other.example.com",
					this.upstream.url());
	}

	@Test
	void asksInAnotherWayWhenThereIsNothing() {
		this.upstream.answers((exchange) -> Upstream.answer(exchange,
				exchange.getRequestMethod().equals("OPTIONS") ? 404 : 200, "", ALLOWED, "*"));
		WebhookTester.get(ask());
		assertThat(List.of(method(), method(), method())).containsExactly("OPTIONS", "GET", "POST");
	}

	@Test
	void asksNotMoreThanTwice() {
		this.upstream.answers(404, "");
		assertRefused();
		assertThat(List.of(method(), method())).containsExactly("OPTIONS", "GET");
		assertThat(this.upstream.pending()).isZero();
	}

	@Test
	void asksOnceForAllThatWait() {
		CountDownLatch asked = new CountDownLatch(1);
		this.upstream.answersInTurn((exchange) -> awaitThenAllow(asked, exchange),
				(exchange) -> Upstream.answer(exchange, 200, ""));
		CompletableFuture<UserEventResponse> first = ask();
		CompletableFuture<UserEventResponse> second = ask();
		this.tester.listener().userEvent(TestConnection.text("copy"), this.connection);
		assertThat(method()).isEqualTo("OPTIONS");
		assertThat(first).isNotDone();
		assertThat(second).isNotDone();
		asked.countDown();
		WebhookTester.get(first);
		WebhookTester.get(second);
		assertThat(List.of(method(), method(), method())).containsOnly("POST");
		assertThat(this.upstream.pending()).isZero();
	}

	@Test
	void asksAgainInTheBackground() {
		this.upstream.answers(200, "", ALLOWED, "*");
		WebhookTester.get(ask());
		this.tester.advance(Duration.ofSeconds(59));
		WebhookTester.get(ask());
		assertThat(List.of(method(), method(), method())).containsExactly("OPTIONS", "POST", "POST");
		this.tester.advance(Duration.ofSeconds(1));
		CountDownLatch asked = new CountDownLatch(1);
		this.upstream.answers((exchange) -> {
			if (exchange.getRequestMethod().equals("OPTIONS")) {
				awaitThenAllow(asked, exchange);
			}
			else {
				Upstream.answer(exchange, 200, "");
			}
		});
		WebhookTester.get(ask());
		WebhookTester.get(ask());
		assertThat(List.of(method(), method(), method())).containsExactlyInAnyOrder("OPTIONS", "POST", "POST");
		asked.countDown();
		await().untilAsserted(() -> assertThat(this.tester.timer().delays()).isEmpty());
	}

	@Test
	void stopsWhenItIsRefusedLater() {
		this.upstream.answers(200, "", ALLOWED, "*");
		WebhookTester.get(ask());
		this.tester.advance(Duration.ofMinutes(1));
		this.upstream.answers(200, "");
		WebhookTester.get(ask());
		await().untilAsserted(() -> assertThat(this.tester.timer().delays()).isEmpty());
		assertRefused();
	}

	@Test
	void waitsLongerAndLongerBeforeItAsksAgain() {
		this.upstream.answers(403, "");
		assertRefused();
		assertThat(method()).isEqualTo("OPTIONS");
		for (int seconds : new int[] { 1, 2, 4, 8, 16, 32, 60, 60 }) {
			this.tester.advance(Duration.ofSeconds(seconds).minusMillis(1));
			assertRefused();
			assertThat(this.upstream.pending()).as("before %d s", seconds).isZero();
			this.tester.advance(Duration.ofMillis(1));
			assertRefused();
			assertThat(method()).isEqualTo("OPTIONS");
		}
		this.tester.advance(Duration.ofSeconds(60));
		this.upstream.answers(200, "", ALLOWED, "*");
		WebhookTester.get(ask());
	}

	@Test
	void givesUpAfterTenSeconds() {
		CountDownLatch over = new CountDownLatch(1);
		this.upstream.answers((exchange) -> awaitThenAllow(over, exchange));
		CompletableFuture<UserEventResponse> answer = ask();
		this.upstream.take();
		this.tester.awaitAndAdvance(Duration.ofSeconds(10));
		assertThatExceptionOfType(WebhookException.class).isThrownBy(() -> WebhookTester.get(answer))
			.withMessageContaining("cannot be reached");
		over.countDown();
	}

	private CompletableFuture<UserEventResponse> ask() {
		return this.tester.handler().userEvent(TestConnection.text("a"), this.connection).toCompletableFuture();
	}

	private void assertRefused() {
		assertThatExceptionOfType(WebhookException.class).isThrownBy(() -> WebhookTester.get(ask()));
	}

	private String method() {
		return this.upstream.take().method();
	}

	private static void awaitThenAllow(CountDownLatch latch, HttpExchange exchange) throws IOException {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IOException(ex);
		}
		Upstream.answer(exchange, 200, "", ALLOWED, "*");
	}

}
