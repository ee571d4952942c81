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

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.realtime.backplane.Backplane;
import dev.realtime.connection.ConnectionState;
import dev.realtime.hub.Hubs;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import dev.realtime.transport.ConnectionRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what becomes of connections when the application ends.
 */
class ShutdownTests {

	private TestServer server;

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void clientsAreToldToReconnectElsewhere() {
		this.server = TestServer.start(Application.class);
		TestClient client = new TestClient(this.server.uri("/hubs/chat")).connect();
		CompletableFuture<Void> closing = CompletableFuture.runAsync(this.server::close);
		JsonNode message = client.next();
		assertThat(message.get("type").asInt()).isEqualTo(7);
		assertThat(message.get("allowReconnect").asBoolean()).isTrue();
		assertThat(message.has("error")).isFalse();
		assertThat(client.closed()).isEqualTo(1001);
		assertThat(closing).succeedsWithin(Duration.ofSeconds(10));
		assertThat(threads()).isEmpty();
	}

	@Test
	void connectionsAreRefusedWhileOthersEnd() {
		this.server = TestServer.start(Application.class, "server.shutdown=immediate");
		HubShutdownLifecycle shutdown = this.server.context().getBean(HubShutdownLifecycle.class);
		TestClient client = new TestClient(this.server.uri("/hubs/chat"));
		assertThat(client.negotiate().statusCode()).isEqualTo(200);
		shutdown.stop();
		assertThat(client.negotiate()).satisfies((answer) -> {
			assertThat(answer.statusCode()).isEqualTo(503);
			assertThat(answer.body()).isEqualTo("The server takes no new connections");
		});
		shutdown.start();
		assertThat(client.negotiate().statusCode()).isEqualTo(200);
	}

	@Test
	void connectionsEndBeforeTheWebServerDoes() {
		this.server = TestServer.start(Application.class);
		HubShutdownLifecycle shutdown = this.server.context().getBean(HubShutdownLifecycle.class);
		HubEngineLifecycle engine = this.server.context().getBean(HubEngineLifecycle.class);
		SmartLifecycle graceful = this.server.context().getBean("webServerGracefulShutdown", SmartLifecycle.class);
		SmartLifecycle startStop = this.server.context().getBean("webServerStartStop", SmartLifecycle.class);
		assertThat(shutdown.getPhase()).isGreaterThan(graceful.getPhase());
		assertThat(graceful.getPhase()).isGreaterThan(startStop.getPhase());
		assertThat(startStop.getPhase()).isGreaterThan(engine.getPhase());
		assertThat(shutdown.isPauseable()).isFalse();
		assertThat(engine.isPauseable()).isFalse();
	}

	@Test
	void whoDoesNotTakeWhatIsQueuedIsDropped() throws IOException {
		this.server = TestServer.start(Application.class, "realtime.shutdown.timeout=300ms",
				"realtime.outbound.max-bytes=100MB");
		try (SilentClient client = new SilentClient(this.server.uri("/hubs/chat"))) {
			client.connect();
			Awaitility.await().atMost(Duration.ofSeconds(10)).until(this::isOpen);
			String text = "x".repeat(1024 * 1024);
			for (int i = 0; i < 30; i++) {
				this.server.context().getBean(Hubs.class).get("chat").all().send("more", text);
			}
			long begin = System.nanoTime();
			this.server.close();
			assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(Duration.ofMillis(300),
					Duration.ofSeconds(4));
		}
	}

	@Test
	void disabledHasNoThreads() {
		this.server = TestServer.start(Application.class, "realtime.enabled=false");
		assertThat(new TestClient(this.server.uri("/hubs/chat")).negotiate().statusCode()).isEqualTo(404);
		assertThat(threads()).isEmpty();
		assertThat(this.server.context().getBeanNamesForType(Backplane.class)).isEmpty();
	}

	private boolean isOpen() {
		AtomicBoolean open = new AtomicBoolean();
		this.server.context()
			.getBean(ConnectionRegistry.class)
			.forEach((connection) -> open.set(connection.state() == ConnectionState.OPEN));
		return open.get();
	}

	private static List<String> threads() {
		Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> names().isEmpty());
		return names();
	}

	private static List<String> names() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.map(Thread::getName)
			.filter((name) -> name.startsWith("realtime-"))
			.toList();
	}

	@Configuration(proxyBeanMethods = false)
	@Import(ChatController.class)
	static class Application {

		@Bean
		String nothing() {
			return "";
		}

	}

	@HubController("chat")
	static class ChatController {

		@HubMethod
		void nothing() {
		}

	}

}
