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

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * The official JavaScript client in Node.js, over each of its transports.
 */
@SpringBootTest(classes = InteropApplication.class, properties = InteropApplication.DEFAULTS,
		webEnvironment = WebEnvironment.RANDOM_PORT)
class NodeClientIT {

	@LocalServerPort
	private int port;

	@TestFactory
	Stream<DynamicTest> clients() {
		return NodeProcess.run(Map.of("BASE_URL", "http://localhost:" + this.port), "test/calls.test.mjs",
				"test/streams.test.mjs", "test/client-results.test.mjs", "test/addresses.test.mjs",
				"test/connections.test.mjs", "test/proxies.test.mjs", "test/redirects.test.mjs");
	}

	@TestFactory
	Stream<DynamicTest> rawConnections() {
		return NodeProcess.run(Map.of("BASE_URL", "http://localhost:" + this.port), "test/raw-connections.test.mjs");
	}

}
