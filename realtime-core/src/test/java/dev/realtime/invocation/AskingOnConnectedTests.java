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

package dev.realtime.invocation;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import dev.realtime.event.EventHandler;
import dev.realtime.event.EventType;
import dev.realtime.hub.HubCallerContext;
import dev.realtime.hub.HubContext;
import dev.realtime.hub.annotation.Hub;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for handlers of the connected event that ask their client.
 */
class AskingOnConnectedTests {

	private HubTester tester;

	@AfterEach
	void close() {
		this.tester.close();
	}

	private TestClient connect(Class<?> handler) {
		this.tester = HubTester.with(handler, Calls.class);
		return this.tester.connect();
	}

	private Calls calls() {
		return this.tester.bean(Calls.class);
	}

	private static String question(TestClient client) {
		return client.next((record) -> record.contains("'target':'confirm'")).split("'")[5];
	}

	private static void ping(TestClient client) {
		client.send("{'type':1,'invocationId':'p','target':'ping','arguments':[]}");
	}

	private static void answer(TestClient client, String question, String answer) {
		client.send("{'type':3,'invocationId':'" + question + "'," + answer + "}");
	}

	@ParameterizedTest
	@ValueSource(classes = { Blocking.class, BlockingByContext.class, Async.class, AsyncElsewhere.class,
			AsyncByContextElsewhere.class })
	void clientMayCallBeforeItAnswers(Class<?> handler) {
		TestClient client = connect(handler);
		String question = question(client);
		assertThat(client.invoke("ping", "[]")).contains("pong");
		assertThat(client.invoke("inlinePing", "[]")).contains("pong");
		assertThat(calls().connected).isNotDone();
		answer(client, question, "'result':true");
		assertThat(calls().connected).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(true);
		assertThat(client.invoke("ping", "[]")).contains("pong");
	}

	@Test
	void clientMayCallBeforeItAnswersOnTheOnlyThread() {
		this.tester = HubTester.with(
				new HubExecutors(new InvocationPool(1, 1, Thread::new), HubExecutors.platform().streams()),
				(options) -> {
				}, Blocking.class, Calls.class);
		TestClient client = this.tester.connect();
		String question = question(client);
		assertThat(client.invoke("ping", "[]")).contains("pong");
		answer(client, question, "'result':true");
		assertThat(calls().connected).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(true);
	}

	@ParameterizedTest
	@ValueSource(classes = { Waiting.class, AsyncWaiting.class })
	void callsWaitForAHandlerThatDoesNotAsk(Class<?> handler) {
		TestClient client = connect(handler);
		ping(client);
		TestClient other = this.tester.connect();
		this.tester.hub().client(other.id()).invoke("confirm", boolean.class);
		question(other);
		assertThat(HubSession.of(client.connection()).queue().waiting()).isOne();
		calls().goOn.complete(true);
		assertThat(client.completion("p")).contains("pong");
	}

	@Test
	void callsWaitForAHandlerThatRunsWhenSomebodyElseAsks() {
		TestClient client = connect(Waiting.class);
		ping(client);
		this.tester.hub().client(client.id()).invoke("confirm", boolean.class);
		answer(client, question(client), "'result':true");
		assertThat(HubSession.of(client.connection()).queue().waiting()).isOne();
		calls().goOn.complete(true);
		assertThat(client.completion("p")).contains("pong");
	}

	@ParameterizedTest
	@CsvSource({ "dev.realtime.invocation.AskingOnConnectedTests$Blocking, true",
			"dev.realtime.invocation.AskingOnConnectedTests$Stubborn, false" })
	void failureRefusesTheConnection(Class<?> handler, boolean asks) {
		TestClient client = connect(handler);
		String question = question(client);
		assertThat(client.invoke("ping", "[]")).contains("pong");
		answer(client, question, asks ? "'error':'no'" : "'result':true");
		assertThat(client.next()).startsWith("{'type':7,'error':");
		client.awaitClosed();
		Awaitility.await().until(() -> this.tester.engine().connectionCount() == 0);
		assertThat(calls().disconnected.getCount()).isOne();
	}

	@Test
	void disconnectedComesAfterConnected() throws InterruptedException {
		TestClient client = connect(Patient.class);
		question(client);
		assertThat(client.invoke("ping", "[]")).contains("pong");
		client.disconnect();
		Awaitility.await()
			.untilAsserted(() -> assertThat(HubSession.of(client.connection()).queue().waiting()).isOne());
		assertThat(calls().disconnected.getCount()).isOne();
		calls().goOn.complete(true);
		LifecycleBeans.await(calls().disconnected);
		assertThat(calls().connected).isCompletedWithValue(true);
	}

