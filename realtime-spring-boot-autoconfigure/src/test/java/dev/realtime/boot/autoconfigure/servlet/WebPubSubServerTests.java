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

import java.net.URI;
import java.util.concurrent.CompletableFuture;

import dev.realtime.event.ClientEventHandler;
import dev.realtime.event.UserEventResponse;
import dev.realtime.hub.HubConfigurer;
import dev.realtime.hub.HubRegistry;
import dev.realtime.hub.Hubs;
import dev.realtime.hub.WebPubSubOptions;
import dev.realtime.hub.annotation.HubController;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for clients of Web PubSub in an application.
 */
class WebPubSubServerTests {

	private static TestServer server;

	@BeforeAll
	static void start() {
		server = TestServer.start(Application.class, RestCaller.PROPERTY, "realtime.web-pubsub.undeclared-hubs=allow",
				"realtime.hubs.open.web-pubsub.allow-anonymous=true");
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@Test
	void anonymousClientsConnectWhereTheyAreAllowed() {
		assertThat(PubSubClient.status(server.uri("/client/hubs/open"))).isEqualTo(101);
		assertThat(PubSubClient.status(server.uri("/client/?hub=open"))).isEqualTo(101);
		assertThat(PubSubClient.status(server.uri("/client/hubs/chat"))).isEqualTo(401);
	}

	@Test
	void undeclaredHubsAreCreatedWhenTheyAreAskedFor() {
		URI url = server.uri("/client/hubs/New_Hub");
		try (PubSubClient client = new PubSubClient(
				URI.create(url + "?access_token=" + RestCaller.token(url.toString())), "json.webpubsub.azure.v1")) {
			assertThat(client.next()).contains("\"connected\"");
			RestCaller rest = new RestCaller(server.uri(""));
			assertThat(rest.post("/api/hubs/new_hub/:send", "text/plain", "hello").statusCode()).isEqualTo(202);
			assertThat(client.next()).contains("\"data\":\"hello\"");
			assertThat(rest.post("/api/hubs/another/:send", "text/plain", "hello").statusCode()).isEqualTo(202);
			assertThat(rest.post("/api/hubs/an%2Fother/:send", "text/plain", "hello").statusCode()).isEqualTo(400);
		}
	}

	@Test
	void strangersCreateNoHubs() {
		assertThat(PubSubClient.status(server.uri("/client/hubs/stranger"))).isEqualTo(401);
		assertThat(new PubSubClient(server.uri("/client/hubs/stranger?awps_connection_id=x"), "x").closed())
			.isEqualTo(1008);
		assertThat(server.context().getBean(Hubs.class).contains("stranger")).isFalse();
	}

	@Test
	void handlersOfClientEventsTakePart() {
		URI url = server.context().getBean(Hubs.class).get("chat").clientAccess().userId("ann").url();
		try (PubSubClient client = new PubSubClient(url, "json.webpubsub.azure.v1")) {
			assertThat(client.next()).contains("\"connected\"", "\"userId\":\"ann\"");
			client.send("{\"type\":\"event\",\"event\":\"handled\",\"dataType\":\"text\",\"data\":\"x\",\"ackId\":1}");
			assertThat(client.next()).isEqualTo("{\"type\":\"ack\",\"ackId\":1,\"success\":true}");
			client.send("{\"type\":\"event\",\"event\":\"other\",\"dataType\":\"text\",\"data\":\"x\",\"ackId\":2}");
			assertThat(client.next()).startsWith("{\"type\":\"ack\",\"ackId\":2,\"success\":false,");
		}
	}

	@Test
	void nothingIsServedWithoutKey() {
		try (TestServer other = TestServer.start(OtherApplication.class)) {
			assertThat(PubSubClient.status(other.uri("/client/hubs/chat"))).isEqualTo(404);
			assertThat(new RestCaller(other.uri("")).sendRaw("POST", "/api/hubs/chat/:send")).isEqualTo(404);
			assertThat(new RestCaller(other.uri("")).sendRaw("HEAD", "/api/health")).isEqualTo(404);
		}
	}

	@Test
	void configurerOpensAHub() {
		try (TestServer other = TestServer.start(OpenApplication.class)) {
			assertThat(PubSubClient.status(other.uri("/client/hubs/chat"))).isEqualTo(101);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@Import(ChatController.class)
	static class OpenApplication implements HubConfigurer {

		@Override
		public void configureHubs(HubRegistry registry) {
			WebPubSubOptions open = WebPubSubOptions.builder().allowAnonymous(true).build();
			registry.hub("chat").options((options) -> options.webPubSub(open));
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(ChatController.class)
	static class OtherApplication {

	}

	@Configuration(proxyBeanMethods = false)
	@Import(ChatController.class)
	static class Application {

		@Bean
		ClientEventHandler clientEventHandler() {
			ClientEventHandler handler = mock(ClientEventHandler.class);
			given(handler.handles("chat", "handled")).willReturn(true);
			given(handler.userEvent(any(), any()))
				.willReturn(CompletableFuture.completedFuture(UserEventResponse.NONE));
			return handler;
		}

	}

	@HubController("chat")
	static class ChatController {

	}

}
