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

import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for hubs in an application that creates its beans late.
 */
class LazyInitializationTests {

	@Test
	void hubMethodsCanBeCalled() {
		try (TestServer server = TestServer.start(Application.class, "spring.main.lazy-initialization=true")) {
			TestClient client = new TestClient(server.uri("/hubs/chat")).connect();
			assertThat(client.invoke("ping").get("result").asString()).isEqualTo("pong");
			client.close();
		}
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
