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

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.security.Principal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.realtime.boot.autoconfigure.servlet.TestClient;
import dev.realtime.boot.autoconfigure.servlet.TestServer;
import dev.realtime.hub.HubCallerContext;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import dev.realtime.raw.ConnectionController;
import dev.realtime.raw.RawConnection;
import dev.realtime.raw.RawConnectionHandler;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for hubs in an application with Spring Security as it is by default: form login
 * and protection against CSRF, without any code.
 */
class FormLoginTests {

	private static final Pattern CSRF_TOKEN = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

	private static TestServer server;

	private final TestClient client = new TestClient(server.uri("/hubs/chat"));

	@BeforeAll
	static void start() {
		server = TestServer.startSecured(Application.class, "spring.security.user.name=ann",
				"spring.security.user.password=secret");
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@Test
	void principalIsKnownInHubs() {
		login();
		this.client.connect();
		assertThat(this.client.invoke("userId").get("result").asString()).isEqualTo("ann");
		assertThat(this.client.invoke("principalName").get("result").asString()).isEqualTo("ann");
		assertThat(this.client.invoke("username").get("result").asString()).isEqualTo("ann");
		assertThat(this.client.invoke("expression").get("result").asString()).isEqualTo("ann");
		this.client.close();
	}

	@Test
	void loggingOutClosesTheConnectionsOfTheSession() {
		login();
		this.client.connect();
		TestClient other = new TestClient(server.uri("/hubs/chat"));
		login(other);
		other.connect();
		HttpResponse<String> answer = this.client.post("/logout", "_csrf=" + csrfToken(this.client, "/logout"));
		assertThat(answer.statusCode()).isEqualTo(204);
		assertThat(this.client.next().toString()).isEqualTo("{\"type\":7}");
		assertThat(this.client.closed()).isEqualTo(1008);
		assertThat(other.invoke("userId").get("result").asString()).isEqualTo("ann");
		other.close();
	}

	@Test
	void whoIsNotLoggedInIsRefused() {
		HttpResponse<String> answer = this.client.negotiate("X-Requested-With", "XMLHttpRequest");
		assertThat(answer.statusCode()).isEqualTo(401);
	}

	@Test
	void hubPathsAreExemptFromProtectionAgainstCsrf() {
		login();
		assertThat(this.client.negotiate().statusCode()).isEqualTo(200);
		URI unknown = server.uri("/hubs/chat?id=unknown");
		assertThat(this.client.send(HttpRequest.newBuilder(unknown).POST(BodyPublishers.noBody())).statusCode())
			.isEqualTo(404);
		assertThat(this.client.send(HttpRequest.newBuilder(unknown).DELETE()).statusCode()).isEqualTo(404);
	}

	@Test
	void pathsOfRawConnectionsAreExemptAndKnowTheUser() {
		login();
		HttpResponse<String> negotiated = this.client
			.send(request("/who/negotiate?negotiateVersion=1").POST(BodyPublishers.noBody()));
		assertThat(negotiated.statusCode()).isEqualTo(200);
		String path = "/who?id=" + JsonMapper.shared().readTree(negotiated.body()).get("connectionToken").asString();
		assertThat(this.client.send(request(path).GET()).statusCode()).isEqualTo(200);
		assertThat(this.client.send(request(path).POST(BodyPublishers.ofString("?"))).statusCode()).isEqualTo(200);
		assertThat(this.client.send(request(path).GET()).body()).isEqualTo("ann ann");
		assertThat(this.client.send(request(path).DELETE()).statusCode()).isEqualTo(202);
		assertThat(this.client.send(request("/who").PUT(BodyPublishers.noBody())).statusCode()).isEqualTo(403);
	}

	private static HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(server.uri(path));
	}

	@Test
	void otherMethodsAndPathsAreNotExempt() {
		login();
		assertThat(this.client.send(HttpRequest.newBuilder(server.uri("/hubs/chat")).PUT(BodyPublishers.noBody()))
			.statusCode()).isEqualTo(403);
		assertThat(this.client.send(HttpRequest.newBuilder(server.uri("/hubs/chat/negotiate")).DELETE()).statusCode())
			.isEqualTo(403);
		assertThat(this.client.post("/plain", "").statusCode()).isEqualTo(403);
		assertThat(this.client.post("/hubs/chat/more", "").statusCode()).isEqualTo(403);
		assertThat(this.client.post("/hubs/other/negotiate", "").statusCode()).isEqualTo(403);
	}

	private void login() {
		login(this.client);
	}

	private static void login(TestClient client) {
		HttpResponse<String> answer = client.post("/login",
				"username=ann&password=secret&_csrf=" + csrfToken(client, "/login"));
		assertThat(answer.statusCode()).isEqualTo(302);
		assertThat(answer.headers().firstValue("Location").orElseThrow()).doesNotContain("error");
	}

	private static String csrfToken(TestClient client, String page) {
		Matcher token = CSRF_TOKEN.matcher(client.get(page).body());
		assertThat(token.find()).isTrue();
		return token.group(1);
	}

	@Configuration(proxyBeanMethods = false)
	@Import({ ChatController.class, PlainController.class, Who.class })
	static class Application {

	}

	@HubController("chat")
	static class ChatController {

		@HubMethod
		String userId(HubCallerContext caller) {
			return caller.userId();
		}

		@HubMethod
		String principalName(Principal principal) {
			return principal.getName();
		}

		@HubMethod
		String username(@AuthenticationPrincipal UserDetails user) {
			return user.getUsername();
		}

		@HubMethod
		String expression(@AuthenticationPrincipal(expression = "username") String username) {
			return username;
		}

	}

	@ConnectionController("/who")
	static class Who implements RawConnectionHandler {

		@Override
		public void onData(RawConnection connection, ByteBuffer data) {
			connection
				.send(connection.userId() + " " + SecurityContextHolder.getContext().getAuthentication().getName());
		}

	}

	@RestController
	static class PlainController {

		@PostMapping("/plain")
		String plain() {
			return "plain";
		}

	}

}
