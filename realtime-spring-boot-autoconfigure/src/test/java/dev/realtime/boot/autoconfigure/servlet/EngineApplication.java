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

import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;

import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application to try engines with.
 */
@Configuration(proxyBeanMethods = false)
@Import(EngineApplication.ChatController.class)
class EngineApplication {

	static final String NETTY = "NettyChannel";

	static final String SERVLET = "WebSocketChannel";

	static final String LOG = "logging.level.dev.realtime.boot.autoconfigure.servlet.WebSocketEngineReport=info";

	static void assertServedBy(String channel, ApplicationContext context, URI server) {
		assertServedBy(channel, context, new TestClient(server.resolve("/hubs/chat")));
	}

	static void assertServedBy(String channel, ApplicationContext context, TestClient client) {
		client.connect();
		assertThat(client.invoke("ping").get("result").asString()).isEqualTo("pong");
		assertThat(HubConnections.channels(context)).containsExactly(channel);
		client.close();
	}

	@HubController("chat")
	static class ChatController {

		@HubMethod
		String ping() {
			return "pong";
		}

	}

}
