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

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

import com.microsoft.signalr.TransportEnum;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * Takes every client there is through the scenarios of
 * {@code conformance/scenarios.json}. What came of it is in
 * {@code target/conformance.md}.
 */
@SpringBootTest(classes = InteropApplication.class,
		properties = { InteropApplication.DEFAULTS, "logging.level.com.microsoft.signalr=off" },
		webEnvironment = WebEnvironment.RANDOM_PORT)
class ConformanceIT {

	private static final Path SCENARIOS = Path.of("src/test/resources/conformance/scenarios.json").toAbsolutePath();

	private static final ConformanceMatrix MATRIX = new ConformanceMatrix();

	@LocalServerPort
	private int port;

	@AfterAll
	static void write() throws IOException {
		MATRIX.write(Path.of("target/conformance.md"));
	}

	@TestFactory
	Stream<DynamicTest> javaScriptInNode() {
		return NodeProcess.run(MATRIX::add, environment(), "test/conformance.test.mjs");
	}

	@TestFactory
	Stream<DynamicTest> javaScriptInChromium() {
		Path chromium = NodeProcess.require("Chromium", "chromium", "chromium-browser", "google-chrome");
		Map<String, String> environment = environment();
		environment.put("CHROMIUM", chromium.toString());
		return NodeProcess.run(MATRIX::add, environment, "test/browser/conformance.test.mjs");
	}

	private Map<String, String> environment() {
		return new HashMap<>(Map.of("BASE_URL", "http://localhost:" + this.port, "SCENARIOS", SCENARIOS.toString()));
	}

	@TestFactory
	Stream<DynamicTest> java() throws IOException {
		JsonNode scenarios;
		try (InputStream input = getClass().getResourceAsStream("/conformance/scenarios.json")) {
			scenarios = JsonMapper.shared().readTree(input);
		}
		return Stream.of(TransportEnum.WEBSOCKETS, TransportEnum.LONG_POLLING)
			.flatMap((transport) -> scenarios.valueStream().map((scenario) -> java(transport, scenario)));
	}

	private DynamicTest java(TransportEnum transport, JsonNode scenario) {
		String client = "Java, " + ((transport == TransportEnum.WEBSOCKETS) ? "WebSockets" : "LongPolling") + ", json";
		String name = scenario.get("name").asString();
		return DynamicTest.dynamicTest(client + " > " + name, () -> {
			Map<String, String> lacks = JavaScenario.lacks(transport);
			for (JsonNode need : scenario.path("needs")) {
				String reason = lacks.get(need.asString());
				if (reason != null) {
					MATRIX.notApplicable(client, name, reason);
					Assumptions.abort(reason);
				}
			}
			try {
				new JavaScenario(scenario, URI.create("http://localhost:" + this.port), transport).play();
				MATRIX.passed(client, name);
			}
			catch (RuntimeException | Error ex) {
				MATRIX.failed(client, name);
				throw ex;
			}
		});
	}

}
