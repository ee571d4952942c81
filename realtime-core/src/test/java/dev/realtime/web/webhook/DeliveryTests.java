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
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import com.sun.net.httpserver.HttpExchange;
import dev.realtime.event.ConnectEventResponse;
import dev.realtime.event.ConnectRejectedException;
import dev.realtime.event.UserEventResponse;
import dev.realtime.web.webhook.Upstream.Received;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link Delivery}: what is tried again, and for how long.
 */
class DeliveryTests {

	private static final List<Duration> PAUSES = List.of(Duration.ofSeconds(1), Duration.ofSeconds(3),
			Duration.ofSeconds(5));

	private final Upstream upstream = Upstream.start();

	private final WebhookTester tester = WebhookTester.handling(this.upstream.url());

	private final TestConnection connection = TestConnection.of("c1");

	@AfterEach
	void close() {
		this.tester.close();
		this.upstream.close();
	}

	@ParameterizedTest
	@ValueSource(ints = { 408, 500, 503 })
	void triesThreeTimesAgainWithTheSameId(int status) {
		this.upstream.answers(status, "");
		CompletableFuture<UserEventResponse> answer = ask(this.tester);
		PAUSES.forEach(this.tester::awaitAndAdvance);
		assertThatExceptionOfType(WebhookException.class).isThrownBy(() -> WebhookTester.get(answer))
			.withMessage("The answer has status " + status);
		for (int i = 0; i < 4; i++) {
			assertThat(this.upstream.take().header("ce-id")).isEqualTo("1");
		}
		assertThat(this.upstream.pending()).isZero();
		await().untilAsserted(() -> assertThat(this.tester.timer().delays()).isEmpty());
	}

	@Test
	void succeedsAtLast() {
		this.upstream.answersInTurn((exchange) -> Upstream.answer(exchange, 502, ""),
				(exchange) -> Upstream.answer(exchange, 200, "", "ce-connectionState", "done"));
		CompletableFuture<UserEventResponse> answer = ask(this.tester);
		this.tester.awaitAndAdvance(PAUSES.get(0));
		assertThat(WebhookTester.get(answer).state()).isEqualTo("done");
		assertThat(this.tester.webhooks().failed()).isZero();
	}

	@Test
	void rejectsAConnectionWithTheLastStatus() {
		this.upstream.answers(503, "");
		CompletableFuture<ConnectEventResponse> answer = this.tester.handler()
			.connect(this.connection.connectRequest(), this.connection)
			.toCompletableFuture();
		PAUSES.forEach(this.tester::awaitAndAdvance);
		assertThatExceptionOfType(ConnectRejectedException.class).isThrownBy(() -> WebhookTester.get(answer))
			.satisfies((rejection) -> assertThat(rejection.getStatus()).isEqualTo(503));
	}

	@Test
	void triesAgainWhatNobodyWaitsFor() {
		this.upstream.answersInTurn((exchange) -> Upstream.answer(exchange, 500, ""),
				(exchange) -> Upstream.answer(exchange, 200, ""));
		this.tester.handler().connected(this.connection);
		this.tester.awaitAndAdvance(PAUSES.get(0));
		assertThat(List.of(this.upstream.take().header("ce-id"), this.upstream.take().header("ce-id")))
			.containsExactly("1", "1");
		await().untilAsserted(() -> assertThat(this.tester.timer().delays()).isEmpty());
		assertThat(this.tester.webhooks().failed()).isZero();
	}

	@Test
	void countsWhatNobodyHasTaken() {
		this.upstream.answers(400, "");
		this.tester.handler().disconnected(this.connection, "bye");
		await().untilAsserted(() -> assertThat(this.tester.webhooks().failed()).isOne());
	}

	@Test
	void givesUpWhenTheTimeIsOver() {
		CountDownLatch over = new CountDownLatch(1);
		this.upstream.answers((exchange) -> awaitThenAnswer(over, exchange));
		CompletableFuture<UserEventResponse> answer = ask(this.tester);
		this.upstream.take();
		this.tester.awaitAndAdvance(Duration.ofSeconds(100));
		assertThatExceptionOfType(WebhookException.class).isThrownBy(() -> WebhookTester.get(answer))
			.withMessage("Webhook %s did not answer within PT1M40S", this.upstream.url());
		over.countDown();
	}

	@Test
	void countsThePausesInTheTime() {
		this.upstream.answers(500, "");
		try (WebhookTester hasty = WebhookTester.of(Webhooks.builder()
			.handler("chat", WebhookTester.all(this.upstream.url()))
			.validation(false)
			.timeout(Duration.ofSeconds(2)))) {
			CompletableFuture<UserEventResponse> answer = ask(hasty);
			hasty.awaitAndAdvance(PAUSES.get(0));
			await().untilAsserted(() -> assertThat(hasty.timer().delays()).contains(PAUSES.get(1)));
			hasty.advance(Duration.ofSeconds(1));
			assertThatExceptionOfType(WebhookException.class).isThrownBy(() -> WebhookTester.get(answer))
				.withMessageContaining("did not answer within PT2S");
			await().untilAsserted(() -> assertThat(hasty.timer().delays()).isEmpty());
		}
	}

