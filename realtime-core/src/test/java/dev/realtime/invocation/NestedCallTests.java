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

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.realtime.hub.HubCancellation;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for calls that a client makes before it answers a question that none of its own
 * calls asked.
 */
class NestedCallTests {

	private final HubTester tester = HubTester.with(Calls.class);

	private final Calls calls = this.tester.bean(Calls.class);

	@AfterEach
	void close() {
		this.calls.goOn.countDown();
		this.tester.close();
	}

	private static CompletableFuture<Integer> ask(HubTester tester, TestClient client) {
		return tester.hub().client(client.id()).invoke("confirm", int.class);
	}

	private static String question(TestClient client) {
		return client.next((record) -> record.contains("'target':'confirm'")).split("'")[5];
	}

	private static void answer(TestClient client, String id, CompletableFuture<Integer> answer) {
		client.send("{'type':3,'invocationId':'" + id + "','result':1}");
		assertThat(answer).succeedsWithin(10, TimeUnit.SECONDS).isEqualTo(1);
	}

	private static void call(TestClient client, String target) {
		client.send("{'type':1,'invocationId':'" + target + "','target':'" + target + "','arguments':[]}");
	}

	private static void awaitOffThread(TestClient client, int count) {
		Awaitility.await()
			.untilAsserted(() -> assertThat(HubSession.of(client.connection())).extracting("pending")
				.asInstanceOf(InstanceOfAssertFactories.collection(HubCall.class))
				.hasSize(count)
				.allMatch(HubCall::isOffThread));
	}

	private static void awaitPermits(TestClient client, int count) {
		InvocationQueue queue = HubSession.of(client.connection()).queue();
		Awaitility.await().untilAsserted(() -> assertThat(queue).extracting("permits").isEqualTo(count));
	}

	@ParameterizedTest
	@ValueSource(strings = { "stage", "mono", "inline", "cancellable" })
	void callIsPendingWhenItsClientIsAsked(String target) {
		TestClient client = this.tester.connect();
		call(client, target);
		awaitOffThread(client, 1);
		CompletableFuture<Integer> answer = ask(this.tester, client);
		String question = question(client);
		assertThat(client.invoke("ping", "[]")).contains("pong");
		answer(client, question, answer);
		this.calls.result.complete("done");
		assertThat(client.completion(target)).contains("'result':'done'");
		awaitPermits(client, 1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "stage", "mono", "inline", "cancellable" })
	void clientIsAskedWhenTheCallBecomesPending(String target) {
		TestClient client = this.tester.connect();
		CompletableFuture<Integer> answer = ask(this.tester, client);
		String question = question(client);
		call(client, target);
		assertThat(client.invoke("ping", "[]")).contains("pong");
		answer(client, question, answer);
		this.calls.result.complete("done");
		assertThat(client.completion(target)).contains("'result':'done'");
		awaitPermits(client, 1);
	}

	@Test
	void callIsPendingBehindOneThatIsRunning() throws InterruptedException {
		TestClient client = this.tester.connect();
		call(client, "running");
		LifecycleBeans.await(this.calls.started);
		call(client, "stage");
		CompletableFuture<Integer> answer = ask(this.tester, client);
		String question = question(client);
		this.calls.goOn.countDown();
		assertThat(client.invoke("ping", "[]")).contains("pong");
		answer(client, question, answer);
		this.calls.result.complete("done");
		awaitPermits(client, 1);
	}

	@Test
	void callIsPendingWhenTheQuestionIsAnswered() {
		TestClient client = this.tester.connect();
		CompletableFuture<Integer> answer = ask(this.tester, client);
		answer(client, question(client), answer);
		call(client, "stage");
		awaitOffThread(client, 1);
		call(client, "inlinePing");
		assertThat(HubSession.of(client.connection()).queue().waiting()).isEqualTo(1);
		this.calls.result.complete("done");
		assertThat(client.next()).contains("'invocationId':'stage'");
		assertThat(client.next()).contains("'invocationId':'inlinePing'");
	}

	@Test
	void callThatRunsKeepsItsPermit() throws InterruptedException {
		try (HubTester two = HubTester.with((options) -> options.maximumParallelInvocationsPerClient(2), Calls.class)) {
			Calls calls = two.bean(Calls.class);
			TestClient client = two.connect();
			call(client, "running");
			LifecycleBeans.await(calls.started);
			CompletableFuture<Integer> answer = ask(two, client);
			String question = question(client);
			call(client, "runningToo");
			LifecycleBeans.await(calls.startedToo);
			call(client, "inlinePing");
			assertThat(client.received()).isEmpty();
			assertThat(HubSession.of(client.connection()).queue().waiting()).isEqualTo(1);
			calls.goOn.countDown();
			assertThat(client.completion("inlinePing")).contains("pong");
			answer(client, question, answer);
			awaitPermits(client, 2);
		}
	}

	@HubController("test")
	static class Calls {

		final CompletableFuture<String> result = new CompletableFuture<>();

		final CountDownLatch started = new CountDownLatch(1);

		final CountDownLatch startedToo = new CountDownLatch(1);

		final CountDownLatch goOn = new CountDownLatch(1);

		@HubMethod
		String ping() {
			return "pong";
		}

		@HubMethod(blocking = false)
		String inlinePing() {
			return "pong";
		}

		@HubMethod
		CompletableFuture<String> stage() {
			return this.result;
		}

		@HubMethod
		Mono<String> mono() {
			return Mono.fromFuture(this.result);
		}

		@HubMethod(blocking = false)
		CompletableFuture<String> inline() {
			return this.result;
		}

		@HubMethod
		CompletableFuture<String> cancellable(HubCancellation cancellation) {
			return this.result;
		}

		@HubMethod
		void running(HubCancellation cancellation) throws InterruptedException {
			this.started.countDown();
			LifecycleBeans.await(this.goOn);
		}

		@HubMethod
		void runningToo(HubCancellation cancellation) throws InterruptedException {
			this.startedToo.countDown();
			LifecycleBeans.await(this.goOn);
		}

	}

}
