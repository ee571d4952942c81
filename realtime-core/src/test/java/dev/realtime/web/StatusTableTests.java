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

import java.net.http.HttpResponse;

import dev.realtime.connection.ClientConnection;
import dev.realtime.event.ConnectRejectedException;
import dev.realtime.hub.HubOptions;
import dev.realtime.protocol.CloseReason;
import dev.realtime.protocol.TransportType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the statuses and texts a hub's path answers with.
 */
class StatusTableTests {

	private static final String[] EVENTS = { "Accept", "text/event-stream" };

	private static final TestHub hub = new TestHub("chat", HubOptions.at("/chat"));

	private static final TestHub other = new TestHub("other", HubOptions.at("/other"));

	private static final TestHub onlyEvents = new TestHub("events",
			HubOptions.builder("/events").transports(TransportType.SERVER_SENT_EVENTS).build());

	private static final TestHub onlyPolling = new TestHub("polling",
			HubOptions.builder("/polling").transports(TransportType.LONG_POLLING).build());

	private static final TestServer server = new TestServer(hub, other, onlyEvents, onlyPolling);

	@AfterAll
	static void stop() {
		server.close();
	}

	@Test
	void withoutId() {
		expect(server.send("GET", "/chat", null), 400, "Connection ID required");
		expect(server.send("GET", "/chat?id=", null), 400, "Connection ID required");
		expect(server.send("GET", "/chat", null, EVENTS), 400, "Connection ID required");
		expect(server.send("POST", "/chat", "x"), 400, "Connection ID required");
		expect(server.send("DELETE", "/chat", null), 400, "Connection ID required");
	}

	@Test
	void unknownId() throws Exception {
		expect(server.send("GET", "/chat?id=nobody", null), 404, "No Connection with that ID");
		expect(server.send("GET", "/chat?ID=nobody", null, EVENTS), 404, "No Connection with that ID");
		expect(server.send("POST", "/chat?id=nobody", "x"), 404, "No Connection with that ID");
		expect(server.send("DELETE", "/chat?id=nobody", null), 404, "No Connection with that ID");
		expectUpgrade("/chat?id=nobody", 404, "No Connection with that ID");
	}

	@Test
	void endedConnection() throws Exception {
		String token = server.negotiate("/chat");
		hub.latest.close(CloseReason.SERVER_CLOSED, null);
		expect(server.send("GET", "/chat?id=" + token, null, EVENTS), 404, "No Connection with that ID");
		expectUpgrade("/chat?id=" + token, 404, "No Connection with that ID");
	}

	@Test
	void transportNotEnabled() throws Exception {
		String token = server.negotiate("/events");
		expect(server.send("GET", "/events?id=" + token, null), 404,
				"LongPolling transport not supported by this end point type");
		expectUpgrade("/events?id=" + token, 404, "WebSockets transport not supported by this end point type");
		onlyEvents.latest = null;
		expectUpgrade("/events", 404, "WebSockets transport not supported by this end point type");
		assertThat(onlyEvents.latest).isNull();
		token = server.negotiate("/polling");
		expect(server.send("GET", "/polling?id=" + token, null, EVENTS), 404,
				"ServerSentEvents transport not supported by this end point type");
	}

