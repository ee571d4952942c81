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

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import dev.realtime.event.EventHandler;
import dev.realtime.event.EventType;
import dev.realtime.hub.HubCallerContext;
import dev.realtime.hub.HubContext;
import dev.realtime.hub.HubException;
import dev.realtime.hub.annotation.Hub;
import dev.realtime.hub.annotation.HubClient;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.messaging.converter.MessageConversionException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for calls of the server that a client answers.
 */
class ClientResultTests {

	private final HubTester tester = HubTester.with(Asking.class);

	private final TestClient client = this.tester.connect();

	@AfterEach
	void close() {
		this.tester.close();
	}

	private static String question(TestClient client) {
		String record = client.next((candidate) -> candidate.contains("'target':'confirm'"));
		assertThat(record).startsWith("{'type':1,'invocationId':'")
			.endsWith("'target':'confirm','arguments':['really?']}");
		return record.split("'")[5];
	}

	private static void answer(TestClient client, String id, String result) {
		client.send("{'type':3,'invocationId':'" + id + "'," + result + "}");
	}

	private CompletableFuture<Integer> ask() {
		return this.tester.hub().client(this.client.id()).invoke("confirm", int.class, "really?");
	}

	private void assertFailure(CompletableFuture<?> answer, Class<? extends Throwable> type, String text) {
		assertThat(answer).failsWithin(10, TimeUnit.SECONDS)
			.withThrowableOfType(ExecutionException.class)
			.havingCause()
			.isInstanceOf(type)
			.withMessageContaining(text);
	}

	@Test
	void asksByConnectionId() {
		CompletableFuture<Integer> answer = ask();
		answer(this.client, question(this.client), "'result':42");
		assertThat(answer).succeedsWithin(10, TimeUnit.SECONDS).isEqualTo(42);
	}

	@Test
	void bindsTheAnswerToAGenericType() {
		CompletableFuture<List<Point>> answer = this.tester.hub()
			.client(this.client.id())
			.invoke("confirm", new ParameterizedTypeReference<List<Point>>() {
			}, "really?");
		answer(this.client, question(this.client), "'result':[{'x':1,'y':2}]");
		assertThat(answer).succeedsWithin(10, TimeUnit.SECONDS).isEqualTo(List.of(new Point(1, 2)));
	}

