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
import java.util.concurrent.CountDownLatch;

import dev.realtime.event.DisconnectedEventRequest;
import dev.realtime.event.EventHandler;
import dev.realtime.event.EventType;
import dev.realtime.hub.HubContext;
import dev.realtime.hub.HubMember;
import dev.realtime.hub.annotation.Hub;
import dev.realtime.invocation.LifecycleBeans.Calls;
import dev.realtime.invocation.LifecycleBeans.Handlers;
import dev.realtime.protocol.CloseReason;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for handlers of the disconnected event.
 */
class DisconnectedHandlerTests {

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

	@Test
	void clientThatIsGoneWhileConnectedRunsIsDisconnectedAfterwards() throws InterruptedException {
		this.handlers.hold = new CountDownLatch(1);
		TestClient client = open().handshake();
		LifecycleBeans.await(this.handlers.entered);
		client.disconnect();
		LifecycleBeans.staysClosed(this.handlers.gone);
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

	@Test
	void disconnectedIsAMemberForQueriesButOpenNoMore() throws InterruptedException {
		try (HubTester asking = HubTester.with(Querying.class, Calls.class)) {
			TestClient client = asking.connect("ann");
			client.invoke("join", "['a']");
			client.disconnect();
			Querying querying = asking.bean(Querying.class);
			LifecycleBeans.await(querying.done);
			assertThat(querying.members).containsExactly(new HubMember(client.id(), "ann"));
			assertThat(querying.groupExists).isTrue();
			assertThat(querying.inGroup).isTrue();
			assertThat(querying.exists).isFalse();
			awaitGone(client);
			assertThat(asking.hub().groups().exists("a").join()).isFalse();
		}
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
		LifecycleBeans.await(calls.started);
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

	private void awaitGone(TestClient client) {
		Awaitility.await().until(() -> HubSession.of(client.connection()).lifetime().find(client.id()) == null);
	}

	static class Querying {

		private final HubContext hub;

		final CountDownLatch done = new CountDownLatch(1);

		volatile List<HubMember> members;

		volatile boolean groupExists;

		volatile boolean inGroup;

		volatile boolean exists;

		Querying(@Hub("test") HubContext hub) {
			this.hub = hub;
		}

		@EventHandler(type = EventType.DISCONNECTED)
		void disconnected(DisconnectedEventRequest request) {
			this.members = this.hub.groups().members("a").join();
			this.groupExists = this.hub.groups().exists("a").join();
			this.inGroup = this.hub.users().inGroup("ann", "a").join();
			this.exists = this.hub.connections().exists(request.connectionId()).join();
			this.done.countDown();
		}

	}

	@Order(0)
	static class FailingFirst {

		@EventHandler(type = EventType.DISCONNECTED)
		void disconnected() {
			throw new IllegalStateException("on purpose");
		}

	}

}
