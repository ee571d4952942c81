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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what becomes of many connections when the application ends.
 */
@ParameterizedClass
@ValueSource(strings = { "Tomcat", "Jetty" })
class ShutdownOfManyTests {

	private static final int COUNT = 2000;

	private static final String ALL_A_CLIENT_GETS = "{}\u001e{\"type\":7,\"allowReconnect\":true}\u001e1001";

	@Parameter
	private String container;

	private final List<SilentClient> clients = new ArrayList<>();

	private TestServer server;

	@AfterEach
	void stop() throws IOException {
		this.server.close();
		for (SilentClient client : this.clients) {
			client.close();
		}
	}

	@Test
	void everybodyIsToldToReconnectElsewhere() throws IOException {
		connect("realtime.shutdown.timeout=10s");
		long begin = System.nanoTime();
		CompletableFuture<Void> closing = CompletableFuture.runAsync(this.server::close);
		for (SilentClient client : this.clients) {
			assertThat(client.readToEnd()).isEqualTo(ALL_A_CLIENT_GETS);
		}
		assertThat(closing).isNotDone();
		for (SilentClient client : this.clients) {
			client.answerClose();
		}
		assertThat(closing).succeedsWithin(Duration.ofSeconds(10));
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
	}

	@Test
	void thoseThatDoNotAnswerAreDroppedWhenTheTimeIsOver() throws IOException {
		connect("realtime.shutdown.timeout=2s");
		long begin = System.nanoTime();
		CompletableFuture<Void> closing = CompletableFuture.runAsync(this.server::close);
		for (SilentClient client : this.clients.subList(100, COUNT)) {
			assertThat(client.readToEnd()).isEqualTo(ALL_A_CLIENT_GETS);
			client.answerClose();
		}
		assertThat(closing).succeedsWithin(Duration.ofSeconds(10));
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(5));
		for (SilentClient client : this.clients.subList(0, 100)) {
			assertThat(client.readToEnd()).isEqualTo(ALL_A_CLIENT_GETS);
		}
	}

	private void connect(String... properties) {
		this.server = this.container.equals("Tomcat") ? TestServer.start(EngineApplication.class, properties)
				: TestServer.startOnJetty(EngineApplication.class, properties);
		ExecutorService threads = Executors.newFixedThreadPool(16);
		Stream
			.generate(() -> CompletableFuture
				.supplyAsync(() -> new SilentClient(this.server.uri("/hubs/chat")).connect(), threads))
			.limit(COUNT)
			.toList()
			.forEach((client) -> this.clients.add(client.join()));
		threads.shutdown();
		Awaitility.await()
			.atMost(Duration.ofSeconds(10))
			.untilAsserted(() -> assertThat(HubConnections.channels(this.server.context())).hasSize(COUNT)
				.containsOnly(EngineApplication.NETTY));
	}

}