	@Test
	void secondTransportOfSameType() throws Exception {
		String token = server.negotiate("/chat");
		try (TestServer.RawClient events = events(token)) {
			assertThat(events.isConnected()).isTrue();
			expect(server.send("GET", "/chat?id=" + token, null, EVENTS), 409, "");
		}
		token = server.negotiate("/chat");
		try (TestServer.RawClient webSocket = server.raw(TestServer.upgrade("/chat?id=" + token))) {
			assertThat(webSocket.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 101 ");
			expectUpgrade("/chat?id=" + token, 409, "");
		}
	}

	@Test
	void otherTransport() throws Exception {
		String changed = "Cannot change transports mid-connection";
		String token = server.negotiate("/chat");
		try (TestServer.RawClient events = events(token)) {
			assertThat(events.isConnected()).isTrue();
			expect(server.send("GET", "/chat?id=" + token, null), 400, changed);
			expectUpgrade("/chat?id=" + token, 400, changed);
			expect(server.send("DELETE", "/chat?id=" + token, null), 400,
					"Cannot terminate this connection using the DELETE endpoint.");
		}
		token = server.negotiate("/chat");
		expect(server.send("GET", "/chat?id=" + token, null), 200, "");
		expect(server.send("GET", "/chat?id=" + token, null, EVENTS), 400, changed);
		expectUpgrade("/chat?id=" + token, 400, changed);
	}

	@Test
	void requestsToWebSocketConnection() throws Exception {
		String token = server.negotiate("/chat");
		try (TestServer.RawClient webSocket = server.raw(TestServer.upgrade("/chat?id=" + token))) {
			assertThat(webSocket.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 101 ");
			expect(server.send("POST", "/chat?id=" + token, "x"), 405,
					"POST requests are not allowed for WebSocket connections.");
			expect(server.send("DELETE", "/chat?id=" + token, null), 400,
					"Cannot terminate this connection using the DELETE endpoint.");
			expect(server.send("GET", "/chat?id=" + token, null), 400, "Cannot change transports mid-connection");
		}
	}

	@Test
	void sendBeforeTransport() {
		String token = server.negotiate("/chat");
		expect(server.send("POST", "/chat?id=" + token, "x"), 400, "");
	}

	@Test
	void foreignToken() throws Exception {
		String token = server.negotiate("/chat", "X-User", "ann");
		expectForbidden("/other?id=" + token, "X-User", "ann");
		expectForbidden("/chat?id=" + token, "X-User", "bob");
		expectForbidden("/chat?id=" + token, "X-Nobody", "-");
		expect(server.send("GET", "/chat?id=" + token, null, "X-User", "ann"), 200, "");
		expectForbidden("/chat?id=" + token, "X-User", "bob");
		String anonymous = server.negotiate("/chat");
		expectForbidden("/chat?id=" + anonymous, "X-User", "ann");
	}

	private void expectForbidden(String path, String... headers) throws Exception {
		expect(server.send("GET", path, null, headers), 403, "Forbidden");
		expect(server.send("GET", path, null, headers[0], headers[1], "Accept", "text/event-stream"), 403, "Forbidden");
		expect(server.send("POST", path, "x", headers), 403, "Forbidden");
		expect(server.send("DELETE", path, null, headers), 403, "Forbidden");
		expectUpgrade(path, 403, "Forbidden", headers);
	}

	@Test
	void otherMethods() {
		for (String method : new String[] { "PUT", "PATCH", "OPTIONS", "HEAD" }) {
			HttpResponse<String> response = server.send(method, "/chat?id=x", null);
			expect(response, 405, "");
			assertThat(response.headers().firstValue("Allow")).hasValue("GET, POST, DELETE");
		}
	}

	@Test
	void rejectedUpgradeWithoutId() throws Exception {
		int before = server.registry.size();
		other.rejection = new ConnectRejectedException(401, null);
		expectUpgrade("/other", 401, "Unauthorized");
		other.rejection = null;
		assertThat(server.registry.size()).isEqualTo(before);
	}

	@Test
	void upgradeThatIsNotValid() throws Exception {
		other.latest = null;
		String request = TestServer.upgrade("/other").replace("Sec-WebSocket-Version: 13", "Sec-WebSocket-Version: 7");
		try (TestServer.RawClient client = server.raw(request)) {
			assertThat(client.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 426 ");
		}
		ClientConnection connection = other.latest;
		assertThat(connection == null || connection.isEnding()).isTrue();
	}

	private TestServer.RawClient events(String token) throws Exception {
		TestServer.RawClient client = server
			.raw("GET /chat?id=" + token + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n\r\n");
		assertThat(client.readUntil(":\r\n")).startsWith("HTTP/1.1 200 ");
		return client;
	}

	private static void expectUpgrade(String path, int status, String text, String... headers) throws Exception {
		try (TestServer.RawClient client = server.raw(TestServer.upgrade(path, headers))) {
			String head = client.readUntil("\r\n\r\n");
			assertThat(head).startsWith("HTTP/1.1 " + status + " ");
			assertThat(head).containsIgnoringCase("Content-Type: text/plain\r\n");
			assertThat(new String(client.read(text.length()))).isEqualTo(text);
		}
	}

	private static void expect(HttpResponse<String> response, int status, String text) {
		assertThat(response.statusCode()).isEqualTo(status);
		assertThat(response.body()).isEqualTo(text);
		if (status >= 400) {
			assertThat(response.headers().firstValue("Content-Type")).hasValue("text/plain");
		}
	}

}
