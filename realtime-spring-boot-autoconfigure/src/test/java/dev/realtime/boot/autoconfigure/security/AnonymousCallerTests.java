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

import dev.realtime.boot.autoconfigure.servlet.TestClient;
import dev.realtime.boot.autoconfigure.servlet.TestServer;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.SecurityFilterChain;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for hubs that anybody may connect to.
 */
class AnonymousCallerTests {

	@Test
	void annotationsSeeAnAnonymousCaller() {
		try (TestServer server = TestServer.startSecured(WithMethodSecurity.class)) {
			TestClient client = new TestClient(server.uri("/hubs/chat")).connect();
			assertThat(client.invoke("anonymous").path("result").asString("")).isEqualTo("anonymousUser");
			assertThat(client.invoke("authenticated").path("error").asString(""))
				.isEqualTo("Failed to invoke 'authenticated' because user is unauthorized");
			client.close();
		}
	}

	@Test
	void contextIsEmptyWhereMethodsAreNotSecured() {
		try (TestServer server = TestServer.startSecured(OpenToAnybody.class)) {
			TestClient client = new TestClient(server.uri("/hubs/chat")).connect();
			assertThat(client.invoke("anonymous").path("result").asString("")).isEqualTo("empty");
			client.close();
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableMethodSecurity
	static class WithMethodSecurity extends OpenToAnybody {

	}

	@Configuration(proxyBeanMethods = false)
	@Import(ChatController.class)
	static class OpenToAnybody {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			return http.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll()).build();
		}

	}

	@HubController("chat")
	static class ChatController {

		@HubMethod
		@PreAuthorize("isAnonymous()")
		String anonymous() {
			Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
			return (authentication != null) ? authentication.getName() : "empty";
		}

		@HubMethod
		@PreAuthorize("isAuthenticated()")
		void authenticated() {
		}

	}

}
