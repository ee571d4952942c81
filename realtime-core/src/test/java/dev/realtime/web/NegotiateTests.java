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
import java.security.Principal;

import dev.realtime.event.ConnectRejectedException;
import dev.realtime.hub.HubOptions;
import dev.realtime.hub.NegotiateRedirector.Redirect;
import dev.realtime.protocol.HubHandshake;
import dev.realtime.protocol.TransportType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for negotiation.
 */
class NegotiateTests {

	private static final TestHub hub = new TestHub("chat", HubOptions.at("/chat"));

	private static final TestHub polling = new TestHub("polling",
			HubOptions.builder("/polling").transports(TransportType.LONG_POLLING).build());

	private static final TestHub strict = new TestHub("strict",
			HubOptions.builder("/strict").minimumProtocolVersion(1).build());

	private static final TestHub moved = new TestHub("moved", HubOptions.at("/moved"));

	private static final TestHub withoutBuffer = new TestHub("without-buffer",
			HubOptions.builder("/without-buffer").statefulReconnectBufferSize(0).build());

	private static final TestServer server = new TestServer((builder) -> builder.redirector(NegotiateTests::redirect),
			hub, polling, strict, moved, withoutBuffer);

	private static Redirect redirect(String hub, Principal principal, HubHandshake handshake) {
		if (!hub.equals("moved")) {
			return null;
		}
		Redirect redirect = Redirect.to("https://other.example.com/hubs/moved");
		return (principal != null) ? redirect.withAccessToken("token of " + principal.getName()) : redirect;
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@BeforeEach
	void reset() {
		hub.rejection = null;
	}

	@Test
	void versionOneHasIdAndToken() {
		HttpResponse<String> response = server.send("POST", "/chat/negotiate?negotiateVersion=1", "");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
		String id = TestServer.property(response.body(), "connectionId");
		String token = TestServer.property(response.body(), "connectionToken");
		assertThat(response.body()).isEqualTo("{\"negotiateVersion\":1,\"connectionId\":\"" + id
				+ "\",\"connectionToken\":\"" + token + "\",\"availableTransports\":["
				+ "{\"transport\":\"WebSockets\",\"transferFormats\":[\"Text\",\"Binary\"]},"
				+ "{\"transport\":\"ServerSentEvents\",\"transferFormats\":[\"Text\"]},"
				+ "{\"transport\":\"LongPolling\",\"transferFormats\":[\"Text\",\"Binary\"]}]}");
		assertThat(id).isEqualTo(hub.latest.id());
		assertThat(token).hasSize(22).isNotEqualTo(id);
		assertThat(server.registry.find(token)).isSameAs(hub.latest);
		assertThat(server.registry.find(id)).isNull();
	}

	@Test
	void clientIsSentToAnotherServer() {
		moved.latest = null;
		HttpResponse<String> response = server.send("POST", "/moved/negotiate?negotiateVersion=1", "");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
		assertThat(response.body()).isEqualTo("{\"url\":\"https://other.example.com/hubs/moved\"}");
		assertThat(server.send("POST", "/moved/negotiate?negotiateVersion=1", "", "X-User", "ann").body())
			.isEqualTo("{\"url\":\"https://other.example.com/hubs/moved\",\"accessToken\":\"token of ann\"}");
		assertThat(moved.latest).isNull();
	}

	@Test
	void versionBelowTheMinimumIsRefused() {
		assertThat(server.send("POST", "/strict/negotiate", "").body()).isEqualTo(
				"{\"error\":\"The client requested version '0', but the server does not support this version.\"}");
		assertThat(server.send("POST", "/strict/negotiate?negotiateVersion=1", "").body())
			.startsWith("{\"negotiateVersion\":1,");
	}

	@Test
	void versionZeroHasIdOnly() {
		String body = server.send("POST", "/chat/negotiate", "").body();
		String id = TestServer.property(body, "connectionId");
		assertThat(body).startsWith("{\"negotiateVersion\":0,\"connectionId\":\"" + id + "\",\"availableTransports\"");
		assertThat(server.registry.find(id)).isSameAs(hub.latest);
		assertThat(server.send("POST", "/chat/negotiate?negotiateVersion=0", "").body())
			.startsWith("{\"negotiateVersion\":0,");
	}

	@Test
	void higherVersionIsAnsweredWithOne() {
		assertThat(server.send("POST", "/chat/negotiate?negotiateVersion=2", "").body())
			.startsWith("{\"negotiateVersion\":1,");
	}

	@Test
	void keyOfVersionComparesWithoutCase() {
		assertThat(server.send("POST", "/chat/negotiate?x=y&NegotiateVersion=1", "").body())
			.startsWith("{\"negotiateVersion\":1,");
	}

	@Test
	void versionThatIsNoIntegerCreatesNothing() {
		int before = server.registry.size();
		HttpResponse<String> response = server.send("POST", "/chat/negotiate?negotiateVersion=x", "");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).isEqualTo("{\"error\":\"The client requested a non-integer protocol version.\"}");
		assertThat(server.send("POST", "/chat/negotiate?negotiateVersion=-1", "").body()).isEqualTo(
				"{\"error\":\"The client requested version '-1', but the server does not support this version.\"}");
		assertThat(server.registry.size()).isEqualTo(before);
	}

