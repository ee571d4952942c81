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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

import dev.realtime.event.ClientEventListener;
import dev.realtime.event.UserEventRequest;
import dev.realtime.protocol.ServerMessage.DataType;
import dev.realtime.web.AccessKeys;
import dev.realtime.web.webhook.Upstream.Received;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * Tests for webhooks that get copies.
 */
class EventListenerTests {

	private final Upstream upstream = Upstream.start();

	private final WebhookTester tester = WebhookTester.of(Webhooks.builder()
		.listener("chat", listening("first", "typing", SystemEvent.CONNECTED, SystemEvent.JOINED))
		.listener("chat", listening("second", "*", SystemEvent.DISCONNECTED, SystemEvent.LEFT, SystemEvent.JOINED))
		.listener("news", listening("third", "*"))
		.accessKeys(AccessKeys.generate())
		.validation(false));

	private final ClientEventListener listener = this.tester.listener();

	private final TestConnection connection = TestConnection.of("c1");

	private Webhook listening(String name, String pattern, SystemEvent... events) {
		return Webhook.to(this.upstream.url() + "/" + name).userEvents(pattern).systemEvents(Set.of(events));
	}

	@AfterEach
	void close() {
		this.tester.close();
		this.upstream.close();
	}

	@Test
	void allThatMatchGetACopy() {
		assertThat(this.listener.listensTo("CHAT", "other")).isTrue();
		assertThat(this.listener.listensTo("lobby", "other")).isFalse();
		assertThat(this.listener.listensTo("lobby")).isFalse();
		assertThat(this.listener.listensTo("Chat")).isTrue();
		this.listener.userEvent(TestConnection.event("Typing", DataType.TEXT, "a"), this.connection);
		List<Received> received = List.of(this.upstream.take(), this.upstream.take());
		assertThat(received).extracting(Received::uri).containsExactlyInAnyOrder("/first", "/second");
		assertThat(received).allSatisfy((copy) -> {
			assertThat(copy.header("ce-type")).isEqualTo("azure.webpubsub.user.Typing");
			assertThat(copy.header("ce-id")).isEqualTo("1");
			assertThat(copy.header("ce-signature")).startsWith("sha256=");
			assertThat(copy.text()).isEqualTo("a");
		});
	}

	@Test
	void getsTheEventsItAskedFor() {
		this.listener.connected(this.connection);
		assertThat(described()).isEqualTo("/first connected {}");
		this.listener.left(this.connection, "g");
		assertThat(described()).isEqualTo("/second left {\"group\":\"g\"}");
		this.listener.disconnected(this.connection, "bye");
		assertThat(described()).isEqualTo("/second disconnected {\"reason\":\"bye\"}");
		this.listener.joined(this.connection, "g");
		assertThat(Set.of(described(), described())).containsExactlyInAnyOrder("/first joined {\"group\":\"g\"}",
				"/second joined {\"group\":\"g\"}");
		assertThat(this.upstream.pending()).isZero();
	}

	private String described() {
		Received received = this.upstream.take();
		return received.uri() + " " + received.header("ce-eventName") + " " + received.text();
	}

	@Test
	void whatIsHandledAndListenedToIsOneEvent() {
		try (WebhookTester both = WebhookTester.of(Webhooks.builder()
			.handler("chat", WebhookTester.all(this.upstream.url()))
			.listener("chat", listening("copy", "*", SystemEvent.CONNECTED))
			.validation(false))) {
			both.handler().connected(this.connection);
			both.listener().connected(this.connection);
			UserEventRequest request = TestConnection.text("a");
			both.listener().userEvent(request, this.connection);
			WebhookTester.get(both.handler().userEvent(request, this.connection));
			List<String> ids = new ArrayList<>();
			for (int i = 0; i < 4; i++) {
				ids.add(this.upstream.take().header("ce-id"));
			}
			assertThat(ids).containsExactlyInAnyOrder("1", "1", "2", "2");
		}
	}

