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

import dev.realtime.boot.autoconfigure.servlet.PubSubClient;
import dev.realtime.boot.autoconfigure.servlet.RestCaller;
import dev.realtime.boot.autoconfigure.servlet.TestServer;
import dev.realtime.hub.Hubs;
import dev.realtime.hub.annotation.HubController;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for Web PubSub beside Spring Security: its paths are authenticated by its own
 * tokens, all others as the application says, without any code.
 */
class WebPubSubSecurityTests {

	@Nested
	class FormLogin extends Secured {

		@Override
		TestServer serve() {
			return TestServer.startSecured(Application.class, RestCaller.PROPERTY);
		}

		@Override
		int refusal() {
			return 302;
		}

	}

	@Nested
	class ResourceServer extends Secured {

		@Override
		TestServer serve() {
			return TestServer.startSecured(ResourceServerApplication.class, RestCaller.PROPERTY);
		}

		@Override
		int refusal() {
			return 401;
		}

	}

	@TestInstance(Lifecycle.PER_CLASS)
	abstract static class Secured {

		private TestServer server;

		private RestCaller rest;

		abstract TestServer serve();

		abstract int refusal();

		@BeforeAll
		void start() {
			this.server = serve();
			this.rest = new RestCaller(this.server.uri(""));
		}

		@AfterAll
		void stop() {
			this.server.close();
		}

		@Test
		void restIsAuthenticatedByAccessKey() {
			try (PubSubClient client = new PubSubClient(url(), "json.webpubsub.azure.v1")) {
				assertThat(client.next()).contains("\"connected\"");
				HttpResponse<String> answer = this.rest.post("/api/hubs/chat/users/a%2Fb%25%3B/:send", "text/plain",
						"to somebody");
				assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
				assertThat(answer.headers().map()).doesNotContainKey("Set-Cookie");
				assertThat(this.rest.post("/api/hubs/chat/:send", "text/plain", "to all").statusCode()).isEqualTo(202);
				assertThat(client.next()).contains("\"data\":\"to all\"");
			}
			assertThat(this.rest.send("DELETE", "/api/hubs/chat/connections/nobody").statusCode()).isEqualTo(204);
			assertThat(this.rest.send("PUT", "/api/hubs/chat/users/nobody/groups/g").statusCode()).isEqualTo(404);
		}

		@Test
		void restWithoutTokenIsRefusedByItself() {
			HttpResponse<String> answer = this.rest
				.send(HttpRequest.newBuilder(this.server.uri("/api/hubs/chat/:send")).POST(BodyPublishers.noBody()));
			assertThat(answer.statusCode()).isEqualTo(401);
			assertThat(answer.headers().firstValue("x-ms-error-code")).hasValue("Error.Unauthorized");
		}

		@Test
		void healthIsOpen() {
			assertThat(this.rest
				.send(HttpRequest.newBuilder(this.server.uri("/api/health")).method("HEAD", BodyPublishers.noBody()))
				.statusCode()).isEqualTo(200);
		}

		@Test
		void clientsAreAuthenticatedByTheirTokens() {
			URI withoutToken = this.server.uri("/client/hubs/chat");
			assertThat(PubSubClient.status(withoutToken)).isEqualTo(401);
			assertThat(PubSubClient.status(URI.create(withoutToken + "?access_token=wrong"))).isEqualTo(401);
			assertThat(PubSubClient.status(url())).isEqualTo(101);
			assertThat(PubSubClient.status(URI.create(url().toString().replace("/hubs/chat?", "/?hub=chat&"))))
				.isEqualTo(101);
		}

		@Test
		void everythingElseIsSecuredAsBefore() {
			for (String path : new String[] { "/plain", "/api", "/api/hubs", "/api/health", "/api/other", "/clients",
					"/client/other", "/client/hubs/chat/more", "/API/hubs/chat/:send", "/hubs/chat" }) {
				HttpResponse<String> answer = this.rest.send(HttpRequest.newBuilder(this.server.uri(path))
					.header("Accept", "text/html")
					.header("Authorization", "Basic x")
					.GET());
				assertThat(answer.statusCode()).as(path).isIn(refusal(), 401);
			}
			HttpResponse<String> post = this.rest.send("POST", "/plain", BodyPublishers.noBody());
			assertThat(post.statusCode()).isIn(401, 403);
		}

		@Test
		void pathsThatPretendToBeTheApi() {
			for (String path : new String[] { "/api/hubs/../../plain", "/api/hubs/%2e%2e/%2e%2e/plain",
					"/api/hubs/..;/..;/plain", "/client/../plain", "/client/hubs/%2e%2e/%2e%2e/plain",
					"/client;/../plain", "//plain", "/x%2Fplain" }) {
				assertThat(this.rest.sendRaw("GET", path)).as(path).isIn(302, 400, 401);
			}
		}

		private URI url() {
			return this.server.context().getBean(Hubs.class).get("chat").clientAccess().userId("ann").url();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import({ ChatController.class, PlainController.class })
	static class Application {

	}

	@Configuration(proxyBeanMethods = false)
	@Import({ ChatController.class, PlainController.class })
	static class ResourceServerApplication {

		@Bean
		JwtDecoder jwtDecoder() {
			return Tokens.decoder();
		}

		@Bean
		SecurityFilterChain securityFilterChain(HttpSecurity http) {
			return http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated())
				.oauth2ResourceServer((server) -> server.jwt((jwt) -> {
				}))
				.build();
		}

	}

	@HubController("chat")
	static class ChatController {

	}

	@RestController
	static class PlainController {

		@GetMapping("/plain")
		String get() {
			return "plain";
		}

		@PostMapping("/plain")
		String post() {
			return "plain";
		}

	}

}
