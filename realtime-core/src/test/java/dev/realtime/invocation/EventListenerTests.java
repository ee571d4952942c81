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
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.realtime.event.ConnectEventResponse;
import dev.realtime.event.ConnectedEvent;
import dev.realtime.event.DisconnectedEvent;
import dev.realtime.event.EventHandler;
import dev.realtime.event.EventType;
import dev.realtime.event.GroupJoinedEvent;
import dev.realtime.event.GroupLeftEvent;
import dev.realtime.event.HubEvent;
import dev.realtime.hub.HubCallerContext;
import dev.realtime.hub.HubContext;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import dev.realtime.protocol.CloseReason;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the events that listeners hear of.
 */
class EventListenerTests {

	private final HubTester tester = HubTester.with(Listener.class, FailingListener.class, Calls.class);

	private final Listener listener = this.tester.bean(Listener.class);

	@AfterEach
	void close() {
		this.listener.goOn.countDown();
		this.tester.close();
	}

	private List<HubEvent> eventsOf(TestClient client, int count) {
		Awaitility.await().until(() -> this.listener.of(client.id()).size() >= count);
		return this.listener.of(client.id());
	}

	@Test
	void hearsOfTheLifeOfAConnectionInOrder() {
		TestClient client = this.tester.connect("ann");
		client.invoke("join", "['a']");
		client.invoke("join", "['a']");
		client.invoke("join", "['b']");
		client.invoke("leave", "['a']");
		client.invoke("leave", "['a']");
		client.invoke("leave", "['lobby']");
		client.disconnect();
		String id = client.id();
		assertThat(eventsOf(client, 8)).containsExactly(new ConnectedEvent("test", id, "ann"),
				new GroupJoinedEvent("test", id, "ann", "lobby"), new GroupJoinedEvent("test", id, "ann", "a"),
				new GroupJoinedEvent("test", id, "ann", "b"), new GroupLeftEvent("test", id, "ann", "a"),
				new GroupLeftEvent("test", id, "ann", "lobby"), new GroupLeftEvent("test", id, "ann", "b"),
				new DisconnectedEvent("test", id, "ann", Set.of("b"), CloseReason.CLIENT_GONE, null));
	}

	@Test
	void disconnectedCarriesReasonAndError() {
		TestClient client = this.tester.connect();
		client.send("{'type':7,'error':'bye'}");
		client.awaitClosed();
		HubEvent last = eventsOf(client, 4).get(3);
		assertThat(last).isInstanceOfSatisfying(DisconnectedEvent.class, (event) -> {
			assertThat(event.userId()).isNull();
			assertThat(event.reason()).isEqualTo(CloseReason.CLIENT_CLOSED);
			assertThat(event.error()).hasMessage("bye");
		});
	}

	@Test
	void nothingIsHeardOfAConnectionWithoutHandshake() {
		TestClient silent = this.tester.open(null);
		silent.disconnect();
		TestClient client = this.tester.connect();
		eventsOf(client, 2);
		assertThat(this.listener.of(silent.id())).isEmpty();
	}

	@Test
	void slowListenerHoldsUpNobody() throws InterruptedException {
		this.listener.slow = true;
		TestClient client = this.tester.connect();
		assertThat(this.listener.entered.await(10, TimeUnit.SECONDS)).isTrue();
		for (int i = 0; i < 100; i++) {
			client.invoke("join", "['g" + i + "']");
		}
		client.disconnect();
		TestClient other = this.tester.connect();
		other.invoke("join", "['a']");
		Awaitility.await().until(() -> this.tester.hub().connections().list().join().size() == 1);
		assertThat(this.listener.of(client.id())).hasSize(1);
		this.listener.goOn.countDown();
		List<HubEvent> events = eventsOf(client, 204);
		assertThat(events.get(0)).isInstanceOf(ConnectedEvent.class);
		List<String> joined = new ArrayList<>();
		joined.add("lobby");
		for (int i = 0; i < 100; i++) {
			joined.add("g" + i);
		}
		assertThat(events.subList(1, 102)).extracting((event) -> ((GroupJoinedEvent) event).group())
			.containsExactlyElementsOf(joined);
		assertThat(events.get(203)).isInstanceOf(DisconnectedEvent.class);
	}

	@Test
	void listenerMaySendToTheConnection() {
		this.listener.greeting = true;
		TestClient client = this.tester.connect();
		assertThat(client.next()).isEqualTo("{'type':1,'target':'greeting','arguments':[]}");
	}

	static class Listener {

		private final List<HubEvent> events = new CopyOnWriteArrayList<>();

		final CountDownLatch entered = new CountDownLatch(1);

		final CountDownLatch goOn = new CountDownLatch(1);

		volatile boolean slow;

		volatile boolean greeting;

		private final ObjectProvider<HubContext> hub;

		Listener(ObjectProvider<HubContext> hub) {
			this.hub = hub;
		}

		List<HubEvent> of(String connectionId) {
			return this.events.stream().filter((event) -> event.connectionId().equals(connectionId)).toList();
		}

		@EventListener
		void on(HubEvent event) throws InterruptedException {
			this.events.add(event);
			if (this.slow) {
				this.entered.countDown();
				this.goOn.await();
			}
			if (this.greeting && event instanceof ConnectedEvent) {
				this.hub.getObject().client(event.connectionId()).send("greeting");
			}
		}

	}

	static class FailingListener {

		@EventListener
		void on(ConnectedEvent event) {
			throw new IllegalStateException("on purpose");
		}

		@EventListener
		void on(GroupJoinedEvent event) {
			throw new AssertionError("on purpose");
		}

	}

	@HubController("test")
	static class Calls {

		@EventHandler(type = EventType.CONNECT)
		ConnectEventResponse connect() {
			return ConnectEventResponse.accept().groups("lobby");
		}

		@HubMethod
		void join(String group, HubCallerContext caller) {
			caller.join(group);
		}

		@HubMethod
		void leave(String group, HubCallerContext caller) {
			caller.leave(group);
		}

	}

}
