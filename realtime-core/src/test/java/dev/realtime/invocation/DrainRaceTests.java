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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.Predicate;

import dev.realtime.connection.ClientConnection;
import dev.realtime.hub.HubCallerContext;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import dev.realtime.protocol.TransportType;
import dev.realtime.transport.ConnectionDrain;
import dev.realtime.transport.ConnectionRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Clients that call all the time while their connections are taken leave of: whatever is
 * called is answered.
 */
class DrainRaceTests {

	private static final int CLIENTS = 6;

	private static final String[] METHODS = { "work", "quick", "later" };

	private static HubTester tester;

	private final Calls calls = tester.bean(Calls.class);

	private final ConnectionRegistry registry = new ConnectionRegistry();

	private final List<Thread> threads = new ArrayList<>();

	@BeforeAll
	static void start() {
		tester = HubTester.with(Calls.class);
	}

	@AfterAll
	static void stop() {
		tester.close();
	}

	@RepeatedTest(30)
	void callsAreAnswered() throws InterruptedException {
		List<TestClient> clients = new ArrayList<>();
		for (int i = 0; i < CLIENTS; i++) {
			TestClient client = tester.connect();
			clients.add(client);
			callAllTheTime(client.connection(), (number) -> client.send("{'type':1,'invocationId':'" + number
					+ "','target':'" + METHODS[number % METHODS.length] + "','arguments':[]}"));
		}
		drain();
		for (TestClient client : clients) {
			client.awaitClosed();
			expectAnswers(client.connection(), client.received(), (record) -> record.startsWith("{'type':3"));
		}
	}

	@RepeatedTest(30)
	void eventsAreAnswered() throws InterruptedException {
		List<PubSubTestClient> clients = new ArrayList<>();
		for (int i = 0; i < CLIENTS; i++) {
			PubSubTestClient client = PubSubTestClient.to(tester.pubSub())
				.subprotocols(PubSubTestClient.JSON)
				.connect();
			clients.add(client);
			callAllTheTime(client.connection(),
					(number) -> client.send("{'type':'event','event':'" + METHODS[number % METHODS.length]
							+ "','dataType':'text','data':'','ackId':" + (number + 1) + "}"));
		}
		drain();
		for (PubSubTestClient client : clients) {
			client.awaitClosed(1001);
			expectAnswers(client.connection(), client.received(), (frame) -> frame.startsWith("{'type':'ack'"));
		}
	}

	private void callAllTheTime(ClientConnection connection, IntConsumer call) {
		String token = ConnectionRegistry.newToken();
		this.registry.add(token, connection, Duration.ofSeconds(15));
		this.registry.claim(token, TransportType.WEB_SOCKETS);
		Thread thread = new Thread(() -> {
			int number = 0;
			while (!connection.isEnding()) {
				call.accept(number++);
				if (ThreadLocalRandom.current().nextInt(3) == 0) {
					Thread.yield();
				}
			}
		});
		this.threads.add(thread);
		thread.start();
	}

	private void drain() throws InterruptedException {
		int calls = this.calls.count() + ThreadLocalRandom.current().nextInt(200);
		await().pollInterval(Duration.ofNanos(100_000)).until(() -> this.calls.count() >= calls);
		ConnectionDrain drain = new ConnectionDrain(this.registry, () -> 0, Duration.ofSeconds(20), System.nanoTime());
		while (drain.step(System.nanoTime())) {
			Thread.onSpinWait();
		}
		assertThat(drain.dropped()).isZero();
		for (Thread thread : this.threads) {
			thread.join();
		}
	}

	private void expectAnswers(ClientConnection connection, List<String> received, Predicate<String> answer) {
		AtomicInteger called = this.calls.called.getOrDefault(connection.id(), new AtomicInteger());
		assertThat(received.stream().filter(answer)).hasSize(called.get());
	}

	@HubController("test")
	static class Calls {

		final Map<String, AtomicInteger> called = new ConcurrentHashMap<>();

		int count() {
			return this.called.values().stream().mapToInt(AtomicInteger::get).sum();
		}

		private void note(HubCallerContext caller) {
			this.called.computeIfAbsent(caller.connectionId(), (id) -> new AtomicInteger()).incrementAndGet();
		}

		@HubMethod
		void work(HubCallerContext caller) {
			note(caller);
			Thread.yield();
		}

		@HubMethod(blocking = false)
		void quick(HubCallerContext caller) {
			note(caller);
		}

		@HubMethod
		CompletionStage<Void> later(HubCallerContext caller) {
			note(caller);
			return CompletableFuture.runAsync(Thread::yield);
		}

	}

}
