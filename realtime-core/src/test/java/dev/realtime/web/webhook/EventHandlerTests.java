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

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import dev.realtime.event.ClientEventHandler;
import dev.realtime.event.EventType;
import dev.realtime.event.UserEventResponse;
import dev.realtime.protocol.ServerMessage.DataType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for webhooks that take part: which one gets an event, and how many at a time.
 */
class EventHandlerTests {

	private final Upstream upstream = Upstream.start();

	private final TestConnection connection = TestConnection.of("c1");

	@AfterEach
	void close() {
		this.upstream.close();
	}

	@Test
	void theFirstThatMatchesGetsAnEvent() {
		try (WebhookTester tester = WebhookTester.of(Webhooks.builder()
			.handler("chat", webhook("first", "typing", SystemEvent.CONNECTED))
			.handler("Chat", webhook("second", "*", SystemEvent.CONNECTED, SystemEvent.DISCONNECTED, SystemEvent.LEFT))
			.validation(false))) {
			ClientEventHandler handler = tester.handler();
			assertThat(List.of(handler.handles("chat", EventType.CONNECT), handler.handles("chat", EventType.CONNECTED),
					handler.handles("chat", EventType.DISCONNECTED), handler.handles("chat", "typing"),
					handler.handles("chat", "other"), handler.handlesGroups("chat"), handler.handlesGroups("news")))
				.containsExactly(false, true, true, true, true, true, false);
			WebhookTester.get(handler.userEvent(TestConnection.event("TYPING", DataType.TEXT, "a"), this.connection));
			assertThat(this.upstream.take().uri()).isEqualTo("/first");
			WebhookTester.get(handler.userEvent(TestConnection.event("other", DataType.TEXT, "a"), this.connection));
			assertThat(this.upstream.take().uri()).isEqualTo("/second");
			handler.connected(this.connection);
			assertThat(this.upstream.take().uri()).isEqualTo("/first");
			handler.disconnected(this.connection, null);
			assertThat(this.upstream.take().uri()).isEqualTo("/second");
			handler.joined(this.connection, "g");
			handler.left(this.connection, "g");
			assertThat(this.upstream.take().header("ce-type")).isEqualTo("azure.webpubsub.gp.left");
			assertThat(this.upstream.pending()).isZero();
		}
	}

	@Test
	void requestsBeyondTheLimitWaitAndThoseBeyondThatFail() {
		CountDownLatch over = new CountDownLatch(1);
		this.upstream.answers((exchange) -> {
			try {
				over.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			Upstream.answer(exchange, 200, "");
		});
		try (WebhookTester tester = WebhookTester
			.of(Webhooks.builder().handler("chat", webhook("a", "*")).validation(false).maxRequests(2))) {
			List<CompletableFuture<UserEventResponse>> answers = new ArrayList<>();
			for (int i = 0; i < 22; i++) {
				answers.add(ask(tester));
			}
			CompletableFuture<UserEventResponse> tooMuch = ask(tester);
			assertThatExceptionOfType(WebhookException.class).isThrownBy(() -> WebhookTester.get(tooMuch))
				.withMessageStartingWith("Too many requests wait for webhook");
			await().untilAsserted(() -> assertThat(this.upstream.pending()).isEqualTo(2));
			assertThat(answers).noneMatch(CompletableFuture::isDone);
			over.countDown();
			answers.forEach(WebhookTester::get);
			assertThat(this.upstream.pending()).isEqualTo(22);
			WebhookTester.get(ask(tester));
		}
	}

	@Test
	void thoseThatWaitFailTogetherWhenTheWebhookIsRefused() {
		CountDownLatch asked = new CountDownLatch(1);
		this.upstream.answers((exchange) -> {
			try {
				asked.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			Upstream.answer(exchange, 403, "");
		});
		try (WebhookTester tester = WebhookTester
			.of(Webhooks.builder().handler("chat", webhook("a", "*")).maxRequests(900))) {
			List<CompletableFuture<UserEventResponse>> answers = new ArrayList<>();
			for (int i = 0; i < 9900; i++) {
				answers.add(ask(tester));
			}
			asked.countDown();
			assertThat(answers).allSatisfy((answer) -> assertThatExceptionOfType(WebhookException.class)
				.isThrownBy(() -> WebhookTester.get(answer))
				.withMessageContaining("status 403"));
		}
	}

	private CompletableFuture<UserEventResponse> ask(WebhookTester tester) {
		return tester.handler().userEvent(TestConnection.text("a"), this.connection).toCompletableFuture();
	}

	private Webhook webhook(String name, String pattern, SystemEvent... events) {
		return Webhook.to(this.upstream.url() + "/" + name).userEvents(pattern).systemEvents(Set.of(events));
	}

}
