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
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;

import dev.realtime.hub.HubCallerContext;
import dev.realtime.hub.Hubs;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what an application without Spring Security is safe from as it is.
 */
@ExtendWith(OutputCaptureExtension.class)
class SecurityDefaultsTests {

	private static final String RELIABLE = "json.reliable.webpubsub.azure.v1";

	private static TestServer server;

	@BeforeAll
	static void start() {
		server = TestServer.start(Application.class, RestCaller.PROPERTY, "logging.level.dev.realtime=trace");
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	private static TestClient client() {
		return new TestClient(server.uri("/hubs/chat"));
	}

	private static JsonNode negotiate() {
		return JsonMapper.shared().readTree(client().negotiate().body());
	}

	@Test
	void pagesOfOtherOriginsCannotConnect() {
		assertThat(client().negotiate("Origin", "https://elsewhere.example").statusCode()).isEqualTo(403);
		assertThat(client().negotiate("Origin", "null").statusCode()).isEqualTo(403);
		assertThat(client().negotiate("Origin", server.uri("").toString()).statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@CsvSource({ "POST, /api/hubs/chat/:send", "GET, /api/hubs/chat/groups/g/connections",
			"DELETE, /api/hubs/chat/users/u/groups/g", "POST, /api/hubs/chat/:generateToken",
			"POST, /api/hubs/unknown/:send" })
	void nobodyUsesTheRestApiWithoutAToken(String method, String path) {
		HttpRequest.Builder request = HttpRequest.newBuilder(server.uri(path + "?api-version=2024-12-01"))
			.method(method, BodyPublishers.noBody());
		assertThat(client().send(request).statusCode()).isEqualTo(401);
	}

	@Test
	void nobodyConnectsToWebPubSubWithoutAToken() {
		assertThat(PubSubClient.status(server.uri("/client/hubs/chat"))).isEqualTo(401);
	}

	@Test
	void tokensAreRandomAndNoIdIsOne() {
		Set<String> seen = new HashSet<>();
		for (int i = 0; i < 100; i++) {
			JsonNode answer = negotiate();
			String token = answer.get("connectionToken").asString();
			String id = answer.get("connectionId").asString();
			assertThat(Base64.getUrlDecoder().decode(token)).hasSizeGreaterThanOrEqualTo(16);
			assertThat(seen.add(token)).isTrue();
			assertThat(seen.add(id)).isTrue();
		}
	}

	@Test
	void publicIdOfAnotherClientIsOfNoUse() {
		TestClient client = client().connect();
		String id = client.invoke("id").get("result").asString();
		assertThat(client().get("/hubs/chat?id=" + id).statusCode()).isEqualTo(404);
		assertThat(client().upgrade("id=" + id)).isEqualTo(404);
		assertThat(client().post("/hubs/chat?id=" + id, "").statusCode()).isEqualTo(404);
		client.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/hubs/chat?id=<script>", "/hubs/chat/negotiate?negotiateVersion=<script>",
			"/client/hubs/<script>", "/client/?hub=<script>", "/client/hubs/chat?access_token=<script>",
			"/client/hubs/chat?webpubsub_mode=<script>", "/api/hubs/<script>/:send", "/api/hubs/chat/<script>",
			"/api/<script>" })
	void answersRepeatNothingOfARequest(String target) throws IOException {
		for (String method : Set.of("GET", "POST")) {
			String answer = answer(method, target);
			assertThat(answer).as(method + " " + answer).doesNotContain("<script>").doesNotContain("%3Cscript");
		}
	}

	private static String answer(String method, String target) throws IOException {
		try (Socket socket = new Socket("localhost", server.port())) {
			socket.setSoTimeout(10_000);
			String encoded = target.replace("<", "%3C").replace(">", "%3E");
			socket.getOutputStream()
				.write("""
						%s %s HTTP/1.1\r
						Host: localhost:%d\r
						Authorization: Bearer %s\r
						Accept: text/html\r
						Content-Type: text/plain\r
						Content-Length: 0\r
						Connection: close\r
						\r
						""".formatted(method, encoded, server.port(), RestCaller.token(server.uri(encoded).toString()))
					.getBytes(StandardCharsets.US_ASCII));
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	@Test
	void browsersDoNotTakeErrorsForPages() {
		HttpResponse<String> unknown = client().get("/hubs/chat?id=unknown");
		assertThat(unknown.statusCode()).isEqualTo(404);
		assertThat(unknown.headers().firstValue("Content-Type")).hasValue("text/plain");
		assertThat(unknown.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
		HttpResponse<String> refused = client().get("/api/hubs/chat/groups/g/connections");
		assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/json");
		assertThat(refused.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
	}

	@Test
	void secretsAreNotLogged(CapturedOutput output) {
		Set<String> secrets = new HashSet<>(Set.of(RestCaller.KEY));
		secrets.add(negotiate().get("connectionToken").asString());
		URI url = URI.create(server.context().getBean(Hubs.class).get("chat").clientAccess().url().toString());
		secrets.add(url.getQuery().replaceFirst(".*access_token=", ""));
		TestClient failing = client().query("access_token=secret-of-the-query").connect();
		failing.invoke("fail");
		failing.invoke("unknown");
		failing.close();
		PubSubClient client = new PubSubClient(url, RELIABLE);
		secrets.add(client.next().replaceFirst(".*\"reconnectionToken\":\"([^\"]+)\".*", "$1"));
		client.send("{\"type\":\"event\",\"event\":\"fail\",\"data\":[],\"ackId\":1}");
		assertThat(client.next()).contains("\"ack\"");
		client.send("nonsense");
		assertThat(client.closed()).isEqualTo(1007);
		PubSubClient.status(URI.create(server.uri("/client/hubs/chat") + "?access_token=secret-of-the-query"));
		assertThat(client().get("/hubs/chat;jsessionid=secret-of-the-query?id=secret-of-the-query").statusCode())
			.isEqualTo(404);
		// something was logged at all
		assertThat(output).contains("Hub method 'fail' failed")
			.contains("Refused GET \"/hubs/chat\": 404 \"No Connection with that ID\"")
			.contains("Refused GET \"/client/hubs/chat\": 401 \"Invalid access token\"")
			.doesNotContain("secret-of-the-query");
		assertThat(secrets).hasSize(4).allSatisfy((secret) -> {
			assertThat(secret).hasSizeGreaterThan(15);
			assertThat(output).doesNotContain(secret);
		});
	}

	@Configuration(proxyBeanMethods = false)
	@Import(ChatController.class)
	static class Application {

	}

	@HubController("chat")
	static class ChatController {

		@HubMethod
		String id(HubCallerContext caller) {
			return caller.connectionId();
		}

		@HubMethod
		void fail(HubCallerContext caller) {
			throw new IllegalStateException("Failed for " + caller.handshake());
		}

	}

}
