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

package dev.realtime.boot.autoconfigure.servlet;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.realtime.connection.ClientConnection;
import dev.realtime.event.DisconnectedEvent;
import dev.realtime.hub.HubContext;
import dev.realtime.hub.Hubs;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.protocol.CloseReason;
import dev.realtime.transport.ConnectionRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One client in a hundred stops to read, and nobody else feels it.
 */
class SlowReaderTests {

	private static final int SLOW = 5;

	// in all more than the kernel takes for a client that does not read, which is some
	// megabytes where the container serves WebSockets
	@ParameterizedTest
	@CsvSource({ "netty, 500, 100, 16", "servlet, 60, 160, 64" })
	void othersGetEverythingAndWhatWaitsIsBounded(String engine, int all, int messages, int kilobytes)
			throws Exception {
		String text = "x".repeat(kilobytes * 1024);
		int maxBytes = 8 * text.length();
		try (TestServer server = TestServer.start(Application.class, "realtime.websocket.engine=" + engine,
				"realtime.outbound.max-bytes=" + maxBytes + "B"); ManyClients clients = new ManyClients()) {
			clients.connect(server.uri("/hubs/chat"), all, SLOW);
			HubContext hub = server.context().getBean(Hubs.class).get("chat");
			// the answer to the handshake
			await(clients, 1);
			Awaitility.await()
				.atMost(Duration.ofSeconds(30))
				.until(() -> hub.connections().list().join().size() == all);
			clients.stop();
			long mostQueued = 0;
			for (int i = 1; i <= messages; i++) {
				hub.all().send("m", text).join();
				mostQueued = Math.max(mostQueued, mostQueued(server));
				if (i % 4 == 0) {
					await(clients, 1 + i);
				}
			}
			assertThat(clients.received()).hasSize(all - SLOW).containsOnly(1 + messages);
			assertThat(mostQueued).isBetween((long) text.length(), (long) maxBytes);
			List<DisconnectedEvent> ended = server.context().getBean(ChatController.class).ended;
			Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> ended.size() == SLOW);
			assertThat(ended).allMatch((event) -> event.reason().is(CloseReason.SLOW_CONSUMER));
			assertThat(server.context()
				.getBean(MeterRegistry.class)
				.get("realtime.connections.closed")
				.tags("realtime.hub", "chat", "realtime.close.reason", "slow-consumer")
				.counter()
				.count()).isEqualTo(SLOW);
		}
	}

	private static void await(ManyClients clients, int messages) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.pollInterval(Duration.ofMillis(5))
			.until(() -> clients.received().stream().allMatch((received) -> received >= messages));
	}

	private static long mostQueued(TestServer server) {
		long[] most = new long[1];
		server.context()
			.getBean(ConnectionRegistry.class)
			.forEach((ClientConnection connection) -> most[0] = Math.max(most[0], connection.queue().bytes()));
		return most[0];
	}

	@Configuration(proxyBeanMethods = false)
	@Import(ChatController.class)
	static class Application {

	}

	@HubController("chat")
	static class ChatController {

		private final List<DisconnectedEvent> ended = new CopyOnWriteArrayList<>();

		@EventListener
		void on(DisconnectedEvent event) {
			this.ended.add(event);
		}

	}

}
