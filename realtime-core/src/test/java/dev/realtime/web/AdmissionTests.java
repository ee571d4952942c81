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

package dev.realtime.web;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.realtime.event.ConnectRejectedException;
import dev.realtime.hub.ClientLimits;
import dev.realtime.hub.HubOptions;
import dev.realtime.protocol.CloseReason;
import dev.realtime.transport.ConnectionLimits;
import dev.realtime.web.TestServer.RawClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for clients that have as many connections as they may have, or ask when the
 * server is full.
 */
class AdmissionTests {

	private final List<String> refused = new CopyOnWriteArrayList<>();

	private final TestHub hub = new TestHub("chat",
			HubOptions.builder("/chat").limits(ClientLimits.builder().connectionsPerUser(1).build()).build());

	private final TestServer server = new TestServer(this.hub);

	private void limit(int perAddress) {
		this.server.registry
			.setLimits(new ConnectionLimits(perAddress, (hub, limit) -> this.refused.add(hub + " " + limit.label())));
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	private HttpResponse<String> negotiate() {
		return this.server.send("POST", "/chat/negotiate?negotiateVersion=1", "");
	}

	@Test
	void addressIsToldOnNegotiation() throws IOException {
		limit(2);
		String token = TestServer.token(negotiate().body());
		try (RawClient client = this.server.rawWebSocket("/chat?id=" + token)) {
			assertThat(client.isConnected()).isTrue();
			assertThat(negotiate().statusCode()).isEqualTo(200);
			HttpResponse<String> answer = negotiate();
			assertThat(answer.statusCode()).isEqualTo(429);
			assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain");
			assertThat(answer.body()).isEqualTo("Too many connections from this address");
			assertThat(this.refused).containsExactly("chat connections-per-address");
		}
		await().until(() -> negotiate().statusCode() == 200);
	}

	@Test
	void addressIsToldWhereNegotiationIsSkipped() throws IOException {
		limit(1);
		try (RawClient client = this.server.rawWebSocket("/chat")) {
			assertThat(client.isConnected()).isTrue();
			try (RawClient second = this.server.raw(TestServer.upgrade("/chat"))) {
				assertThat(second.readUntil("\r\n")).startsWith("HTTP/1.1 429");
				assertThat(second.readUntil("address")).endsWith("Too many connections from this address");
			}
		}
		await().until(() -> negotiate().statusCode() == 200);
	}

	@Test
	void userIsTold() {
		limit(0);
		this.hub.user = "ann";
		assertThat(negotiate().statusCode()).isEqualTo(200);
		HttpResponse<String> answer = negotiate();
		assertThat(answer.statusCode()).isEqualTo(429);
		assertThat(answer.body()).isEqualTo("Too many connections of this user");
		this.hub.user = "bob";
		assertThat(negotiate().statusCode()).isEqualTo(200);
		assertThat(this.refused).containsExactly("chat connections-per-user");
	}

	@Test
	void nothingIsHeldForWhoeverIsRefused() {
		limit(1);
		this.hub.rejection = new ConnectRejectedException(403, "No");
		assertThat(negotiate().statusCode()).isEqualTo(403);
		this.hub.rejection = null;
		this.hub.user = "ann";
		assertThat(negotiate().statusCode()).isEqualTo(200);
		this.hub.latest.terminate(CloseReason.SERVER_CLOSED, null);
		assertThat(negotiate().statusCode()).isEqualTo(200);
		assertThat(negotiate().statusCode()).isEqualTo(429);
		assertThat(this.server.registry.limits().size()).isEqualTo(2);
	}

	@Test
	void nothingIsHeldForWhoeverCannotUpgrade() throws IOException {
		limit(1);
		try (RawClient client = this.server
			.raw(TestServer.upgrade("/chat").replace("Sec-WebSocket-Version: 13", "Sec-WebSocket-Version: 7"))) {
			assertThat(client.readUntil("\r\n")).doesNotContain("101");
		}
		assertThat(this.server.registry.limits().size()).isZero();
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> {
			try (RawClient first = this.server.rawWebSocket("/chat");
					RawClient next = this.server.rawWebSocket("/chat")) {
				assertThat(first.isConnected()).isTrue();
				next.readFrame();
			}
		}).withMessageContaining("429");
	}

}
