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

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The official client of Web PubSub in Node.js, and with each engine what becomes of it
 * when its WebSockets break.
 */
class WebPubSubClientIT {

	private static final String KEY = "the access key of the clients, which needs 32 bytes";

	@TestFactory
	Stream<DynamicTest> netty() {
		return run("netty", "test/web-pubsub-client.test.mjs", "test/web-pubsub-recovery.test.mjs");
	}

	@TestFactory
	Stream<DynamicTest> servletContainer() {
		return run("servlet", "test/web-pubsub-recovery.test.mjs");
	}

	private static Stream<DynamicTest> run(String engine, String... files) {
		ConfigurableApplicationContext context = new SpringApplicationBuilder(InteropApplication.class)
			.properties(InteropApplication.DEFAULTS, "server.port=0", "realtime.websocket.engine=" + engine,
					"realtime.web-pubsub.access-key=" + KEY,
					"realtime.hubs.forgetful.web-pubsub.reliable.recovery-timeout=200ms")
			.run();
		String url = "http://localhost:" + ((WebServerApplicationContext) context).getWebServer().getPort();
		return NodeProcess
			.run(Map.of("BASE_URL", url, "CONNECTION_STRING",
					"Endpoint=" + url + ";AccessKey=" + KEY + ";Version=1.0;"), files)
			.onClose(context::close);
	}

}
