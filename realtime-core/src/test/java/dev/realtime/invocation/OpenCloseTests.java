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

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.realtime.connection.ClientConnection;
import dev.realtime.connection.Lane;
import dev.realtime.connection.TransportChannel;
import dev.realtime.event.EventHandler;
import dev.realtime.event.EventType;
import dev.realtime.event.HubEvent;
import dev.realtime.event.HubEventRequest;
import dev.realtime.protocol.CloseReason;
import dev.realtime.protocol.HubHandshake;
import dev.realtime.protocol.TransportType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.context.event.EventListener;
import org.springframework.util.LinkedMultiValueMap;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for connections that end while they open. Tasks for threads run when the test
 * says so.
 */
class OpenCloseTests {

	private final Queue<Runnable> tasks = new ArrayDeque<>();

	private final HubTester tester = HubTester.with(new HubExecutors(this.tasks::add, Runnable::run), (options) -> {
	}, Log.class);

	private final Log log = this.tester.bean(Log.class);

	@AfterEach
	void close() {
		this.tester.close();
	}

	private void runTasks() {
		Runnable task;
		while ((task = this.tasks.poll()) != null) {
			task.run();
		}
	}

	@Test
	void connectionThatEndsWithinTheHandshakeWasNeverOpen() {
		HubHandshake handshake = TestClient.handshake(new LinkedMultiValueMap<>(), new LinkedMultiValueMap<>());
		ClientConnection connection = this.tester.endpoint().connect(null, handshake);
		connection.attach(new VanishingChannel(connection), Lane.direct(), null, handshake);
		connection.receive(TestClient.frame("{'protocol':'json','version':1}"));
		runTasks();
		SignalRSession session = SignalRSession.of(connection);
		assertThat(session.protocol()).isNotNull();
		assertThat(session.aborted()).isCompleted();
		assertThat(session.lifetime().connections()).isEmpty();
		assertThat(this.log.handled).isEmpty();
		// what is queued for listeners is published first
		this.tester.close();
		assertThat(this.log.published).isEmpty();
	}

	@Test
	void connectionThatEndsBeforeConnectedRunsWasOpen() {
		TestClient client = this.tester.connect();
		client.disconnect();
		HubSession session = HubSession.of(client.connection());
		assertThat(session.lifetime().connections()).containsExactly(client.connection());
		assertThat(this.log.handled).isEmpty();
		runTasks();
		assertThat(session.lifetime().connections()).isEmpty();
		assertThat(this.log.handled).containsExactly(EventType.CONNECTED, EventType.DISCONNECTED);
		this.tester.close();
		assertThat(this.log.published).containsExactly("ConnectedEvent", "DisconnectedEvent");
	}

	@Test
	void connectionThatEndsBeforeTheHandshakeWasNeverOpen() {
		TestClient client = this.tester.open(null);
		client.disconnect();
		runTasks();
		assertThat(HubSession.of(client.connection()).aborted()).isCompleted();
		assertThat(this.log.handled).isEmpty();
		this.tester.close();
		assertThat(this.log.published).isEmpty();
	}

	/**
	 * Is gone as soon as something is written to it.
	 */
	private record VanishingChannel(ClientConnection connection) implements TransportChannel {

		@Override
		public TransportType type() {
			return TransportType.WEB_SOCKETS;
		}

		@Override
		public void drain() {
			abort();
		}

		@Override
		public void abort() {
			this.connection.transportClosed(CloseReason.CLIENT_GONE, null);
		}

	}

	static class Log {

		final List<EventType> handled = new CopyOnWriteArrayList<>();

		final List<String> published = new CopyOnWriteArrayList<>();

		@EventHandler(type = { EventType.CONNECTED, EventType.DISCONNECTED })
		void handle(HubEventRequest request) {
			this.handled.add(request.type());
		}

		@EventListener
		void listen(HubEvent event) {
			this.published.add(event.getClass().getSimpleName());
		}

	}

}
