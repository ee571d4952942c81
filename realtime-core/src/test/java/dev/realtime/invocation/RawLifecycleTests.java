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

import java.time.Instant;

import dev.realtime.protocol.CloseReason;
import dev.realtime.protocol.TransportType;
import dev.realtime.raw.RawConnection;
import dev.realtime.web.ClientFrames;
import dev.realtime.web.TestEngine;
import dev.realtime.web.TestServer;
import dev.realtime.web.TestServer.RawClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what a handler of raw connections is told, and for the ways connections end.
 */
@ParameterizedClass
@EnumSource(names = { "SERVLET_ON_TOMCAT", "NETTY_ON_TOMCAT", "NETTY_ON_JETTY" })
class RawLifecycleTests {

	@Parameter
	private TestEngine engine;

	private RawServer server;

	private RawRecorder recorder;

	@BeforeEach
	void start() {
		this.server = new RawServer(this.engine, (options) -> options.closeOnAuthenticationExpiration(true),
				RawRecorder.class, RawRecorder.Echo.class);
		this.recorder = this.server.bean(RawRecorder.class);
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void knowsTheClient() throws Exception {
		String upgrade = TestServer.upgrade("/record?room=lobby&id=", "X-User", "ann");
		try (RawClient client = this.server.web.raw(upgrade)) {
			client.readUpgraded();
			client.write(ClientFrames.text("who"));
			assertThat(client.readText(50)).isEqualTo("hello ann by ann over web_sockets with {room=[lobby]}");
			RawConnection connection = this.recorder.connections.values().iterator().next();
			assertThat(connection.transport()).isEqualTo(TransportType.WEB_SOCKETS);
			assertThat(connection.id()).hasSize(22);
			assertThat(this.recorder.threads).allMatch((name) -> name.startsWith("realtime-invocation-"));
		}
	}

	@Test
	void clientCloses() throws Exception {
		try (RawClient client = this.server.web.rawWebSocket("/record")) {
			client.write(ClientFrames.concat(ClientFrames.text("a"), ClientFrames.text("b"), ClientFrames.close(1000)));
			expectEvents("connected", "a", "b", "disconnected client-closed");
			assertThat(this.recorder.causes).isEmpty();
			RawConnection connection = this.recorder.connections.values().iterator().next();
			assertThat(connection.send("too late")).isFalse();
			connection.close();
		}
		expectNothingElse("connected", "a", "b", "disconnected client-closed");
	}

	@Test
	void clientIsGone() throws Exception {
		try (RawClient client = this.server.web.rawWebSocket("/record")) {
			client.write(ClientFrames.text("a"));
			expectEvents("connected", "a");
			client.reset();
		}
		expectEvents("connected", "a", "disconnected client-gone");
	}

	@Test
	void handlerCloses() throws Exception {
		try (RawClient client = this.server.web.rawWebSocket("/record")) {
			client.write(ClientFrames.concat(ClientFrames.text("close"), ClientFrames.text("dropped")));
			assertThat(client.readFrame()).containsExactly(0x80 | ClientFrames.CLOSE, 1000 >> 8, (byte) 1000);
			client.write(ClientFrames.close(1000));
		}
		expectEvents("connected", "close", "disconnected server-closed");
		expectNothingElse("connected", "close", "disconnected server-closed");
	}

	@Test
	void handlerClosesAPollingClient() {
		String token = this.server.web.negotiate("/record");
		this.server.web.send("GET", "/record?id=" + token, null);
		this.server.web.send("POST", "/record?id=" + token, "kick", "Content-Type", "text/plain");
		assertThat(this.server.web.send("GET", "/record?id=" + token, null).statusCode()).isEqualTo(204);
		expectEvents("connected", "kick", "disconnected server-closed");
		assertThat(this.server.web.send("GET", "/record?id=" + token, null).statusCode()).isEqualTo(404);
	}

	@Test
	void handlerClosesAStreamOfEvents() throws Exception {
		String token = this.server.web.negotiate("/record");
		try (RawClient events = this.server.web.raw("GET /record?id=" + token
				+ " HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\nConnection: close\r\n\r\n")) {
			events.readUntil(":\r\n");
			this.server.web.send("POST", "/record?id=" + token, "kick");
			events.readAll();
		}
		expectEvents("connected", "kick", "disconnected server-closed");
	}

	@Test
	void failureEndsThatConnectionOnly() throws Exception {
		try (RawClient other = this.server.web.rawWebSocket("/echo");
				RawClient client = this.server.web.rawWebSocket("/record")) {
			client.write(ClientFrames.concat(ClientFrames.text("fail"), ClientFrames.text("dropped")));
			assertThat(client.readFrame()).containsExactly(0x80 | ClientFrames.CLOSE, 1011 >> 8, (byte) 1011);
			client.write(ClientFrames.close(1011));
			expectEvents("connected", "fail", "disconnected server-error");
			assertThat(this.recorder.causes.values()).singleElement().isInstanceOf(IllegalArgumentException.class);
			other.write(ClientFrames.text("alive"));
			assertThat(other.readText(5)).isEqualTo("alive");
		}
	}

	@Test
	void failureToConnect() throws Exception {
		this.recorder.refusal = new IllegalStateException("No");
		try (RawClient client = this.server.web.rawWebSocket("/record")) {
			client.write(ClientFrames.text("dropped"));
			assertThat(client.readFrame()[0] & 0xf).isEqualTo(ClientFrames.CLOSE);
		}
		Awaitility.await().until(() -> this.server.engine.connectionCount() == 0);
		assertThat(this.recorder.events).containsExactly("connected");
	}

	@Test
	void serverShutsDown() throws Exception {
		try (RawClient client = this.server.web.rawWebSocket("/record")) {
			expectEvents("connected");
			assertThat(this.server.engine.connectionCount()).isEqualTo(1);
			this.server.connection((connection) -> connection.close(CloseReason.SERVER_SHUTDOWN, null));
			assertThat(client.readFrame()).containsExactly(0x80 | ClientFrames.CLOSE, 1001 >> 8, (byte) 1001);
			client.write(ClientFrames.close(1001));
			expectEvents("connected", "disconnected server-shutdown");
			Awaitility.await().until(() -> this.server.engine.connectionCount() == 0);
		}
	}

	@Test
	void authenticationExpires() throws Exception {
		this.server.expiry = Instant.now().minusSeconds(1);
		try (RawClient client = this.server.web.raw(TestServer.upgrade("/record", "X-User", "ann"))) {
			client.readUpgraded();
			expectEvents("connected");
			this.server.web.beat();
			assertThat(client.readFrame()[0] & 0xf).isEqualTo(ClientFrames.CLOSE);
			expectEvents("connected", "disconnected authentication-expired");
		}
	}

	private void expectEvents(String... events) {
		Awaitility.await().untilAsserted(() -> assertThat(this.recorder.events).containsExactly(events));
	}

	private void expectNothingElse(String... events) {
		Awaitility.await().until(() -> this.server.engine.connectionCount() == 0);
		this.server.web.beat();
		assertThat(this.recorder.events).containsExactly(events);
	}

}