	@Test
	void groupsAreJoinedMoreThanOnce() {
		this.listener.joined(this.connection, "g");
		this.listener.joined(this.connection, "g");
		List<String> ids = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			ids.add(this.upstream.take().header("ce-id"));
		}
		assertThat(ids).containsExactlyInAnyOrder("1", "1", "2", "2");
	}

	@Test
	void copiesOfAConnectionArriveInOrder() {
		CountDownLatch first = new CountDownLatch(1);
		this.upstream.answersInTurn((exchange) -> {
			awaitUninterruptibly(first);
			Upstream.answer(exchange, 500, "");
		}, (exchange) -> Upstream.answer(exchange, 200, ""));
		this.listener.userEvent(TestConnection.text("1"), this.connection);
		this.listener.userEvent(TestConnection.text("2"), this.connection);
		assertThat(this.upstream.take().text()).isEqualTo("1");
		this.listener.userEvent(TestConnection.text("of another"), TestConnection.of("c2"));
		assertThat(this.upstream.take().text()).isEqualTo("of another");
		first.countDown();
		this.tester.awaitAndAdvance(Duration.ofSeconds(1));
		assertThat(this.upstream.take().text()).isEqualTo("1");
		assertThat(this.upstream.take().text()).isEqualTo("2");
	}

	@Test
	void whatThereIsNoRoomForIsCounted() {
		CountDownLatch over = new CountDownLatch(1);
		this.upstream.answers((exchange) -> {
			awaitUninterruptibly(over);
			Upstream.answer(exchange, 200, "");
		});
		for (int i = 0; i < EventQueue.MAX_EVENTS + 7; i++) {
			this.listener.userEvent(TestConnection.text("a"), this.connection);
		}
		assertThat(this.tester.webhooks().discarded()).isEqualTo(7);
		assertThat(this.tester.webhooks().failed()).isZero();
		this.upstream.close();
		over.countDown();
	}

	@Test
	void largeCopiesNeedMoreRoom() {
		CountDownLatch over = new CountDownLatch(1);
		this.upstream.answers((exchange) -> {
			awaitUninterruptibly(over);
			Upstream.answer(exchange, 200, "");
		});
		byte[] payload = new byte[1024 * 1024];
		for (int i = 0; i < 66; i++) {
			this.listener.userEvent(TestConnection.event("x", DataType.BINARY, payload), this.connection);
		}
		assertThat(this.tester.webhooks().discarded()).isEqualTo(2);
		over.countDown();
	}

	@Test
	void aRefusingWebhookIsNoMatterForOthers() {
		this.upstream.answers((exchange) -> Upstream.answer(exchange,
				exchange.getRequestURI().getPath().equals("/first") ? 400 : 200, ""));
		for (int i = 0; i < 50; i++) {
			this.listener.userEvent(TestConnection.event("typing", DataType.TEXT, "a"), this.connection);
		}
		await().untilAsserted(() -> assertThat(this.upstream.pending()).isEqualTo(100));
		await().untilAsserted(() -> assertThat(this.tester.webhooks().failed()).isEqualTo(50));
	}

	@Test
	void aPayloadThatCannotBeWrittenIsNotTold() {
		List<Object> endless = new ArrayList<>();
		endless.add(endless);
		this.listener.userEvent(TestConnection.event("x", DataType.JSON, endless), this.connection);
		this.listener.userEvent(TestConnection.text("next"), this.connection);
		assertThat(this.upstream.take().text()).isEqualTo("next");
	}

	@Test
	void whatWaitsAtTheEndIsSent() {
		for (int i = 0; i < 20; i++) {
			this.listener.userEvent(TestConnection.text("a"), this.connection);
		}
		this.tester.close();
		assertThat(this.upstream.pending()).isEqualTo(20);
	}

	@Test
	void connectIsNotCopied() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> Webhooks.builder().listener("chat", listening("a", "", SystemEvent.CONNECT)))
			.withMessage("There are no copies of connect events");
	}

	private static void awaitUninterruptibly(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
