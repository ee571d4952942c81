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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import dev.realtime.event.EventHandler;
import dev.realtime.event.EventType;
import dev.realtime.event.HubEventRequest;
import dev.realtime.invocation.LifecycleBeans.Calls;
import dev.realtime.invocation.LifecycleBeans.Handlers;
import dev.realtime.protocol.CloseReason;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

	@Test
	void connectedRunsBeforeTheFirstCallEvenInTheSameFrame() throws InterruptedException {
		this.handlers.hold = new CountDownLatch(1);
		TestClient client = open();
		client.send("{'protocol':'json','version':1}", "{'type':1,'invocationId':'1','target':'call','arguments':[]}",
				"{'type':1,'invocationId':'2','target':'inline','arguments':[]}");
		assertThat(client.next()).isEqualTo("{}");
		LifecycleBeans.await(this.handlers.entered);
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
		LifecycleBeans.await(this.handlers.entered);
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
		LifecycleBeans.await(this.handlers.entered);
		client.disconnect();
		this.handlers.hold.countDown();
		awaitNoConnection();
		assertThat(this.handlers.log).containsExactly("connected ann");
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

	static class Both {

		final List<EventType> types = new CopyOnWriteArrayList<>();

		@EventHandler(type = { EventType.CONNECTED, EventType.DISCONNECTED }, hub = "test")
		void both(HubEventRequest request) {
			this.types.add(request.type());
		}

	}

}