	@Test
	void aSlowAnswerDelaysNobodyElse() {
		CountDownLatch over = new CountDownLatch(1);
		this.upstream.answersInTurn((exchange) -> awaitThenAnswer(over, exchange),
				(exchange) -> Upstream.answer(exchange, 200, ""));
		CompletableFuture<UserEventResponse> slow = ask(this.tester);
		this.upstream.take();
		WebhookTester.get(this.tester.handler().userEvent(TestConnection.text("b"), TestConnection.of("c2")));
		assertThat(slow).isNotDone();
		over.countDown();
		WebhookTester.get(slow);
	}

	@Test
	void triesAgainWhenTheServerIsGone() {
		this.upstream.close();
		CompletableFuture<UserEventResponse> answer = ask(this.tester);
		PAUSES.forEach(this.tester::awaitAndAdvance);
		assertThatExceptionOfType(WebhookException.class).isThrownBy(() -> WebhookTester.get(answer))
			.withMessageStartingWith("Webhook %s cannot be reached", this.upstream.url());
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf", "HTTP/1.1 200 OK\r\nConte",
			"this is not HTTP\r\n\r\n" })
	void triesAgainWhenTheAnswerIsNone(String bytes) {
		try (RawUpstream raw = RawUpstream.start((socket) -> writeAndClose(socket, bytes));
				WebhookTester rawTester = WebhookTester.handling(raw.url())) {
			CompletableFuture<UserEventResponse> answer = ask(rawTester);
			PAUSES.forEach(rawTester::awaitAndAdvance);
			assertThatExceptionOfType(WebhookException.class).isThrownBy(() -> WebhookTester.get(answer))
				.withMessageStartingWith("Webhook %s cannot be reached", raw.url());
			assertThat(raw.requests()).isEqualTo(4);
		}
	}

	@Test
	void triesAgainWhenTheConnectionIsReset() {
		try (RawUpstream raw = RawUpstream.start((socket) -> {
			socket.setSoLinger(true, 0);
			socket.close();
		}); WebhookTester rawTester = WebhookTester.handling(raw.url())) {
			CompletableFuture<UserEventResponse> answer = ask(rawTester);
			PAUSES.forEach(rawTester::awaitAndAdvance);
			assertThatExceptionOfType(WebhookException.class).isThrownBy(() -> WebhookTester.get(answer));
		}
	}

	@Test
	void givesUpAnAnswerThatDoesNotEnd() throws IOException {
		try (RawUpstream raw = RawUpstream
			.start((socket) -> write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"));
				WebhookTester rawTester = WebhookTester.handling(raw.url())) {
			CompletableFuture<UserEventResponse> answer = ask(rawTester);
			await().untilAsserted(() -> assertThat(raw.requests()).isOne());
			rawTester.awaitAndAdvance(Duration.ofSeconds(100));
			assertThatExceptionOfType(WebhookException.class).isThrownBy(() -> WebhookTester.get(answer));
			raw.awaitClosedByClient(0);
		}
	}

	@Test
	void readsNoMoreOfAnErrorThanItHasTo() throws IOException {
		try (RawUpstream raw = RawUpstream.start((socket) -> write(socket,
				"HTTP/1.1 400 Bad Request\r\nContent-Length: 1000000000\r\n\r\n" + "x".repeat(100_000)));
				WebhookTester rawTester = WebhookTester.handling(raw.url())) {
			assertThatExceptionOfType(WebhookException.class).isThrownBy(() -> WebhookTester.get(ask(rawTester)))
				.withMessage("The answer has status 400");
			raw.awaitClosedByClient(0);
		}
	}

	@Test
	void cookiesStayWithTheirConnection() {
		this.upstream.answersInTurn(
				(exchange) -> Upstream.answer(exchange, 200, "", "Set-Cookie", "affinity=\"n1\"; Path=/; HttpOnly",
						"Set-Cookie", "short=x; Max-Age=600", "Set-Cookie", "elsewhere=x; Path=/other"),
				(exchange) -> Upstream.answer(exchange, 200, "", "Set-Cookie", "short=; Max-Age=0"),
				(exchange) -> Upstream.answer(exchange, 400, "", "Set-Cookie", "affinity=n2; Path=/"),
				(exchange) -> Upstream.answer(exchange, 200, ""));
		for (int i = 0; i < 4; i++) {
			await().until(ask(this.tester)::isDone);
		}
		WebhookTester.get(this.tester.handler().userEvent(TestConnection.text("b"), TestConnection.of("c2")));
		assertThat(this.upstream.take().header("Cookie")).isNull();
		assertThat(this.upstream.take().header("Cookie").split("; ")).containsExactlyInAnyOrder("affinity=n1",
				"short=x");
		assertThat(this.upstream.take().header("Cookie")).isEqualTo("affinity=n1");
		assertThat(this.upstream.take().header("Cookie")).isEqualTo("affinity=n1");
		Received ofAnother = this.upstream.take();
		assertThat(ofAnother.header("Cookie")).isNull();
	}

	private CompletableFuture<UserEventResponse> ask(WebhookTester tester) {
		return tester.handler().userEvent(TestConnection.text("a"), this.connection).toCompletableFuture();
	}

	private static void awaitThenAnswer(CountDownLatch latch, HttpExchange exchange) throws IOException {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IOException(ex);
		}
		Upstream.answer(exchange, 200, "");
	}

	private static void writeAndClose(Socket socket, String bytes) throws IOException {
		write(socket, bytes);
		socket.shutdownOutput();
	}

	private static void write(Socket socket, String bytes) throws IOException {
		socket.getOutputStream().write(RawUpstream.ascii(bytes));
		socket.getOutputStream().flush();
	}

}
