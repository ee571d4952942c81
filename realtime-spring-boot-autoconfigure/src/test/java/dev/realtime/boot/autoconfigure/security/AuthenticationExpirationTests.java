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

package dev.realtime.boot.autoconfigure.security;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.security.Principal;
import java.time.Instant;

import dev.realtime.boot.autoconfigure.servlet.TestClient;
import dev.realtime.boot.autoconfigure.servlet.TestServer;
import dev.realtime.connection.ClientConnection;
import dev.realtime.connection.ConnectionState;
import dev.realtime.hub.AuthenticationExpiry;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.protocol.CloseReason;
import dev.realtime.transport.ConnectionRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.oauth2.jwt.JwtDecoder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for connections that outlive the authentication of their user.
 */
class AuthenticationExpirationTests {

	// within the clock skew that decoders tolerate
	private static final Instant EXPIRED = Instant.now().minusSeconds(5);

	private static TestServer server;

	@BeforeAll
	static void start() {
		server = TestServer.startSecured(Application.class, "realtime.signalr.close-on-authentication-expiration=true",
				"realtime.hubs.lasting.signalr.close-on-authentication-expiration=false");
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	private static TestClient client(String hub, String token) {
		return new TestClient(server.uri("/hubs/" + hub)).query("access_token=" + token);
	}

	private static ClientConnection negotiated() {
		ClientConnection[] found = new ClientConnection[1];
		server.context().getBean(ConnectionRegistry.class).forEach((connection) -> {
			if (connection.state() == ConnectionState.NEGOTIATED) {
				found[0] = connection;
			}
		});
		return found[0];
	}

	@Test
	void connectionEndsWithItsToken() {
		TestClient client = client("chat", Tokens.of("ann", EXPIRED)).connect();
		assertThat(client.next().toString()).isEqualTo("{\"type\":7,\"allowReconnect\":true}");
		assertThat(client.closed()).isEqualTo(1000);
	}

	@Test
	void othersGoOn() {
		TestClient valid = client("chat", Tokens.of("ann")).connect();
		TestClient lasting = client("lasting", Tokens.of("ann", EXPIRED)).connect();
		TestClient expired = client("chat", Tokens.of("bob", EXPIRED)).connect();
		assertThat(expired.closed()).isEqualTo(1000);
		assertThat(valid.isClosed()).isFalse();
		assertThat(lasting.isClosed()).isFalse();
		valid.close();
		lasting.close();
	}

	@Test
	void tokenOfTheNewestPollCounts() {
		TestClient ann = client("chat", Tokens.of("ann"));
		String id = JsonMapper.shared().readTree(ann.negotiate().body()).get("connectionToken").asString();
		ClientConnection connection = negotiated();
		assertThat(ann.get(poll(id, Tokens.of("ann"))).statusCode()).isEqualTo(200);
		assertThat(ann
			.send(HttpRequest.newBuilder(server.uri(poll(id, Tokens.of("ann"))))
				.POST(BodyPublishers.ofString("{\"protocol\":\"json\",\"version\":1}\u001e")))
			.statusCode()).isEqualTo(200);
		assertThat(ann.get(poll(id, Tokens.of("ann"))).body()).isEqualTo("{}\u001e");
		assertThat(connection.isEnding()).isFalse();
		assertThat(ann.get(poll(id, Tokens.of("ann", EXPIRED))).body())
			.isEqualTo("{\"type\":7,\"allowReconnect\":true}\u001e");
		assertThat(connection.closeReason()).isEqualTo(CloseReason.AUTHENTICATION_EXPIRED);
	}

	private static String poll(String id, String token) {
		return "/hubs/chat?id=" + id + "&access_token=" + token;
	}

	@Test
	void expiryOfTheApplication() {
		try (TestServer own = TestServer.startSecured(OwnExpiry.class,
				"realtime.hubs.chat.signalr.close-on-authentication-expiration=true")) {
			TestClient client = new TestClient(own.uri("/hubs/chat")).query("access_token=" + Tokens.of("ann"))
				.connect();
			Awaitility.await().until(client::isClosed);
			assertThat(client.next().toString()).isEqualTo("{\"type\":7,\"allowReconnect\":true}");
		}
	}

	@Configuration(proxyBeanMethods = false)
	@Import(ChatController.class)
	static class Application {

		@Bean
		JwtDecoder jwtDecoder() {
			return Tokens.decoder();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnExpiry extends Application {

		@Bean
		AuthenticationExpiry authenticationExpiry() {
			return (Principal principal) -> principal.getName().equals("ann") ? EXPIRED : null;
		}

	}

	@HubController({ "chat", "lasting" })
	static class ChatController {

	}

}
