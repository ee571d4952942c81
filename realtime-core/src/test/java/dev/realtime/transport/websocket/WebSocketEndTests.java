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

package dev.realtime.transport.websocket;

import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;

import dev.realtime.hub.HubOptions;
import dev.realtime.protocol.CloseReason;
import dev.realtime.web.ClientFrames;
import dev.realtime.web.TestEngine;
import dev.realtime.web.TestHub;
import dev.realtime.web.TestServer;
import dev.realtime.web.TestServer.RawClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

/**
 * Tests for the ways in which clients leave without saying so.
 */
@ParameterizedClass
@EnumSource
class WebSocketEndTests {

	@Parameter
	private TestEngine engine;

	private final TestHub hub = new TestHub("chat",
			HubOptions.builder("/chat").disconnectTimeout(Duration.ofMillis(500)).build());

	private TestServer server;

	@BeforeEach
	void start() {
		this.server = new TestServer(this.engine, this.hub);
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void halfClosedIsClosed() throws Exception {
		try (RawClient client = this.server.rawWebSocket("/chat")) {
			client.write(ClientFrames.text("last"));
			client.shutdownOutput();
			if (this.engine.isNetty()) {
				// containers may see the end before the answer is out
				assertThat(client.readText(4)).isEqualTo("last");
			}
			client.readAll();
			awaitGone();
		}
		assertThat(this.hub.handler.received).containsExactly("last");
	}

	@Test
	void halfClosedAfterTheCloseFrameIsClosedInOrder() throws Exception {
		try (RawClient client = this.server.rawWebSocket("/chat")) {
			client.write(ClientFrames.close(1001));
			client.shutdownOutput();
			assertThat(client.readAll()).startsWith(0x88, 0x02, 0x03, 0xe9);
			await().untilAsserted(
					() -> assertThat(this.hub.handler.closed.values()).containsExactly(CloseReason.CLIENT_CLOSED));
		}
	}

	// with the default of five seconds the client would wait in vain
	@Test
	void clientThatDoesNotAnswerTheCloseFrameIsDropped() throws Exception {
		TestHub hub = new TestHub("chat", HubOptions.builder("/chat").closeTimeout(Duration.ofMillis(100)).build());
		try (TestServer impatient = new TestServer(this.engine, hub);
				RawClient client = impatient.rawWebSocket("/chat")) {
			client.write(ClientFrames.text("hello"));
			assertThat(client.readText(5)).isEqualTo("hello");
			hub.latest.close(CloseReason.SERVER_CLOSED, null);
			FutureTask<byte[]> rest = new FutureTask<>(client::readAll);
			new Thread(rest).start();
			await().atMost(Duration.ofSeconds(4)).until(() -> {
				impatient.beat();
				// Tomcat itself looks for such sockets every ten seconds only
				return hub.handler.closed.size() == 1 && (rest.isDone() || this.engine == TestEngine.SERVLET_ON_TOMCAT);
			});
			if (rest.isDone()) {
				assertThat(rest.get()).startsWith(0x88, 0x02, 0x03, 0xe8);
			}
		}
	}

	@Test
	void resetAfterData() throws Exception {
		RawClient client = this.server.rawWebSocket("/chat");
		client.write(ClientFrames.text("hello"));
		assertThat(client.readText(5)).isEqualTo("hello");
		client.reset();
		awaitGone();
	}

	@Test
	void resetWithDataUnderWay() throws Exception {
		RawClient client = this.server.rawWebSocket("/chat");
		for (int i = 0; i < 100; i++) {
			client.write(ClientFrames.text("x".repeat(1000)));
		}
		client.reset();
		awaitGone();
	}

	@Test
	void resetRightAfterTheUpgrade() throws Exception {
		this.server.rawWebSocket("/chat").reset();
		awaitForgotten();
	}

	@Test
	void resetWithoutWaitingForTheUpgrade() throws Exception {
		byte[] bytes = ClientFrames.concat(TestServer.upgrade("/chat").getBytes(StandardCharsets.US_ASCII),
				ClientFrames.text("hello"));
		for (int i = 0; i < 20; i++) {
			this.server.raw(bytes).reset();
		}
		awaitForgotten();
	}

	@Test
	void resetOfAClientThatDoesNotRead() throws Exception {
		RawClient client = this.server.rawWebSocket("/chat");
		await().until(() -> this.hub.latest.channel() != null);
		for (int i = 0; i < 5; i++) {
			this.hub.latest.send(this.hub.handler.body("x".repeat(100_000)));
		}
		client.reset();
		awaitGone();
		assertThat(this.hub.latest.isEnding()).isTrue();
	}

	@Test
	void otherConnectionsAreNotTouched() throws Exception {
		try (RawClient healthy = this.server.rawWebSocket("/chat")) {
			for (int i = 0; i < 10; i++) {
				this.server.rawWebSocket("/chat").reset();
				this.server.rawWebSocket("/chat").close();
				healthy.write(ClientFrames.text("hello"));
				assertThat(healthy.readText(5)).isEqualTo("hello");
			}
		}
		awaitForgotten();
	}

	@Test
	void endOfTheServerEndsConnections() throws Exception {
		List<RawClient> clients = new ArrayList<>();
		TestHub hub = new TestHub("chat", HubOptions.at("/chat"));
		TestServer server = new TestServer(this.engine, hub);
		for (int i = 0; i < 50; i++) {
			RawClient client = server.rawWebSocket("/chat");
			client.write(ClientFrames.text("hello"));
			assertThat(client.readText(5)).isEqualTo("hello");
			clients.add(client);
		}
		long begin = System.nanoTime();
		server.close();
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
		await().untilAsserted(() -> assertThat(hub.handler.closings).hasValue(50));
		for (RawClient client : clients) {
			assertThatCode(client::readAll).satisfiesAnyOf((failure) -> assertThat(failure).isNull(),
					(failure) -> assertThat(failure).isInstanceOf(SocketException.class));
			client.close();
		}
	}

	private void awaitGone() {
		await()
			.untilAsserted(() -> assertThat(this.hub.handler.closed.values()).containsExactly(CloseReason.CLIENT_GONE));
		awaitForgotten();
	}

	// a connection whose upgrade did not succeed is forgotten after the disconnect
	// timeout
	private void awaitForgotten() {
		await().untilAsserted(() -> {
			this.server.beat();
			assertThat(this.server.registry.size()).isZero();
			assertThat(this.server.container().connections()).isLessThanOrEqualTo(1);
		});
		assertThat(this.hub.handler.closings).hasValue(this.hub.handler.attached.size());
		assertThat(this.server.container().leftovers()).isZero();
	}

}