	@Test
	void answersMayComeInAnyOrder() {
		CompletableFuture<Integer> first = ask();
		CompletableFuture<Integer> second = ask();
		String firstId = question(this.client);
		String secondId = question(this.client);
		answer(this.client, secondId, "'result':2");
		assertThat(second).succeedsWithin(10, TimeUnit.SECONDS).isEqualTo(2);
		assertThat(first).isNotDone();
		answer(this.client, firstId, "'result':1");
		assertThat(first).succeedsWithin(10, TimeUnit.SECONDS).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "blocking", "blockingByContext", "typed", "async", "asyncByContext", "inline", "streaming",
			"uploading" })
	void hubMethodAsksItsCaller(String target) {
		this.client.send(call(target));
		answer(this.client, question(this.client), "'result':true");
		assertThat(this.client.next((record) -> record.contains("'invocationId':'c'"))).contains("true");
		this.client.awaitIdle();
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "blocking", "blockingByContext", "typed", "async", "asyncByContext", "inline", "asyncLater" })
	void clientMayCallBeforeItAnswers(String target) {
		this.client.send(call(target));
		String id = question(this.client);
		assertThat(this.client.invoke("ping", "[]")).contains("pong");
		assertThat(this.client.invoke("inlinePing", "[]")).contains("pong");
		answer(this.client, id, "'result':true");
		assertThat(this.client.next()).isEqualTo("{'type':3,'invocationId':'c','result':true}");
		this.client.awaitIdle();
	}

	@Test
	void questionsNest() {
		for (int depth = 0; depth < 5; depth++) {
			this.client.send("{'type':1,'invocationId':'" + depth + "','target':'blocking','arguments':[]}");
		}
		for (int depth = 0; depth < 5; depth++) {
			answer(this.client, question(this.client), "'result':true");
		}
		for (int depth = 0; depth < 5; depth++) {
			assertThat(this.client.completion(String.valueOf(depth))).contains("'result':true");
		}
	}

	@Test
	void callsAfterAQuestionKeepTheirOrder() {
		this.client.send(call("blocking"));
		String id = question(this.client);
		for (int i = 0; i < 50; i++) {
			this.client.send("{'type':1,'invocationId':'n" + i + "','target':'ping','arguments':[]}");
		}
		for (int i = 0; i < 50; i++) {
			assertThat(this.client.next()).contains("'invocationId':'n" + i + "'");
		}
		answer(this.client, id, "'result':true");
		assertThat(this.client.next()).contains("'invocationId':'c'");
	}

	@Test
	void answerArrivesWhenAllThreadsWaitForAnswers() {
		try (HubTester narrow = HubTester.with(HubTester.oneThread(), (options) -> {
		}, Asking.class)) {
			TestClient client = narrow.connect();
			client.send(call("blocking"));
			answer(client, question(client), "'result':true");
			assertThat(client.next()).isEqualTo("{'type':3,'invocationId':'c','result':true}");
		}
	}

	@Test
	void asksOnConnected() {
		try (HubTester asking = HubTester.with(AskingOnConnected.class, Asking.class)) {
			TestClient client = asking.connect();
			client.send("{'type':1,'invocationId':'p','target':'ping','arguments':[]}");
			answer(client, question(client), "'result':true");
			assertThat(client.next()).contains("'invocationId':'p','result':'pong'");
		}
	}

	@Test
	void answerOfAnotherConnectionIsIgnored() {
		CompletableFuture<Integer> answer = ask();
		String id = question(this.client);
		TestClient other = this.tester.connect();
		answer(other, id, "'result':1");
		answer(other, id, "'error':'no'");
		answer(other, id, "'result':'not a number'");
		assertThat(other.invoke("ping", "[]")).contains("pong");
		assertThat(answer).isNotDone();
		answer(this.client, id, "'result':2");
		answer(this.client, id, "'result':3");
		assertThat(answer).succeedsWithin(10, TimeUnit.SECONDS).isEqualTo(2);
		assertThat(this.client.invoke("ping", "[]")).contains("pong");
	}

	@Test
	void errorOfTheClient() {
		CompletableFuture<Integer> answer = ask();
		answer(this.client, question(this.client), "'error':'not me'");
		assertFailure(answer, HubException.class, "not me");
	}

	@Test
	void answerThatCannotBeBound() {
		CompletableFuture<Integer> answer = ask();
		answer(this.client, question(this.client), "'result':'x'");
		assertFailure(answer, MessageConversionException.class,
				"Error trying to deserialize result to java.lang.Integer. ");
		assertThat(this.client.invoke("ping", "[]")).contains("pong");
	}

	@Test
	void errorReachesTheCallerOfTheAskingMethod() {
		this.client.send(call("blocking"));
		answer(this.client, question(this.client), "'error':'not me'");
		assertThat(this.client.next()).contains("HubException: not me");
	}

	@Test
	void timeout() {
		CompletableFuture<Integer> answer = this.tester.hub()
			.client(this.client.id())
			.invoke("confirm", Duration.ofMillis(10), int.class, "really?");
		String id = question(this.client);
		assertFailure(answer, TimeoutException.class, "did not answer within");
		answer(this.client, id, "'result':1");
		assertThat(this.client.invoke("ping", "[]")).contains("pong");
	}

	@Test
	void connectionEndsWhileWaiting() {
		CompletableFuture<Integer> answer = ask();
		question(this.client);
		this.client.disconnect();
		assertFailure(answer, IOException.class, "Connection '" + this.client.id() + "' disconnected.");
		assertFailure(ask(), IOException.class, "Connection '" + this.client.id() + "' does not exist.");
	}

	@Test
	void methodThatWaitsIsFreedByTheEndOfTheConnection() {
		this.client.send(call("blocking"));
		question(this.client);
		this.client.disconnect();
		Awaitility.await().until(() -> this.tester.hub().connections().list().join().isEmpty());
		Asking asking = this.tester.bean(Asking.class);
		assertThat(asking.failure).succeedsWithin(10, TimeUnit.SECONDS)
			.satisfies((failure) -> assertThat(failure).isInstanceOf(CompletionException.class)
				.hasMessageContaining("disconnected."));
	}

	@Test
	void unknownConnection() {
		assertFailure(this.tester.hub().client("nobody").invoke("confirm", int.class), IOException.class,
				"Connection 'nobody' does not exist.");
	}

	@Test
	void manyClientsCannotBeAsked() {
		assertThatExceptionOfType(RuntimeException.class)
			.isThrownBy(() -> this.tester.hub().clients(Client.class).all().confirm("really?"));
	}

	@ParameterizedTest
	@CsvSource({ "cancel", "answer", "disconnect" })
	void readingIsHeldOpenWhileWaiting(String end) {
		CompletableFuture<Integer> answer = ask();
		String id = question(this.client);
		assertThat(this.client.connection().readGate().pause()).isFalse();
		switch (end) {
			case "cancel" -> answer.cancel(false);
			case "answer" -> answer(this.client, id, "'result':1");
			default -> this.client.disconnect();
		}
		Awaitility.await().until(answer::isDone);
		Awaitility.await().until(() -> this.client.connection().readGate().pause());
	}

	@Test
	void askingResumesReading() {
		this.client.connection().readGate().pause();
		ask();
		assertThat(this.client.connection().readGate().readable()).isCompleted();
	}

	private static String call(String target) {
		boolean streaming = target.equals("streaming");
		return "{'type':" + (streaming ? 4 : 1) + ",'invocationId':'c','target':'" + target + "','arguments':[]"
				+ (target.equals("uploading") ? ",'streamIds':['u']}" : "}");
	}

	record Point(int x, int y) {

	}

	@HubClient("test")
	interface Client {

		CompletableFuture<Boolean> confirm(String question);

	}

	@HubController("test")
	static class Asking {

		private final HubContext hub;

		final CompletableFuture<Throwable> failure = new CompletableFuture<>();

		Asking(@Hub("test") HubContext hub) {
			this.hub = hub;
		}

		@HubMethod
		String ping() {
			return "pong";
		}

		@HubMethod(blocking = false)
		String inlinePing() {
			return "pong";
		}

		@HubMethod
		boolean blocking(HubCallerContext caller) {
			try {
				return caller.clients().caller().invoke("confirm", boolean.class, "really?").join();
			}
			catch (RuntimeException ex) {
				this.failure.complete(ex);
				throw ex;
			}
		}

		@HubMethod
		boolean blockingByContext(HubCallerContext caller) {
			return this.hub.client(caller.connectionId()).invoke("confirm", boolean.class, "really?").join();
		}

		@HubMethod
		boolean typed(HubCallerContext caller) {
			return caller.clients(Client.class).caller().confirm("really?").join();
		}

		@HubMethod
		CompletableFuture<Boolean> async(HubCallerContext caller) {
			return caller.clients().client(caller.connectionId()).invoke("confirm", boolean.class, "really?");
		}

		@HubMethod
		CompletableFuture<Boolean> asyncLater(HubCallerContext caller) {
			return CompletableFuture.supplyAsync(caller::clients)
				.thenCompose((clients) -> clients.caller().invoke("confirm", boolean.class, "really?"));
		}

		@HubMethod
		CompletableFuture<Boolean> asyncByContext(HubCallerContext caller) {
			return this.hub.client(caller.connectionId()).invoke("confirm", boolean.class, "really?");
		}

		@HubMethod(blocking = false)
		CompletableFuture<Boolean> inline(HubCallerContext caller) {
			return async(caller);
		}

		@HubMethod
		Stream<Boolean> streaming(HubCallerContext caller) {
			return Stream.of(blocking(caller));
		}

		@HubMethod
		boolean uploading(Stream<Integer> items, HubCallerContext caller) {
			return blocking(caller);
		}

	}

	@HubController("test")
	static class AskingOnConnected {

		@EventHandler(type = EventType.CONNECTED)
		void connected(HubCallerContext caller) {
			assertThat(caller.clients().caller().invoke("confirm", boolean.class, "really?").join()).isTrue();
		}

	}

}
