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
 * The official JavaScript client in Node.js, whose WebSockets break, with each engine.
 */
class StatefulReconnectIT {

	@TestFactory
	Stream<DynamicTest> netty() {
		return run("netty");
	}

	@TestFactory
	Stream<DynamicTest> servletContainer() {
		return run("servlet");
	}

	private static Stream<DynamicTest> run(String engine) {
		ConfigurableApplicationContext context = new SpringApplicationBuilder(InteropApplication.class)
			.properties(InteropApplication.DEFAULTS, "server.port=0", "realtime.websocket.engine=" + engine)
			.run();
		int port = ((WebServerApplicationContext) context).getWebServer().getPort();
		return NodeProcess.run(Map.of("BASE_URL", "http://localhost:" + port), "test/stateful-reconnect.test.mjs")
			.onClose(context::close);
	}

}
