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

import dev.realtime.boot.autoconfigure.RealtimeContextRunner;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import dev.realtime.web.HubWeb;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for hubs beside the actuator, and without it.
 */
class ActuatorTests {

	@Test
	void hubsAndActuatorOnOnePort() {
		try (TestServer server = TestServer.start(Application.class)) {
			works(server);
			assertThat(new TestClient(server.uri("/")).get("/actuator/health").statusCode()).isEqualTo(200);
		}
	}

	@Test
	void actuatorOnAPortOfItsOwnHasNoHubs() {
		// Tomcat and Jetty are both on the class path of the tests, and both bring a
		// server for management
		try (TestServer server = TestServer.start(Application.class, "management.server.port=0",
				"spring.main.allow-bean-definition-overriding=true")) {
			works(server);
			int port = server.context().getEnvironment().getRequiredProperty("local.management.port", Integer.class);
			TestClient management = new TestClient(URI.create("http://localhost:" + port + "/hubs/chat"));
			assertThat(management.get("/actuator/health").statusCode()).isEqualTo(200);
			assertThat(management.negotiate().statusCode()).isEqualTo(404);
		}
	}

	@Test
	void withoutActuator() {
		RealtimeContextRunner.create()
			.withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate", "io.micrometer.core"))
			.withUserConfiguration(ChatController.class)
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(HubWeb.class));
	}

	private static void works(TestServer server) {
		TestClient client = new TestClient(server.uri("/hubs/chat")).connect();
		assertThat(client.invoke("ping").get("result").asString()).isEqualTo("pong");
		client.close();
	}

	@Configuration(proxyBeanMethods = false)
	@Import(ChatController.class)
	static class Application {

	}

	@HubController("chat")
	static class ChatController {

		@HubMethod
		String ping() {
			return "pong";
		}

	}

}