	@Test
	void onlyEnabledTransportsAreOffered() {
		assertThat(server.send("POST", "/polling/negotiate?negotiateVersion=1", "").body()).endsWith(
				"\"availableTransports\":[{\"transport\":\"LongPolling\",\"transferFormats\":[\"Text\",\"Binary\"]}]}");
	}

	@Test
	void statefulReconnectIsForThoseWhoAsk() {
		String body = server.send("POST", "/chat/negotiate?negotiateVersion=1&useStatefulReconnect=true", "").body();
		assertThat(body).contains("\"useStatefulReconnect\":true");
		assertThat(hub.latest.isResumeAgreed()).isTrue();
		assertThat(hub.latest.isResumable()).isFalse();
		assertNoStatefulReconnect("/chat/negotiate?negotiateVersion=1", hub);
		assertNoStatefulReconnect("/chat/negotiate?negotiateVersion=1&useStatefulReconnect=false", hub);
	}

	@Test
	void statefulReconnectNeedsABuffer() {
		assertNoStatefulReconnect("/without-buffer/negotiate?negotiateVersion=1&useStatefulReconnect=true",
				withoutBuffer);
	}

	@Test
	void statefulReconnectNeedsAToken() {
		assertNoStatefulReconnect("/chat/negotiate?useStatefulReconnect=true", hub);
		assertNoStatefulReconnect("/chat/negotiate?negotiateVersion=0&useStatefulReconnect=true", hub);
	}

	private static void assertNoStatefulReconnect(String path, TestHub hub) {
		HttpResponse<String> response = server.send("POST", path, "");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).contains("\"connectionId\"").doesNotContain("useStatefulReconnect");
		assertThat(hub.latest.isResumeAgreed()).isFalse();
	}

	@Test
	void otherMethodsAreNotAllowed() {
		for (String method : new String[] { "GET", "DELETE", "PUT", "OPTIONS", "HEAD" }) {
			HttpResponse<String> response = server.send(method, "/chat/negotiate", null);
			assertThat(response.statusCode()).as(method).isEqualTo(405);
			assertThat(response.headers().firstValue("Allow")).hasValue("POST");
			assertThat(response.headers().firstValue("Content-Type")).hasValue("text/plain");
			assertThat(response.body()).isEmpty();
		}
	}

	@Test
	void rejectionIsTheAnswer() {
		hub.rejection = new ConnectRejectedException(403, "Grüezi, not today");
		HttpResponse<String> response = server.send("POST", "/chat/negotiate?negotiateVersion=1", "");
		assertThat(response.statusCode()).isEqualTo(403);
		assertThat(response.headers().firstValue("Content-Type")).hasValue("text/plain;charset=UTF-8");
		assertThat(response.body()).isEqualTo("Grüezi, not today");
	}

	@Test
	void unauthorizedAlwaysHasABody() {
		hub.rejection = new ConnectRejectedException(401, null);
		HttpResponse<String> response = server.send("POST", "/chat/negotiate?negotiateVersion=1", "");
		assertThat(response.statusCode()).isEqualTo(401);
		assertThat(response.headers().firstValue("Content-Type")).hasValue("text/plain");
		assertThat(response.body()).isEqualTo("Unauthorized");
		hub.rejection = new ConnectRejectedException(503, null);
		assertThat(server.send("POST", "/chat/negotiate", "").body()).isEmpty();
	}

	@Test
	void handshakeIsACopyWithoutSecrets() {
		server.send("POST", "/chat/negotiate?room=a%20b&room=c&access_token=secret&id=secret&flag", "", "X-Tenant",
				"acme", "Authorization", "Bearer secret", "Cookie", "a=1; b=2");
		HubHandshake handshake = hub.handshake.get();
		assertThat(handshake.uri())
			.hasToString("http://127.0.0.1:" + server.port() + "/chat/negotiate?room=a%20b&room=c&id=***&flag");
		assertThat(handshake.query().get("room")).containsExactly("a b", "c");
		assertThat(handshake.query()).containsOnlyKeys("room", "flag");
		assertThat(handshake.headers().getFirst("x-TENANT")).isEqualTo("acme");
		assertThat(handshake.headers().keySet()).noneMatch("authorization"::equalsIgnoreCase)
			.noneMatch("cookie"::equalsIgnoreCase);
		assertThat(handshake.cookies().getFirst("b")).isEqualTo("2");
		assertThat(handshake.remoteAddress().getAddress().isLoopbackAddress()).isTrue();
		handshake.attributes().put("mutable", true);
		assertThat(handshake.toString()).doesNotContain("secret");
	}

}
