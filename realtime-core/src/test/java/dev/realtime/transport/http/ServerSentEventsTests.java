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

package dev.realtime.transport.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import dev.realtime.connection.ClientConnection;
import dev.realtime.connection.ConnectionState;
import dev.realtime.hub.HubOptions;
import dev.realtime.protocol.CloseReason;
import dev.realtime.protocol.EncodedBody;
import dev.realtime.protocol.OutboundLimits;
import dev.realtime.protocol.OverflowStrategy;
import dev.realtime.protocol.TransportType;
import dev.realtime.web.TestHub;
import dev.realtime.web.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for server-sent events.
 */
class ServerSentEventsTests {

	private final TestHub hub = new TestHub("chat",
			HubOptions.builder("/chat")
				.outbound(
						new OutboundLimits(16 * 1024 * 1024, 10_000, Duration.ofSeconds(1), OverflowStrategy.TERMINATE))
				.build());

	private final TestServer server = new TestServer(this.hub);

	private String token;

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void answersWithTheHeadersAndTheFirstBytesOfAStream() throws Exception {
		try (TestServer.RawClient client = open()) {
			String head = client.readUntil("\r\n\r\n");
			assertThat(head).startsWith("HTTP/1.1 200 ")
				.contains("\r\nContent-Type: text/event-stream\r\n", "\r\nCache-Control: no-cache,no-store\r\n",
						"\r\nPragma: no-cache\r\n", "\r\nContent-Encoding: identity\r\n",
						"\r\nX-Accel-Buffering: no\r\n")
				.doesNotContainIgnoringCase("content-length");
			assertThat(readChunk(client)).isEqualTo(":\r\n");
			assertThat(this.hub.latest.transport()).isEqualTo(TransportType.SERVER_SENT_EVENTS);
		}
	}

	@Test
	void sendsEvents() throws Exception {
		try (TestServer.RawClient client = opened()) {
			this.hub.latest.send(this.hub.handler.body("{\"type\":6}\u001e"));
			assertThat(readChunk(client)).isEqualTo("data: {\"type\":6}\u001e\r\n\r\n");
			this.hub.latest.send(this.hub.handler.body("two\nlines"));
			assertThat(readChunk(client)).isEqualTo("data: two\r\ndata: lines\r\n\r\n");
		}
	}

	@Test
	void writesCommentAfterSilence() throws Exception {
		try (TestServer.RawClient client = opened()) {
			this.hub.latest.onHeartbeat(System.nanoTime() + Duration.ofSeconds(6).toNanos());
			assertThat(readChunk(client)).isEqualTo(":\r\n");
			this.hub.latest.send(this.hub.handler.body("x"));
			assertThat(readChunk(client)).isEqualTo("data: x\r\n\r\n");
		}
	}

	@Test
	void joinsWhatWaits() throws Exception {
		try (TestServer.RawClient client = opened()) {
			StringBuilder expected = new StringBuilder();
			for (int i = 0; i < 1000; i++) {
				this.hub.latest.send(this.hub.handler.body(i + ";"));
				expected.append(i).append(';');
			}
			StringBuilder received = new StringBuilder();
			int events = 0;
			while (received.length() < expected.length()) {
				received.append(readChunk(client).replace("data: ", "").replace("\r\n", ""));
				events++;
			}
			assertThat(received).hasToString(expected.toString());
			assertThat(events).isLessThanOrEqualTo(1000);
		}
	}

	@Test
	void oneEventPerMessageUnlessTheProtocolJoins() throws Exception {
		this.hub.handler.joins = false;
		try (TestServer.RawClient client = opened()) {
			this.hub.latest.send(this.hub.handler.body("1"));
			this.hub.latest.send(this.hub.handler.body("2"));
			StringBuilder received = new StringBuilder();
			while (received.indexOf("2") == -1) {
				received.append(readChunk(client));
			}
			assertThat(received).hasToString("data: 1\r\n\r\ndata: 2\r\n\r\n");
		}
	}

	@Test
	void receivesPosts() throws Exception {
		try (TestServer.RawClient client = opened()) {
			assertThat(this.server.send("POST", "/chat?id=" + this.token, "hello").statusCode()).isEqualTo(200);
			assertThat(readChunk(client)).isEqualTo("data: hello\r\n\r\n");
		}
	}

