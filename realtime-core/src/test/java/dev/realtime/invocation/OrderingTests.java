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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.realtime.hub.HubCallerContext;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import dev.realtime.protocol.CloseReason;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the order in which the calls of a connection run, and for what happens when
 * there are too many.
 */
class OrderingTests {

	@Test
	void callsOfOneConnectionRunInOrder() {
		try (HubTester tester = HubTester.with(Calls.class)) {
			TestClient client = tester.connect();
			List<String> expected = new ArrayList<>();
			for (int i = 0; i < 300; i++) {
				String target = List.of("blocking", "inline", "async").get(i % 3);
				client.send("{'type':1,'invocationId':'" + i + "','target':'" + target + "','arguments':[" + i + "]}");
				expected.add(String.valueOf(i));
			}
			for (int i = 0; i < 300; i++) {
				assertThat(client.next()).isEqualTo("{'type':3,'invocationId':'" + i + "','result':" + i + "}");
			}
			assertThat(tester.bean(Calls.class).seen(client.id())).containsExactlyElementsOf(expected);
		}
	}

	@Test
	void aPendingCallHoldsBackTheNextOne() {
		try (HubTester tester = HubTester.with(Calls.class)) {
			TestClient client = tester.connect();
			client.send("{'type':1,'invocationId':'a','target':'pending','arguments':[]}",
					"{'type':1,'invocationId':'b','target':'blocking','arguments':[1]}");
			Calls calls = tester.bean(Calls.class);
			Awaitility.await().until(() -> calls.pending.get(client.id()) != null);
			assertThat(calls.seen(client.id())).isEmpty();
			calls.pending.get(client.id()).complete("done");
			assertThat(client.next()).contains("'invocationId':'a'");
			assertThat(client.next()).contains("'invocationId':'b'");
		}
	}

	@Test
	void callsOfDifferentConnectionsRunInParallel() {
		try (HubTester tester = HubTester.with(Calls.class)) {
			TestClient first = tester.connect();
			TestClient second = tester.connect();
			first.send("{'type':1,'invocationId':'1','target':'meet','arguments':[]}");
			second.send("{'type':1,'invocationId':'1','target':'meet','arguments':[]}");
			assertThat(first.next()).contains("'result':true");
			assertThat(second.next()).contains("'result':true");
		}
	}

	@Test
	void asManyCallsRunInParallelAsAllowed() {
		try (HubTester tester = HubTester.with((options) -> options.maximumParallelInvocationsPerClient(2),
				Calls.class)) {
			TestClient client = tester.connect();
			client.send("{'type':1,'invocationId':'1','target':'meet','arguments':[]}",
					"{'type':1,'invocationId':'2','target':'meet','arguments':[]}");
			assertThat(client.next()).contains("'result':true");
			assertThat(client.next()).contains("'result':true");
		}
	}

	@Test
	void laterCallRunsBesideABlockedOneWhenAllowed() {
		try (HubTester tester = HubTester.with((options) -> options.maximumParallelInvocationsPerClient(2),
				Calls.class)) {
			TestClient client = tester.connect();
			client.send("{'type':1,'invocationId':'1','target':'meet','arguments':[]}");
			Awaitility.await().until(() -> tester.bean(Calls.class).meeting.getCount() == 1);
			client.send("{'type':1,'invocationId':'2','target':'meet','arguments':[]}");
			assertThat(client.next()).contains("'result':true");
			assertThat(client.next()).contains("'result':true");
		}
	}

	@Test
	void readingPausesWhileCallsPileUp() {
		try (HubTester tester = HubTester.with(Calls.class)) {
			TestClient client = tester.connect();
			client.send("{'type':1,'invocationId':'a','target':'pending','arguments':[]}");
			for (int i = 0; i < 300; i++) {
				client.send("{'type':1,'target':'blocking','arguments':[" + i + "]}");
			}
			assertThat(client.connection().readGate().readable().toCompletableFuture()).isNotDone();
			Calls calls = tester.bean(Calls.class);
			Awaitility.await().until(() -> calls.pending.get(client.id()) != null);
			calls.pending.get(client.id()).complete("done");
			Awaitility.await().until(() -> client.connection().readGate().readable().toCompletableFuture().isDone());
			Awaitility.await().until(() -> calls.seen(client.id()).size() == 300);
		}
	}

	@ParameterizedTest
	@CsvSource({ "65536, 3, false", "65536, 4, true", "1000, 1, true", "0, 250, false", "0, 300, true" })
	void readingPausesWhileBytesPileUp(int bufferSize, int calls, boolean pauses) {
		try (HubTester tester = HubTester.with((options) -> options.applicationMaxBufferSize(bufferSize),
				Calls.class)) {
			TestClient client = tester.connect();
			client.send("{'type':1,'invocationId':'a','target':'pending','arguments':[]}");
			Calls all = tester.bean(Calls.class);
			Awaitility.await().until(() -> all.pending.get(client.id()) != null);
			String padding = " ".repeat(20_000);
			for (int i = 0; i < calls; i++) {
				client.send("{'type':1,'target':'blocking','arguments':[" + i + "]" + padding + "}");
			}
			assertThat(client.connection().readGate().isPaused()).isEqualTo(pauses);
			all.pending.get(client.id()).complete("done");
			client.awaitReadable();
			Awaitility.await().until(() -> all.seen(client.id()).size() == calls);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "waiting", "pending" })
	void tooManyCallsWhileTheClientIsAskedEndTheConnection(String target) {
		try (HubTester tester = HubTester.with(Calls.class)) {
			TestClient client = tester.connect();
			tester.hub().client(client.id()).invoke("confirm", Boolean.class);
			for (int i = 0; i < 5000 && !client.connection().isEnding(); i++) {
				client.send("{'type':1,'target':'" + target + "','arguments':[]}");
			}
			client.awaitClosed();
			tester.bean(Calls.class).goOn.countDown();
			assertThat(client.connection().closeReason()).isEqualTo(CloseReason.TOO_MANY_INVOCATIONS);
		}
	}

	@HubController("test")
	static class Calls {

		private final Map<String, List<String>> seen = new ConcurrentHashMap<>();

		final Map<String, CompletableFuture<String>> pending = new ConcurrentHashMap<>();

		final CountDownLatch meeting = new CountDownLatch(2);

		final CountDownLatch goOn = new CountDownLatch(1);

		List<String> seen(String connectionId) {
			return this.seen.getOrDefault(connectionId, List.of());
		}

		private int note(HubCallerContext caller, int number) {
			this.seen.computeIfAbsent(caller.connectionId(), (id) -> new ArrayList<>()).add(String.valueOf(number));
			return number;
		}

		@HubMethod
		int blocking(int number, HubCallerContext caller) {
			return note(caller, number);
		}

		@HubMethod(blocking = false)
		int inline(int number, HubCallerContext caller) {
			return note(caller, number);
		}

		@HubMethod
		CompletableFuture<Integer> async(int number, HubCallerContext caller) {
			return CompletableFuture.supplyAsync(() -> note(caller, number),
					CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS));
		}

		@HubMethod
		CompletableFuture<String> pending(HubCallerContext caller) {
			return this.pending.computeIfAbsent(caller.connectionId(), (id) -> new CompletableFuture<>());
		}

		@HubMethod
		boolean waiting() throws InterruptedException {
			return this.goOn.await(10, TimeUnit.SECONDS);
		}

		@HubMethod
		boolean meet() throws InterruptedException {
			this.meeting.countDown();
			return this.meeting.await(10, TimeUnit.SECONDS);
		}

	}

}
