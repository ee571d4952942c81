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

import java.security.Principal;

import dev.realtime.boot.autoconfigure.servlet.PubSubClient;
import dev.realtime.boot.autoconfigure.servlet.RestCaller;
import dev.realtime.boot.autoconfigure.servlet.TestServer;
import dev.realtime.event.ConnectEventRequest;
import dev.realtime.event.ConnectEventResponse;
import dev.realtime.event.EventHandler;
import dev.realtime.event.EventType;
import dev.realtime.hub.HubCallerContext;
import dev.realtime.hub.Hubs;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for annotations of Spring Security on what Web PubSub clients call, whose roles
 * are those of their tokens unless a handler of the connect event replaces them.
 */
class WebPubSubMethodSecurityTests {

	private static TestServer server;

	@BeforeAll
	static void start() {
		server = TestServer.startSecured(Application.class, RestCaller.PROPERTY);
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@ParameterizedTest
	@CsvSource({ "ann, ROLE_ADMIN, ann", "ann, ROLE_USER, ", "fallen, ROLE_ADMIN, ", "risen, ROLE_USER, risen",
			"renamed, ROLE_ADMIN, bob", ", ROLE_ADMIN, ", "nobody, ROLE_ADMIN, " })
	void rolesDecide(@Nullable String user, String role, @Nullable String name) {
		try (PubSubClient client = new PubSubClient(
				server.context().getBean(Hubs.class).get("chat").clientAccess().userId(user).roles(role).url(),
				"json.webpubsub.azure.v1")) {
			client.next();
			client.send("{\"type\":\"event\",\"event\":\"admin\",\"dataType\":\"json\",\"data\":[],\"ackId\":1}");
			String answer = client.next();
			if (name == null) {
				assertThat(answer).contains("\"success\":false", "\"name\":\"Forbidden\"");
			}
			else {
				assertThat(answer).contains("\"data\":\"" + name + " " + name + "\"");
				assertThat(client.next()).contains("\"success\":true");
			}
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableMethodSecurity
	@Import(ChatController.class)
	static class Application {

	}

	@HubController("chat")
	static class ChatController {

		@HubMethod
		@PreAuthorize("hasRole('ADMIN')")
		String admin(Principal principal, HubCallerContext caller) {
			return principal.getName() + " " + caller.userId();
		}

		@EventHandler(type = EventType.CONNECT)
		@Nullable ConnectEventResponse connect(ConnectEventRequest request) {
			return switch (String.valueOf(request.userId())) {
				case "fallen" -> ConnectEventResponse.accept().roles(new String[0]);
				case "risen" -> ConnectEventResponse.accept().roles("ROLE_ADMIN");
				case "renamed" -> ConnectEventResponse.accept().userId("bob");
				case "nobody" -> ConnectEventResponse.accept().userId("");
				default -> null;
			};
		}

	}

}
