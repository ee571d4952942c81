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

package dev.realtime.interoperability;

import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The official JavaScript client of Web PubSub, whose events are handled by
 * {@code @azure/web-pubsub-express}.
 */
@SpringBootTest(classes = InteropApplication.class,
		properties = { InteropApplication.DEFAULTS, "realtime.web-pubsub.access-key=" + WebPubSubRestIT.KEY,
				"realtime.web-pubsub.public-endpoints=https://chat.example.com:8443", "realtime.webhooks.timeout=3s" },
		webEnvironment = WebEnvironment.RANDOM_PORT)
class WebPubSubWebhookIT {

	private static final ExpressUpstream UPSTREAM = ExpressUpstream.start("chat", "https://chat.example.com:8443");

	@LocalServerPort
	private int port;

	@DynamicPropertySource
	static void webhook(DynamicPropertyRegistry registry) {
		String prefix = "realtime.hubs.chat.event-handlers[0].";
		registry.add(prefix + "url-template", UPSTREAM::url);
		registry.add(prefix + "user-event-pattern", () -> "*");
		registry.add(prefix + "system-events", () -> "connect,connected,disconnected,joined,left");
	}

	@AfterAll
	static void stop() {
		UPSTREAM.close();
	}

	@TestFactory
	Stream<DynamicTest> client() {
		String endpoint = "http://localhost:" + this.port;
		return Stream.concat(
				NodeProcess.run(Map.of("BASE_URL", endpoint, "CONNECTION_STRING",
						"Endpoint=" + endpoint + ";AccessKey=" + WebPubSubRestIT.KEY + ";Version=1.0;", "NODE_OPTIONS",
						"--experimental-websocket"), "test/web-pubsub-webhooks.test.mjs"),
				Stream.of(DynamicTest.dynamicTest("The middleware is told of the end", this::isToldOfTheEnd)));
	}

	private void isToldOfTheEnd() {
		JsonNode told = UPSTREAM.next();
		while (!told.at("/context/eventName").asString("").equals("disconnected")) {
			told = UPSTREAM.next();
		}
		assertThat(told.at("/context/userId").asString()).isEqualTo("ann@express");
	}

}
