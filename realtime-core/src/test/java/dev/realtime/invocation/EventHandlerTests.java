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

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.realtime.connection.ClientConnection;
import dev.realtime.event.ConnectedEventRequest;
import dev.realtime.event.DisconnectedEventRequest;
import dev.realtime.event.EventHandler;
import dev.realtime.event.EventType;
import dev.realtime.event.HubEventRequest;
import dev.realtime.hub.HubCallerContext;
import dev.realtime.hub.HubException;
import dev.realtime.hub.HubMember;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import dev.realtime.protocol.CloseReason;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for handlers of the connected and disconnected event and of named events.
 */
class EventHandlerTests {

	private final HubTester tester = HubTester.with(Handlers.class, Calls.class);

	private Handlers handlers;

	@BeforeEach
	void handlers() {
		this.handlers = this.tester.bean(Handlers.class);
	}

	@AfterEach
	void close() {
		this.tester.close();
	}

	private void awaitNoConnection() {
		Awaitility.await()
			.untilAsserted(
					() -> assertThat(HubSession.of(this.handlers.connection).lifetime().connections()).isEmpty());
	}

	private TestClient open() {
		TestClient client = this.tester.open("ann");
		this.handlers.connection = client.connection();
		return client;
	}

	private static void await(CountDownLatch latch) throws InterruptedException {
		assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void connectedRunsBeforeTheFirstCallEvenInTheSameFrame() throws InterruptedException {
		this.handlers.hold = new CountDownLatch(1);
		TestClient client = open();
		client.send("{'protocol':'json','version':1}", "{'type':1,'invocationId':'1','target':'call','arguments':[]}",
				"{'type':1,'invocationId':'2','target':'inline','arguments':[]}");
		assertThat(client.next()).isEqualTo("{}");
		await(this.handlers.entered);
		assertThat(this.handlers.log).containsExactly("connected ann");
		this.handlers.hold.countDown();
		assertThat(client.next()).isEqualTo("{'type':1,'target':'welcome','arguments':['ann']}");
		assertThat(client.next()).contains("'invocationId':'1'");
		assertThat(client.next()).contains("'invocationId':'2'");
		assertThat(this.handlers.log).containsExactly("connected ann", "connected done", "call", "inline");
	}

	@Test
	void streamsWaitForConnectedToo() throws InterruptedException {
		this.handlers.hold = new CountDownLatch(1);
		TestClient client = open();
		client.send("{'protocol':'json','version':1}",
				"{'type':4,'invocationId':'1','target':'stream','arguments':[]}");
		await(this.handlers.entered);
		this.handlers.hold.countDown();
		assertThat(client.completion("1")).isEqualTo("{'type':3,'invocationId':'1'}");
		assertThat(this.handlers.log).containsExactly("connected ann", "connected done", "stream");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			boom   | {'type':7,'error':'Connection closed with an error.'}
			hub    | {'type':7,'error':'Connection closed with an error. HubException: told you'}
			later  | {'type':7,'error':'Connection closed with an error. HubException: told you later'}
			error  | {'type':7,'error':'Connection closed with an error.'}
			""")
	void failureOfConnectedClosesWithoutReconnect(String failure, String close) {
		this.handlers.failure = failure;
		TestClient client = open();
		client.send("{'protocol':'json','version':1}", "{'type':1,'invocationId':'1','target':'call','arguments':[]}");
		assertThat(client.next()).isEqualTo("{}");
		assertThat(client.next()).isEqualTo(close);
		client.awaitClosed();
		assertThat(client.connection().closeReason()).isEqualTo(CloseReason.CONNECT_FAILED);
		awaitNoConnection();
		assertThat(this.handlers.log).containsExactly("connected ann");
		assertThat(client.received()).isEmpty();
	}

	@Test
	void failureOfConnectedOfAClientThatIsGone() throws InterruptedException {
		this.handlers.failure = "boom";
		this.handlers.hold = new CountDownLatch(1);
		TestClient client = open().handshake();
		await(this.handlers.entered);
		client.disconnect();
		this.handlers.hold.countDown();
		awaitNoConnection();
		assertThat(this.handlers.log).containsExactly("connected ann");
	}

	@Test
	void clientThatIsGoneWhileConnectedRunsIsDisconnectedAfterwards() throws InterruptedException {
		this.handlers.hold = new CountDownLatch(1);
		TestClient client = open().handshake();
		await(this.handlers.entered);
		client.disconnect();
		this.handlers.hold.countDown();
		awaitNoConnection();
		assertThat(this.handlers.log).containsExactly("connected ann", "connected done", "disconnected client-gone");
	}

	@Test
	void disconnectedIsStillAMember() {
		TestClient other = this.tester.connect("bob");
		assertThat(other.next()).contains("welcome");
		TestClient client = open().handshake();
		client.invoke("join", "['a']");
		client.invoke("join", "['b']");
		other.invoke("join", "['a']");
		client.disconnect();
		awaitGone(client);
		DisconnectedEventRequest request = this.handlers.disconnected.get(0);
		assertThat(request.connectionId()).isEqualTo(client.id());
		assertThat(request.userId()).isEqualTo("ann");
		assertThat(request.groups()).containsExactlyInAnyOrder("a", "b");
		assertThat(request.reason()).isEqualTo(CloseReason.CLIENT_GONE);
		assertThat(this.handlers.memberOf).containsExactlyInAnyOrder("a", "b");
		assertThat(other.next((record) -> record.contains("left"))).contains("'arguments':['ann']");
		assertThat(this.tester.hub().groups().members("a").join()).extracting(HubMember::connectionId)
			.containsExactly(other.id());
		assertThat(this.tester.hub().groups().exists("b").join()).isFalse();
	}

	private void awaitGone(TestClient client) {
		Awaitility.await().until(() -> HubSession.of(client.connection()).lifetime().find(client.id()) == null);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{'type':7}                     | client-closed  |
			{'type':7,'error':'bye'}       | client-closed  | HubException: bye
			nonsense                       | protocol-error | HubProtocolException
			{'type':1,'target':'abort','arguments':[]} | server-closed |
			""")
	void disconnectedKnowsReasonAndError(String record, String reason, @Nullable String error) {
		TestClient client = open().handshake();
		client.send(record);
		client.awaitClosed();
		awaitNoConnection();
		assertThat(this.handlers.disconnected).singleElement().satisfies((request) -> {
			assertThat(request.reason().name()).isEqualTo(reason);
			if (error != null) {
				assertThat(String.valueOf(request.error())).contains(error);
			}
			else {
				assertThat(request.error()).isNull();
			}
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "CLIENT_GONE", "CLIENT_CLOSED" })
	void disconnectedKnowsThatAMessageWasCutOff(String reason) {
		TestClient client = open().handshake();
		client.sendRaw("{\"type\":1,");
		client.connection()
			.transportClosed(reason.equals("CLIENT_GONE") ? CloseReason.CLIENT_GONE : CloseReason.CLIENT_CLOSED, null);
		awaitNoConnection();
		assertThat(this.handlers.disconnected.get(0).error())
			.hasMessageContaining("Connection terminated while reading a message.");
	}

	@Test
	void bytesAfterTheClientsCloseAreNoError() {
		TestClient client = open().handshake();
		client.sendRaw("{\"type\":7}\u001e{\"type\":1,");
		client.awaitClosed();
		awaitNoConnection();
		assertThat(this.handlers.disconnected.get(0).error()).isNull();
	}

	@Test
	void disconnectedRunsOnceAfterTheRunningCall() throws InterruptedException {
		TestClient client = open().handshake();
		Calls calls = this.tester.bean(Calls.class);
		client.send("{'type':1,'target':'slow','arguments':[]}");
		await(calls.started);
		client.disconnect();
		client.connection().terminate(CloseReason.SERVER_CLOSED, null);
		client.connection().transportClosed(CloseReason.CLIENT_CLOSED, null);
		calls.goOn.countDown();
		awaitNoConnection();
		assertThat(this.handlers.log).containsExactly("connected ann", "connected done", "slow",
				"disconnected client-gone");
	}

	@Test
	void callsThatArrivedBeforeTheEndStillRun() {
		TestClient client = open().handshake();
		client.send("{'type':1,'target':'call','arguments':[]}", "{'type':1,'target':'call','arguments':[]}",
				"{'type':7}");
		awaitNoConnection();
		assertThat(this.handlers.log).containsExactly("connected ann", "connected done", "call", "call",
				"disconnected client-closed");
	}

	@Test
	void abortedIsToldBeforeDisconnected() {
		TestClient client = open().handshake();
		client.invoke("logAborted", "[]");
		client.disconnect();
		awaitNoConnection();
		assertThat(this.handlers.log).endsWith("aborted", "disconnected client-gone");
	}

	@Test
	void failureOfDisconnectedStopsNothing() {
		try (HubTester failing = HubTester.with(FailingFirst.class, Handlers.class, Calls.class)) {
			TestClient client = failing.connect("ann");
			client.disconnect();
			Handlers handlers = failing.bean(Handlers.class);
			Awaitility.await().until(() -> failing.hub().connections().list().join().isEmpty());
			Awaitility.await().until(() -> !handlers.disconnected.isEmpty());
			awaitGone(client);
		}
	}

	@Test
	void nothingIsDisconnectedBeforeTheHandshake() {
		TestClient client = open();
		client.disconnect();
		TestClient refused = open();
		refused.send("{'protocol':'nothing','version':1}");
		refused.awaitClosed();
		open().handshake();
		Awaitility.await().until(() -> this.handlers.log.contains("connected done"));
		assertThat(this.handlers.log).containsExactly("connected ann", "connected done");
	}

	@Test
	void namedEventIsCalledByInvocation() {
		TestClient client = open().handshake();
		assertThat(client.invoke("typing", "['a',2]")).contains("'result':'typing a 2 by ann'");
		assertThat(client.invoke("TYPING", "['b',3]")).contains("'result':'typing b 3 by ann'");
		assertThat(client.invoke("connected", "[]")).contains("'result':'named connected'");
		assertThat(this.handlers.log).containsExactly("connected ann", "connected done");
		assertThat(client.invoke("welcome", "[]")).contains("Method does not exist.");
		assertThat(client.invoke("elsewhere", "[]")).contains("Method does not exist.");
	}

	@Test
	void oneMethodMayHandleSeveralTypes() {
		try (HubTester both = HubTester.with(Both.class)) {
			TestClient client = both.connect();
			client.disconnect();
			Both bean = both.bean(Both.class);
			Awaitility.await()
				.untilAsserted(
						() -> assertThat(bean.types).containsExactly(EventType.CONNECTED, EventType.DISCONNECTED));
		}
	}

	@HubController("test")
	static class Handlers {

		final List<String> log = new CopyOnWriteArrayList<>();

		final List<DisconnectedEventRequest> disconnected = new CopyOnWriteArrayList<>();

		final List<String> memberOf = new CopyOnWriteArrayList<>();

		final CountDownLatch entered = new CountDownLatch(1);

		volatile CountDownLatch hold = new CountDownLatch(0);

		volatile String failure = "";

		volatile ClientConnection connection;

		@EventHandler(type = EventType.CONNECTED)
		@Nullable CompletionStage<Void> connected(ConnectedEventRequest request, HubCallerContext caller)
				throws InterruptedException {
			this.log.add("connected " + request.userId());
			this.entered.countDown();
			await(this.hold);
			switch (this.failure) {
				case "boom" -> throw new IllegalStateException("secret");
				case "hub" -> throw new HubException("told you");
				case "error" -> throw new AssertionError("secret");
				case "later" -> {
					return CompletableFuture.runAsync(() -> {
						throw new HubException("told you later");
					});
				}
				default -> {
					caller.clients().caller().send("welcome", caller.userId());
					this.log.add("connected done");
					return null;
				}
			}
		}

		@EventHandler(type = EventType.DISCONNECTED)
		void disconnected(DisconnectedEventRequest request, HubCallerContext caller) {
			this.log.add("disconnected " + request.reason().name());
			this.disconnected.add(request);
			this.memberOf.addAll(this.connection.membership().groups());
			caller.clients().othersInGroup("a").send("left", caller.userId());
		}

		@EventHandler("typing")
		String typing(String text, HubCallerContext caller, int count) {
			return "typing " + text + " " + count + " by " + caller.userId();
		}

		@EventHandler("connected")
		String namedConnected() {
			return "named connected";
		}

		@EventHandler(value = "elsewhere", hub = "test2")
		void elsewhere() {
		}

	}

	@HubController({ "test", "test2" })
	static class Calls {

		final CountDownLatch started = new CountDownLatch(1);

		final CountDownLatch goOn = new CountDownLatch(1);

		private final ObjectProvider<Handlers> handlers;

		Calls(ObjectProvider<Handlers> handlers) {
			this.handlers = handlers;
		}

		private void log(String text) {
			this.handlers.getObject().log.add(text);
		}

		@HubMethod
		void call() {
			log("call");
		}

		@HubMethod(blocking = false)
		void inline() {
			log("inline");
		}

		@HubMethod
		Stream<String> stream() {
			log("stream");
			return Stream.of();
		}

		@HubMethod
		void slow() throws InterruptedException {
			this.started.countDown();
			await(this.goOn);
			log("slow");
		}

		@HubMethod
		void join(String group, HubCallerContext caller) {
			caller.join(group);
		}

		@HubMethod
		void abort(HubCallerContext caller) {
			caller.abort();
		}

		@HubMethod
		void logAborted(HubCallerContext caller) {
			caller.aborted().thenRun(() -> log("aborted"));
		}

	}

	@Order(0)
	static class FailingFirst {

		@EventHandler(type = EventType.DISCONNECTED)
		void disconnected() {
			throw new IllegalStateException("on purpose");
		}

	}

	static class Both {

		final List<EventType> types = new CopyOnWriteArrayList<>();

		@EventHandler(type = { EventType.CONNECTED, EventType.DISCONNECTED }, hub = "test")
		void both(HubEventRequest request) {
			this.types.add(request.type());
		}

	}

}
