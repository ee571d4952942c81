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

import dev.realtime.operations.Nginx;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The official clients behind nginx, which has the configuration of the documentation:
 * all transports of SignalR, and Web PubSub.
 */
class NginxIT {

	private static final String KEY = "the access key of the clients, which needs 32 bytes";

	@TempDir
	static Path directory;

	private static ConfigurableApplicationContext context;

	private static Nginx nginx;

	@BeforeAll
	static void start() throws Exception {
		Path program = NodeProcess.require("nginx", "nginx");
		context = new SpringApplicationBuilder(InteropApplication.class)
			.properties(InteropApplication.DEFAULTS, "server.port=0", "realtime.web-pubsub.access-key=" + KEY)
			.run();
		int port = ((WebServerApplicationContext) context).getWebServer().getPort();
		nginx = Nginx.start(program, directory, port, port);
	}

	@AfterAll
	static void stop() throws InterruptedException {
		if (nginx != null) {
			nginx.close();
		}
		if (context != null) {
			context.close();
		}
	}

	@TestFactory
	Stream<DynamicTest> signalR() {
		return NodeProcess.run(Map.of("BASE_URL", nginx.url()), "test/calls.test.mjs", "test/nginx.test.mjs");
	}

	@TestFactory
	Stream<DynamicTest> webPubSub() {
		return NodeProcess.run(
				Map.of("BASE_URL", nginx.url(), "CONNECTION_STRING",
						"Endpoint=" + nginx.url() + ";AccessKey=" + KEY + ";Version=1.0;"),
				"test/web-pubsub-client.test.mjs");
	}

}
