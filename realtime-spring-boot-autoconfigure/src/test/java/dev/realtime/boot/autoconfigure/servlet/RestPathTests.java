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

import java.net.http.HttpResponse;

import dev.realtime.hub.annotation.HubController;
import org.apache.catalina.connector.Connector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for paths that may mean different things to different readers, in both
 * containers: the REST API has names with encoded slashes, and nothing else has.
 */
class RestPathTests {

	@Nested
	class OnTomcat extends Paths {

		@Override
		TestServer serve(String... properties) {
			return TestServer.start(Application.class, properties);
		}

		// as Tomcat does by default
		@Test
		void encodedPercentSignsStayAllowedElsewhere() {
			assertThat(this.rest.sendRaw("GET", "/plain/a%25b")).isEqualTo(200);
		}

		@Test
		void whatTheApplicationHasOpenedStaysOpen() {
			OpenedPaths paths = new OpenedPaths();
			Connector connector = new Connector();
			connector.setEncodedSolidusHandling("decode");
			connector.setAllowBackslash(true);
			RealtimeRestAutoConfiguration.TomcatConfiguration.open(connector, paths);
			assertThat(connector.getEncodedSolidusHandling()).isEqualTo("decode");
			assertThat(connector.getEncodedReverseSolidusHandling()).isEqualTo("decode");
			assertThat(paths.test("/a%2Fb%5Cc")).isFalse();
		}

		@Test
		void nothingIsOpenedWithoutRest() {
			try (TestServer server = serve()) {
				TomcatWebServer tomcat = (TomcatWebServer) ((WebServerApplicationContext) server.context())
					.getWebServer();
				assertThat(tomcat.getTomcat().getConnector().getEncodedSolidusHandling()).isEqualTo("reject");
				assertThat(new RestCaller(server.uri("")).sendRaw("GET", "/plain/a%2Fb")).isEqualTo(400);
			}
		}

	}

	@Nested
	class OnJetty extends Paths {

		@Override
		TestServer serve(String... properties) {
			return TestServer.startOnJetty(Application.class, properties);
		}

		// as Jetty does by default
		@ParameterizedTest
		@ValueSource(strings = { "/plain/a%25b", "/plain/a%01b", "/plain/a%7Fb" })
		void charactersThatStayRefusedElsewhere(String path) {
			assertThat(this.rest.sendRaw("GET", path)).isEqualTo(400);
		}

	}

	@TestInstance(Lifecycle.PER_CLASS)
	abstract static class Paths {

		RestCaller rest;

		private TestServer server;

		abstract TestServer serve(String... properties);

		@BeforeAll
		void start() {
			this.server = serve(RestCaller.PROPERTY);
			this.rest = new RestCaller(this.server.uri(""));
		}

		@AfterAll
		void stop() {
			this.server.close();
		}

		@ParameterizedTest
		@ValueSource(strings = { "a%2Fb", "a%2fb", "a%5Cb", "100%25", "%252F", "%252e%252e", "a%3Bb", "a:b", "%3Asend",
				"a%20b", "%C3%BC", "...", "%2E%2E%2E", "a+b", "%2F", "%2F..%2F", "a%2F%2Fb", "a@b=c&d,e'f(g)!$*~" })
		void names(String name) {
			HttpResponse<String> answer = this.rest.post("/api/hubs/chat/users/" + name + "/:send?x=%2F", "text/plain",
					"x");
			assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
		}

		@ParameterizedTest
		@ValueSource(strings = { "/api/hubs/../hubs/chat/:send", "/api/hubs/chat/users/../:send",
				"/api/hubs/chat/users/./x/:send", "/api/hubs/chat/users/%2e%2e/:send", "/api/hubs/chat/users/%2E/:send",
				"/api/hubs/chat/users/.%2e/:send", "/api/hubs/chat/users/..;x/:send", "/api/hubs/chat//users/x/:send",
				"/api/hubs//chat/:send", "/api/hubs/chat;x=y/:send", "/api/hubs/chat/users/x;y/:send",
				"/api/hubs/chat/users/a%00b/:send", "/api/hubs/chat/users/a%0Ab/:send",
				"/api/hubs/chat/users/a%7Fb/:send", "/api/hubs/chat/users/a%zz/:send", "/api/hubs/chat/users/a%2/:send",
				"/api/hubs/chat/users/%FF/:send", "/api/hubs/chat/users/%C0%AF/:send", "/api/hubs/chat/:send/",
				"/api/hubs/../../plain/x", "/api/hubs/%2e%2e/%2e%2e/plain/x", "/api/hubs/chat/../../../plain/x",
				"/api/hubs/..%2f..%2fplain/x" })
		void pathsThatAreNotClear(String path) {
			assertThat(this.rest.sendRaw("POST", path)).isEqualTo(400);
		}

		@ParameterizedTest
		@ValueSource(strings = { "/plain/a%2Fb", "/plain/a%2fb", "/plain/a%5Cb", "/%2Fapi/hubs/chat/:send",
				"/api%2Fhubs/chat/:send", "/api/hubs%2Fchat/:send", "/x/..%2Fplain/x" })
		void encodedSlashesStayRefusedElsewhere(String path) {
			assertThat(this.rest.sendRaw("GET", path)).isEqualTo(400);
			assertThat(this.rest.sendRaw("POST", path)).isEqualTo(400);
		}

		@ParameterizedTest
		@ValueSource(strings = { "/API/hubs/chat/:send", "/%61pi/hubs/chat/:send", "/x/../api/hubs/chat/:send",
				"/api;x/hubs/chat/:send", "/api/hubs", "/api/hub/chat/:send" })
		void otherPathsAreNotTheApi(String path) {
			assertThat(this.rest.sendRaw("POST", path)).isIn(400, 404);
		}

		@Test
		void theApplicationIsServed() {
			assertThat(this.rest.sendRaw("GET", "/plain/x?a=b%2Fc")).isEqualTo(200);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import({ ChatController.class, PlainController.class })
	static class Application {

	}

	@HubController("chat")
	static class ChatController {

	}

	@RestController
	static class PlainController {

		@GetMapping("/plain/{name}")
		String plain() {
			return "plain";
		}

	}

}