	@Test
	void endsAfterTheLastWord() throws Exception {
		this.hub.handler.lastWord = "bye";
		try (TestServer.RawClient client = opened()) {
			this.hub.latest.close(CloseReason.SERVER_CLOSED, null);
			assertThat(readChunk(client)).isEqualTo("data: bye\r\n\r\n");
			assertThat(readChunk(client)).isEmpty();
		}
		awaitClosed(CloseReason.SERVER_CLOSED);
		assertThat(this.server.send("POST", "/chat?id=" + this.token, "x").statusCode()).isEqualTo(404);
		this.server.beat();
		assertThat(this.server.registry.size()).isZero();
	}

	@Test
	void terminationEndsStream() throws Exception {
		try (TestServer.RawClient client = opened()) {
			this.hub.latest.terminate(CloseReason.CLIENT_TIMEOUT, null);
			assertThat(readChunk(client)).isEmpty();
		}
		awaitClosed(CloseReason.CLIENT_TIMEOUT);
	}

	@Test
	void clientThatVanishesIsGone() throws Exception {
		opened().close();
		ClientConnection connection = this.hub.latest;
		await().untilAsserted(() -> {
			connection.send(this.hub.handler.body("ping"));
			assertThat(this.hub.handler.closed).containsKey(connection.id());
		});
		awaitClosed(CloseReason.CLIENT_GONE);
	}

	@Test
	void stalledClientDelaysNobodyAndIsClosed() throws Exception {
		try (TestServer.RawClient stalled = opened()) {
			ClientConnection connection = this.hub.latest;
			EncodedBody block = this.hub.handler.body("x".repeat(64 * 1024));
			for (int i = 0; i < 160; i++) {
				connection.send(block);
			}
			try (TestServer.RawClient healthy = opened()) {
				this.hub.latest.send(this.hub.handler.body("hello"));
				assertThat(readChunk(healthy)).isEqualTo("data: hello\r\n\r\n");
				await().untilAsserted(() -> {
					this.server.beat();
					assertThat(this.hub.handler.closed).containsKey(connection.id());
				});
				assertThat(this.hub.handler.closed.get(connection.id()).name())
					.isEqualTo(CloseReason.SLOW_CONSUMER.name());
				assertThat(connection.queue().bytes()).isLessThan(1024 * 1024);
				assertThat(stalled.isConnected()).isTrue();
			}
		}
	}

	@Test
	void splitsLines() throws Exception {
		assertThat(event("one")).isEqualTo("data: one\r\n\r\n");
		assertThat(event("a\r\nb\nc")).isEqualTo("data: a\r\ndata: b\r\ndata: c\r\n\r\n");
		assertThat(event("a\n")).isEqualTo("data: a\r\ndata: \r\n\r\n");
		assertThat(event("a\rdata: forged\r\rb\r"))
			.isEqualTo("data: a\r\ndata: data: forged\r\ndata: \r\ndata: b\r\ndata: \r\n\r\n");
		assertThat(event("")).isEqualTo("data: \r\n\r\n");
	}

	private static String event(String payload) throws IOException {
		ByteArrayOutputStream event = new ByteArrayOutputStream();
		ServerSentEventsChannel.writeEvent(payload.getBytes(StandardCharsets.UTF_8), event);
		return event.toString(StandardCharsets.UTF_8);
	}

	private TestServer.RawClient open() {
		this.token = this.server.negotiate("/chat");
		return this.server
			.raw("GET /chat?id=" + this.token + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n\r\n");
	}

	private TestServer.RawClient opened() throws IOException {
		TestServer.RawClient client = open();
		client.readUntil("\r\n\r\n");
		readChunk(client);
		assertThat(this.hub.latest.state()).isEqualTo(ConnectionState.OPEN);
		return client;
	}

	private static String readChunk(TestServer.RawClient client) throws IOException {
		int length = Integer.parseInt(client.readUntil("\r\n").trim(), 16);
		String chunk = new String(client.read(length), StandardCharsets.UTF_8);
		client.read(2);
		return chunk;
	}

	private void awaitClosed(CloseReason reason) {
		String id = this.hub.latest.id();
		await().untilAsserted(() -> assertThat(this.hub.handler.closed).containsKey(id));
		assertThat(this.hub.handler.closed.get(id).name()).isEqualTo(reason.name());
		assertThat(this.hub.handler.closings).hasValue(1);
	}

}
