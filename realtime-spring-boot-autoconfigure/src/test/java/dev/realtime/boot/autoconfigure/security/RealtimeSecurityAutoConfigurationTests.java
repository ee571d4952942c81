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
import java.net.http.HttpResponse;

import dev.realtime.boot.autoconfigure.RealtimeContextRunner;
import dev.realtime.boot.autoconfigure.servlet.TestClient;
import dev.realtime.boot.autoconfigure.servlet.TestServer;
import dev.realtime.hub.AuthenticationExpiry;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.invocation.support.CallerSecurity;
import dev.realtime.security.AuthenticationPrincipalResolver;
import dev.realtime.security.OAuth2TokenExpiry;
import dev.realtime.security.SecurityContextCallerSecurity;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.util.matcher.RequestMatcher;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RealtimeSecurityAutoConfiguration}.
 */
class RealtimeSecurityAutoConfigurationTests {

	private final WebApplicationContextRunner runner = RealtimeContextRunner.create();

	@Test
	void resolvesAuthenticationPrincipals() {
		this.runner.run((context) -> assertThat(context).hasSingleBean(AuthenticationPrincipalResolver.class));
	}

	@Test
	void callersAreKnown() {
		this.runner.run((context) -> assertThat(context).hasSingleBean(SecurityContextCallerSecurity.class)
			.hasSingleBean(OAuth2TokenExpiry.class));
	}

	@Test
	void beansOfTheApplicationTakePrecedence() {
		this.runner.withUserConfiguration(Own.class)
			.run((context) -> assertThat(context).hasSingleBean(CallerSecurity.class)
				.doesNotHaveBean(SecurityContextCallerSecurity.class)
				.hasSingleBean(AuthenticationExpiry.class)
				.doesNotHaveBean(OAuth2TokenExpiry.class));
	}

	@Test
	void tokensDoNotExpireWhereThereAreNone() {
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.security.oauth2"))
			.run((context) -> assertThat(context).hasSingleBean(CallerSecurity.class)
				.doesNotHaveBean(AuthenticationExpiry.class));
	}

	@Test
	void nothingWithoutSpringSecurity() {
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.security"))
			.run((context) -> assertThat(context).doesNotHaveBean(RealtimeSecurityAutoConfiguration.class));
	}

	@Test
	void filtersStayBeforeTheFilterOfSpringSecurity() {
		this.runner.withPropertyValues("spring.security.filter.order=-500")
			.run((context) -> assertThat(context.getBeansOfType(DelegatingFilterProxyRegistrationBean.class).values())
				.hasSize(2)
				.allSatisfy((registration) -> assertThat(registration.getOrder()).isEqualTo(-510)));
	}

	@Test
	void chainOfTheApplicationKeepsItsOwnExemptions() {
		try (TestServer server = TestServer.startSecured(OwnChain.class)) {
			TestClient client = new TestClient(server.uri("/hubs/chat"));
			assertThat(client.negotiate().statusCode()).isEqualTo(200);
			assertThat(client.post("/exempt", "").statusCode()).isEqualTo(404);
			assertThat(client.post("/other", "").statusCode()).isEqualTo(403);
		}
	}

	@Test
	void chainWithoutProtectionAgainstCsrf() {
		try (TestServer server = TestServer.startSecured(WithoutCsrf.class)) {
			TestClient client = new TestClient(server.uri("/hubs/chat"));
			assertThat(client.negotiate().statusCode()).isEqualTo(200);
			assertThat(client.post("/other", "").statusCode()).isEqualTo(404);
		}
	}

	@Test
	void chainWithCorsLetsPreflightRequestsPass() {
		try (TestServer server = TestServer.startSecured(WithCors.class,
				"realtime.cors.allowed-origins=https://example.com")) {
			HttpResponse<String> answer = new TestClient(server.uri("/hubs/chat"))
				.send(HttpRequest.newBuilder(server.uri("/hubs/chat/negotiate"))
					.method("OPTIONS", BodyPublishers.noBody())
					.headers("Origin", "https://example.com", "Access-Control-Request-Method", "POST"));
			assertThat(answer.statusCode()).isEqualTo(200);
			assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains("https://example.com");
		}
	}

	@Test
	void disabledExemptsNothing() {
		try (TestServer server = TestServer.startSecured(OwnChain.class, "realtime.enabled=false")) {
			assertThat(new TestClient(server.uri("/hubs/chat")).negotiate().statusCode()).isEqualTo(403);
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Own {

		@Bean
		CallerSecurity security() {
			return Mockito.mock(CallerSecurity.class);
		}

		@Bean
		AuthenticationExpiry expiry() {
			return (principal) -> null;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(ChatController.class)
	static class OwnChain {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			RequestMatcher exempt = (request) -> request.getServletPath().equals("/exempt");
			return http.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll())
				.csrf((csrf) -> csrf.ignoringRequestMatchers(exempt))
				.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(ChatController.class)
	static class WithCors {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			return http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated())
				.cors(Customizer.withDefaults())
				.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(ChatController.class)
	static class WithoutCsrf {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			return http.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll())
				.csrf(CsrfConfigurer::disable)
				.build();
		}

	}

	@HubController("chat")
	static class ChatController {

	}

}
