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

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

import dev.realtime.samples.chat.ChatApplication;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.ClassPathResource;

/**
 * The page of the chat sample in Chromium, used by two people. Screenshots are kept in
 * {@code target/screenshots}.
 */
@SpringBootTest(classes = ChatApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT)
class ChatPageIT {

	@LocalServerPort
	private int port;

	@TestFactory
	Stream<DynamicTest> page() {
		if (!new ClassPathResource("static/index.html").exists()) {
			throw NodeProcess.missing("The page has not been built");
		}
		Path chromium = NodeProcess.require("Chromium", "chromium", "chromium-browser", "google-chrome");
		return NodeProcess.run(Map.of("BASE_URL", "http://localhost:" + this.port, "CHROMIUM", chromium.toString(),
				"SCREENSHOTS", Path.of("target/screenshots").toAbsolutePath().toString()),
				"test/browser/chat-page.test.mjs");
	}

}
