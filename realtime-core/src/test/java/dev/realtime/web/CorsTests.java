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
import java.util.List;

import dev.realtime.event.ConnectRejectedException;
import dev.realtime.hub.HubOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.web.cors.CorsConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for requests of web pages of other origins.
 */
class CorsTests {

	private static final String FRIEND = "https://friend.example";

	private static final String STRANGER = "https://stranger.example";

	private static final TestHub closedHub = new TestHub("chat", HubOptions.at("/chat"));

	private static final TestHub openHub = new TestHub("chat", HubOptions.at("/chat"));

	private static final TestServer closed = new TestServer(closedHub);

	private static final TestServer open = new TestServer(CorsTests::allowFriend, openHub);

	// the client leaves Origin and Host alone otherwise
	@BeforeAll
	static void checkClient() {
		assertThat(open.send("POST", "/chat/negotiate", "", "Origin", FRIEND).statusCode()).isEqualTo(200);
	}

	@AfterAll
	static void stop() {
		closed.close();
		open.close();
	}

	@BeforeEach
	void reset() {
		closedHub.latest = null;
		openHub.latest = null;
		openHub.rejection = null;
	}

	private static HubWeb.Builder allowFriend(HubWeb.Builder builder) {
		CorsConfiguration cors = new CorsConfiguration();
		cors.setAllowedOrigins(List.of(FRIEND));
		cors.addAllowedHeader("X-Tenant");
		return builder.cors(cors);
	}

	@Test
	void sameOriginAndNoOriginAreAllowed() throws Exception {
		String own = "http://127.0.0.1:" + closed.port();
		assertThat(closed.send("POST", "/chat/negotiate", "").statusCode()).isEqualTo(200);
		assertThat(closed.send("POST", "/chat/negotiate", "", "Origin", own).statusCode()).isEqualTo(200);
		assertThat(upgrade(closed, null)).startsWith("HTTP/1.1 101 ");
		assertThat(upgrade(closed, "http://127.0.0.1")).startsWith("HTTP/1.1 101 ");
	}

	@Test
	void foreignOriginIsRefusedBeforeAnybodyIsAsked() throws Exception {
		HttpResponse<String> response = closed.send("POST", "/chat/negotiate", "", "Origin", STRANGER);
		assertThat(response.statusCode()).isEqualTo(403);
		assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
		assertThat(upgrade(closed, STRANGER)).startsWith("HTTP/1.1 403 ");
		assertThat(upgrade(closed, "null")).startsWith("HTTP/1.1 403 ");
		assertThat(closedHub.latest).isNull();
		assertThat(upgrade(open, STRANGER)).startsWith("HTTP/1.1 403 ");
		assertThat(openHub.latest).isNull();
	}

	@Test
	void preflightIsRefusedByDefault() {
		assertThat(preflight(closed, FRIEND, "POST", "x-requested-with").statusCode()).isEqualTo(403);
	}

	@Test
	void preflightOfFriendIsAllowed() {
		for (String method : new String[] { "GET", "POST", "DELETE" }) {
			HttpResponse<String> response = preflight(open, FRIEND, method,
					"x-requested-with,x-signalr-user-agent,content-type,authorization,x-tenant");
			assertThat(response.statusCode()).isEqualTo(200);
			assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).hasValue(FRIEND);
			assertThat(response.headers().firstValue("Access-Control-Allow-Credentials")).hasValue("true");
			assertThat(response.headers().firstValue("Access-Control-Allow-Methods")).hasValue("GET,POST,DELETE");
			assertThat(response.headers().firstValue("Access-Control-Allow-Headers").orElse("").split(", "))
				.containsExactlyInAnyOrder("x-requested-with", "x-signalr-user-agent", "content-type", "authorization",
						"x-tenant");
		}
		assertThat(preflight(open, FRIEND, "PUT", "content-type").statusCode()).isEqualTo(403);
		assertThat(preflight(open, FRIEND, "POST", "x-other").headers().firstValue("Access-Control-Allow-Headers"))
			.isEmpty();
		assertThat(preflight(open, STRANGER, "POST", "content-type").statusCode()).isEqualTo(403);
	}

	@Test
	void answersToFriendCarryHeaders() throws Exception {
		expectAllowed(open.send("POST", "/chat/negotiate", "", "Origin", FRIEND), 200);
		assertThat(upgrade(open, FRIEND)).startsWith("HTTP/1.1 101 ");
		String token = open.negotiate("/chat");
		expectAllowed(open.send("GET", "/chat?id=" + token, null, "Origin", FRIEND), 200);
		openHub.latest.send(openHub.handler.body("x"));
		expectAllowed(open.send("GET", "/chat?id=" + token, null, "Origin", FRIEND), 200);
		expectAllowed(open.send("POST", "/chat?id=" + token, "y", "Origin", FRIEND), 200);
		expectAllowed(open.send("DELETE", "/chat?id=" + token, null, "Origin", FRIEND), 202);
		expectAllowed(open.send("GET", "/chat?id=" + token, null, "Origin", FRIEND), 204);
	}

	@Test
	void errorsToFriendCarryHeaders() {
		expectAllowed(open.send("GET", "/chat", null, "Origin", FRIEND), 400);
		expectAllowed(open.send("POST", "/chat?id=x", "", "Origin", FRIEND), 404);
		expectAllowed(open.send("GET", "/chat/negotiate", null, "Origin", FRIEND), 405);
		openHub.rejection = new ConnectRejectedException(401, null);
		expectAllowed(open.send("POST", "/chat/negotiate", "", "Origin", FRIEND), 401);
	}

	@Test
	void allOriginsMeansNoCredentials() {
		CorsConfiguration all = new CorsConfiguration();
		all.addAllowedOrigin("*");
		CorsConfiguration completed = HubCors.complete(all);
		assertThat(completed.getAllowCredentials()).isFalse();
		assertThat(completed.checkOrigin(STRANGER)).isEqualTo("*");
		assertThat(completed.getAllowedMethods()).containsExactly("GET", "POST", "DELETE");
	}

	private static void expectAllowed(HttpResponse<String> response, int status) {
		assertThat(response.statusCode()).isEqualTo(status);
		assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).hasValue(FRIEND);
		assertThat(response.headers().firstValue("Access-Control-Allow-Credentials")).hasValue("true");
	}

	private static HttpResponse<String> preflight(TestServer server, String origin, String method, String headers) {
		return server.send("OPTIONS", "/chat", null, "Origin", origin, "Access-Control-Request-Method", method,
				"Access-Control-Request-Headers", headers);
	}

	private static String upgrade(TestServer server, String origin) throws Exception {
		String request = (origin != null) ? TestServer.upgrade("/chat", "Origin", origin) : TestServer.upgrade("/chat");
		try (TestServer.RawClient client = server.raw(request)) {
			return client.readUntil("\r\n\r\n");
		}
	}

}
