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

import dev.realtime.boot.autoconfigure.servlet.TestClient;
import dev.realtime.boot.autoconfigure.servlet.TestServer;
import dev.realtime.hub.HubCallerContext;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for hubs in an application that is an OAuth 2 resource server: browsers send the
 * bearer token as query parameter.
 */
class ResourceServerTests {

	private static TestServer server;

	private final TestClient client = new TestClient(server.uri("/hubs/chat"));

	@BeforeAll
	static void start() {
		server = TestServer.startSecured(Application.class);
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@Test
	void tokenInTheQuery() {
		this.client.query("access_token=" + Tokens.of("bob")).connect();
		assertThat(this.client.invoke("userId").get("result").asString()).isEqualTo("bob");
		assertThat(this.client.invoke("subject").get("result").asString()).isEqualTo("bob");
		this.client.close();
	}

	@Test
	void tokenInTheHeader() {
		assertThat(this.client.negotiate("Authorization", "Bearer " + Tokens.of("bob")).statusCode()).isEqualTo(200);
	}

	@Test
	void wrongToken() {
		assertThat(this.client.query("access_token=wrong").negotiate().statusCode()).isEqualTo(401);
	}

	@Test
	void refusalHasABodyOnHubPaths() {
		assertThat(this.client.negotiate().body()).isEqualTo("Unauthorized");
		assertThat(this.client.get("/hubs/chat").body()).isEqualTo("Unauthorized");
		assertThat(this.client.get("/other").body()).isEmpty();
	}

	@Test
	void noToken() {
		assertThat(this.client.negotiate().statusCode()).isEqualTo(401);
	}

	@Test
	void tokenInTheQueryOfOtherPathsDoesNotCount() {
		assertThat(this.client.get("/other?access_token=" + Tokens.of("bob")).statusCode()).isEqualTo(401);
	}

	@ParameterizedTest
	@EnumSource
	void everythingIsGuarded(Exchange exchange) {
		String id = connectionToken(this.client.negotiate("Authorization", "Bearer " + Tokens.of("ann")));
		assertThat(exchange.send(this.client, id, "")).isEqualTo(401);
		assertThat(exchange.send(this.client, id, "&access_token=wrong")).isEqualTo(401);
		assertThat(exchange.send(this.client, id, "&access_token=" + Tokens.of("ann"))).isNotIn(401, 403);
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NEGOTIATE")
	void connectionIsForItsUserOnly(Exchange exchange) {
		String ann = "&access_token=" + Tokens.of("ann");
		String bob = "&access_token=" + Tokens.of("bob");
		String id = connectionToken(this.client.query(ann.substring(1)).negotiate());
		assertThat(exchange.send(this.client, id, bob)).isEqualTo(403);
		assertThat(Exchange.POLL.send(this.client, id, ann)).isEqualTo(200);
		assertThat(exchange.send(this.client, id, bob)).isEqualTo(403);
		assertThat(Exchange.SEND.send(this.client, id, ann)).isEqualTo(200);
		assertThat(Exchange.TERMINATE.send(this.client, id, ann)).isEqualTo(202);
	}

	@Test
	void connectionIsForItsUserOnlyWithAnotherTokenOfHis() {
		String id = connectionToken(this.client.query("access_token=" + Tokens.of("ann")).negotiate());
		String other = "&access_token=" + Tokens.of("ann", "other");
		assertThat(Exchange.POLL.send(this.client, id, other)).isEqualTo(200);
		assertThat(Exchange.SEND.send(this.client, id, other)).isEqualTo(200);
	}

	private static String connectionToken(HttpResponse<String> negotiation) {
		assertThat(negotiation.statusCode()).isEqualTo(200);
		return JsonMapper.shared().readTree(negotiation.body()).get("connectionToken").asString();
	}

	/**
	 * What a client sends.
	 */
	enum Exchange {

		NEGOTIATE {

			@Override
			HttpRequest.Builder request(URI uri) {
				return HttpRequest.newBuilder(URI.create(uri.toString().replace("/chat?", "/chat/negotiate?")))
					.POST(BodyPublishers.noBody());
			}

		},

		UPGRADE {

			@Override
			HttpRequest.Builder request(URI uri) {
				throw new UnsupportedOperationException();
			}

			@Override
			int send(TestClient client, String id, String query) {
				return client.upgrade("id=" + id + query);
			}

		},

		EVENTS {

			@Override
			HttpRequest.Builder request(URI uri) {
				return HttpRequest.newBuilder(uri).header("Accept", "text/event-stream");
			}

		},

		POLL {

			@Override
			HttpRequest.Builder request(URI uri) {
				return HttpRequest.newBuilder(uri);
			}

		},

		SEND {

			@Override
			HttpRequest.Builder request(URI uri) {
				return HttpRequest.newBuilder(uri)
					.POST(BodyPublishers.ofString("{\"protocol\":\"json\",\"version\":1}\u001e"));
			}

		},

		TERMINATE {

			@Override
			HttpRequest.Builder request(URI uri) {
				return HttpRequest.newBuilder(uri).DELETE();
			}

		};

		abstract HttpRequest.Builder request(URI uri);

		int send(TestClient client, String id, String query) {
			return client.start(request(server.uri("/hubs/chat?id=" + id + query)));
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

	@HubController("chat")
	static class ChatController {

		@HubMethod
		String userId(HubCallerContext caller) {
			return caller.userId();
		}

		@HubMethod
		String subject(@AuthenticationPrincipal Jwt token) {
			return token.getSubject();
		}

	}

}