	@HubController("test")
	static class Calls {

		final CompletableFuture<Boolean> connected = new CompletableFuture<>();

		final CompletableFuture<Boolean> goOn = new CompletableFuture<>();

		final CountDownLatch disconnected = new CountDownLatch(1);

		@HubMethod
		String ping() {
			return "pong";
		}

		@HubMethod(blocking = false)
		String inlinePing() {
			return "pong";
		}

		@EventHandler(type = EventType.DISCONNECTED)
		void disconnected() {
			this.disconnected.countDown();
		}

	}

	static class Handler {

		final Calls calls;

		final HubContext hub;

		Handler(Calls calls, @Hub("test") HubContext hub) {
			this.calls = calls;
			this.hub = hub;
		}

		CompletableFuture<Boolean> ask(HubCallerContext caller) {
			return caller.clients().caller().invoke("confirm", boolean.class);
		}

		CompletableFuture<Boolean> askByContext(HubCallerContext caller) {
			return this.hub.client(caller.connectionId()).invoke("confirm", boolean.class);
		}

	}

	static class Blocking extends Handler {

		Blocking(Calls calls, @Hub("test") HubContext hub) {
			super(calls, hub);
		}

		@EventHandler(type = EventType.CONNECTED)
		void connected(HubCallerContext caller) {
			this.calls.connected.complete(ask(caller).join());
		}

	}

	static class BlockingByContext extends Handler {

		BlockingByContext(Calls calls, @Hub("test") HubContext hub) {
			super(calls, hub);
		}

		@EventHandler(type = EventType.CONNECTED)
		void connected(HubCallerContext caller) {
			this.calls.connected.complete(askByContext(caller).join());
		}

	}

	static class Async extends Handler {

		Async(Calls calls, @Hub("test") HubContext hub) {
			super(calls, hub);
		}

		@EventHandler(type = EventType.CONNECTED)
		CompletableFuture<Boolean> connected(HubCallerContext caller) {
			return ask(caller).thenApply((answer) -> {
				this.calls.connected.complete(answer);
				return answer;
			});
		}

	}

	static class AsyncElsewhere extends Handler {

		AsyncElsewhere(Calls calls, @Hub("test") HubContext hub) {
			super(calls, hub);
		}

		@EventHandler(type = EventType.CONNECTED)
		CompletableFuture<Boolean> connected(HubCallerContext caller) {
			return CompletableFuture.supplyAsync(() -> ask(caller))
				.thenCompose((answer) -> answer)
				.thenApply((answer) -> {
					this.calls.connected.complete(answer);
					return answer;
				});
		}

	}

	static class AsyncByContextElsewhere extends Handler {

		AsyncByContextElsewhere(Calls calls, @Hub("test") HubContext hub) {
			super(calls, hub);
		}

		@EventHandler(type = EventType.CONNECTED)
		CompletableFuture<Boolean> connected(HubCallerContext caller) {
			return CompletableFuture.supplyAsync(() -> askByContext(caller))
				.thenCompose((answer) -> answer)
				.thenApply((answer) -> {
					this.calls.connected.complete(answer);
					return answer;
				});
		}

	}

	static class Waiting extends Handler {

		Waiting(Calls calls, @Hub("test") HubContext hub) {
			super(calls, hub);
		}

		@EventHandler(type = EventType.CONNECTED)
		void connected() {
			this.calls.goOn.join();
		}

	}

	static class AsyncWaiting extends Handler {

		AsyncWaiting(Calls calls, @Hub("test") HubContext hub) {
			super(calls, hub);
		}

		@EventHandler(type = EventType.CONNECTED)
		CompletableFuture<Boolean> connected() {
			return this.calls.goOn;
		}

	}

	static class Stubborn extends Handler {

		Stubborn(Calls calls, @Hub("test") HubContext hub) {
			super(calls, hub);
		}

		@EventHandler(type = EventType.CONNECTED)
		void connected(HubCallerContext caller) {
			ask(caller).join();
			throw new IllegalStateException("on purpose");
		}

	}

	static class Patient extends Handler {

		Patient(Calls calls, @Hub("test") HubContext hub) {
			super(calls, hub);
		}

		@EventHandler(type = EventType.CONNECTED)
		void connected(HubCallerContext caller) {
			ask(caller);
			this.calls.goOn.join();
			this.calls.connected.complete(true);
		}

	}

}
