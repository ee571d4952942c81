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
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import dev.realtime.hub.HubCallerContext;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import dev.realtime.lifetime.ClientResultsManager;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for many calls of the server that clients answer late, wrongly or never.
 */
class ClientResultStressTests {

	private static final int THREADS = 4;

	private static final int CLIENTS = 30;

	private final InvocationPool pool = new InvocationPool(THREADS, 2 * CLIENTS, (task) -> {
		Thread thread = new Thread(task);
		thread.setDaemon(true);
		return thread;
	});

	private final HubTester tester = HubTester.with(new HubExecutors(this.pool, HubExecutors.platform().streams()),
			(options) -> {
			}, Asking.class);

	@AfterEach
	void close() {
		this.tester.close();
	}

	private List<TestClient> connect(int count) {
		List<TestClient> clients = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			clients.add(this.tester.connect());
		}
		return clients;
	}

	private static void call(TestClient client, String id, String target) {
		client.send("{'type':1,'invocationId':'" + id + "','target':'" + target + "','arguments':[]}");
	}

	private static String question(TestClient client) {
		return client.next((record) -> record.contains("'target':'confirm'")).split("'")[5];
	}

	private static void answer(TestClient client, String question, String answer) {
		client.send("{'type':3,'invocationId':'" + question + "'," + answer + "}");
	}

	private ClientResultsManager results() {
		return ((DefaultHubEndpoint) this.tester.endpoint()).lifetime().clientResults();
	}

	@ParameterizedTest
	@ValueSource(strings = { "joining", "allOf", "latch", "mono", "later" })
	void allThreadsAskTheirCallersWhoAnswerAfterNestedCalls(String target) {
		List<TestClient> clients = connect(CLIENTS);
		clients.forEach((client) -> call(client, "outer", target));
		List<String> outer = clients.stream().map(ClientResultStressTests::question).toList();
		clients.forEach((client) -> call(client, "inner", target));
		List<String> inner = clients.stream().map(ClientResultStressTests::question).toList();
		clients.forEach((client) -> assertThat(client.invoke("ping", "[]")).contains("pong"));
		for (int i = 0; i < CLIENTS; i++) {
			answer(clients.get(i), inner.get(i), "'result':true");
			assertThat(clients.get(i).completion("inner")).contains("'result':true");
			answer(clients.get(i), outer.get(i), "'result':true");
			assertThat(clients.get(i).completion("outer")).contains("'result':true");
			clients.get(i).awaitIdle();
		}
		assertThat(results().pending()).isZero();
		assertThat(this.pool.size()).isLessThanOrEqualTo(THREADS + 2 * CLIENTS);
		Awaitility.await().untilAsserted(() -> assertThat(this.pool).extracting("waiting").asString().isEqualTo("0"));
	}

	@Test
	void whoAsksWhenTooManyWaitIsRefusedAndOthersAreServed() {
		List<TestClient> clients = connect(2 * CLIENTS);
		clients.forEach((client) -> call(client, "c", "joining"));
		List<String> questions = clients.stream().map(ClientResultStressTests::question).toList();
		TestClient another = this.tester.connect();
		assertThat(another.invoke("joining", "[]")).contains("HubException: The server waits for too many clients");
		assertThat(another.invoke("ping", "[]")).contains("pong");
		for (int i = 0; i < questions.size(); i++) {
			answer(clients.get(i), questions.get(i), "'result':true");
			assertThat(clients.get(i).completion("c")).contains("'result':true");
		}
	}

	@Test
	void nothingIsLeftOfThousandsOfQuestions() {
		Random random = new Random(42);
		List<TestClient> clients = connect(20);
		List<CompletableFuture<?>> futures = new ArrayList<>();
		List<TestClient> asked = new ArrayList<>();
		for (int i = 0; i < 5000; i++) {
			int index = random.nextInt(clients.size());
			TestClient client = clients.get(index);
			TestClient other = clients.get((index + 1) % clients.size());
			int end = random.nextInt(9);
			CompletableFuture<Integer> future = (end == 0)
					? this.tester.hub()
						.client(client.id())
						.invoke("confirm", Duration.ofMillis(1 + random.nextInt(5)), int.class)
					: this.tester.hub().client(client.id()).invoke("confirm", int.class);
			futures.add(future);
			asked.add(client);
			String question = question(client);
			switch (end) {
				case 0 -> awaitDone(future);
				case 1 -> answer(client, question, "'error':'no'");
				case 2 -> answer(client, question, "'result':'x'");
				case 3 -> future.cancel(false);
				case 4 -> future.complete(7);
				case 5 -> {
					if (random.nextInt(20) == 0) {
						client.disconnect();
						clients.set(index, this.tester.connect());
					}
				}
				case 6 -> {
					answer(other, question, "'result':1");
					answer(client, question, "'result':2");
				}
				default -> answer(client, question, "'result':1");
			}
			if (random.nextBoolean() && !client.isClosed()) {
				answer(client, question, "'result':3");
			}
		}
		clients.forEach(TestClient::disconnect);
		assertThat(futures).allSatisfy(ClientResultStressTests::awaitDone);
		Awaitility.await().untilAsserted(() -> assertThat(results().pending()).isZero());
		assertThat(results()).extracting("pending").asString().isEqualTo("{}");
		assertThat(asked).noneMatch((client) -> client.connection().readGate().isHeld());
		Awaitility.await().until(() -> this.tester.engine().connectionCount() == 0);
	}

	private static void awaitDone(CompletableFuture<?> future) {
		try {
			future.get(10, TimeUnit.SECONDS);
		}
		catch (ExecutionException | CancellationException ex) {
			assertThat(future).isDone();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "joining", "mono", "later" })
	void nothingIsLeftOfThousandsOfAskingCalls(String target) {
		Random random = new Random(7);
		List<TestClient> clients = connect(10);
		for (int i = 0; i < 1000; i++) {
			int index = random.nextInt(clients.size());
			TestClient client = clients.get(index);
			call(client, "c", target);
			String question = question(client);
			switch (random.nextInt(10)) {
				case 0 -> {
					client.disconnect();
					clients.set(index, this.tester.connect());
				}
				case 1, 2 -> {
					answer(client, question, "'error':'no'");
					assertThat(client.completion("c")).contains("'error':");
				}
				default -> {
					answer(client, question, "'result':true");
					assertThat(client.completion("c")).contains("'result':true");
				}
			}
		}
		clients.forEach(TestClient::awaitIdle);
		clients.forEach(TestClient::disconnect);
		Awaitility.await().until(() -> this.tester.engine().connectionCount() == 0);
		assertThat(results().pending()).isZero();
		Awaitility.await().untilAsserted(() -> assertThat(this.pool).extracting("waiting").asString().isEqualTo("0"));
	}

	@HubController("test")
	static class Asking {

		@HubMethod
		String ping() {
			return "pong";
		}

		private CompletableFuture<Boolean> ask(HubCallerContext caller) {
			return caller.clients().caller().invoke("confirm", boolean.class);
		}

		@HubMethod
		boolean joining(HubCallerContext caller) {
			return ask(caller).join();
		}

		@HubMethod
		boolean allOf(HubCallerContext caller) {
			CompletableFuture<Boolean> answer = ask(caller);
			CompletableFuture.allOf(answer).join();
			return answer.join();
		}

		@HubMethod
		boolean latch(HubCallerContext caller) throws InterruptedException {
			CountDownLatch answered = new CountDownLatch(1);
			CompletableFuture<Boolean> answer = ask(caller);
			answer.thenRun(answered::countDown);
			LifecycleBeans.await(answered);
			return answer.join();
		}

		@HubMethod
		Mono<Boolean> mono(HubCallerContext caller) {
			return Mono.fromFuture(() -> ask(caller));
		}

		@HubMethod
		CompletableFuture<Boolean> later(HubCallerContext caller) {
			return CompletableFuture.supplyAsync(() -> caller).thenCompose(this::ask);
		}

	}

}
