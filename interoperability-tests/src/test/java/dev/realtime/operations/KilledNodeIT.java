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

package dev.realtime.operations;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.realtime.interoperability.NodeProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The official clients of SignalR and Web PubSub under load, while the process that
 * serves them is killed (SIGKILL) and started again on its port.
 */
class KilledNodeIT {

	private final int port = NodeServer.freePort();

	@TempDir
	private Path directory;

	private NodeServer node;

	private HttpServer control;

	@BeforeEach
	void start() throws IOException {
		startNode();
		this.control = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
		this.control.createContext("/kill", (exchange) -> answer(exchange, () -> this.node.kill()));
		this.control.createContext("/start", (exchange) -> answer(exchange, this::startNode));
		this.control.start();
	}

	@AfterEach
	void stop() {
		this.control.stop(0);
		this.node.close();
	}

	private void startNode() {
		this.node = NodeServer.start("a", this.port, this.directory, "realtime.web-pubsub.allow-anonymous=true",
				"management.endpoints.web.exposure.include=health,metrics");
	}

	private static void answer(HttpExchange exchange, Action action) throws IOException {
		try (exchange) {
			action.perform();
			exchange.sendResponseHeaders(200, -1);
		}
		catch (InterruptedException ex) {
			throw new UncheckedIOException(new IOException(ex));
		}
	}

	@TestFactory
	Stream<DynamicTest> clients() {
		return NodeProcess.run(Map.of("BASE_URL", "http://localhost:" + this.port, "CONTROL_URL",
				"http://127.0.0.1:" + this.control.getAddress().getPort()), "test/kill.test.mjs");
	}

	private interface Action {

		void perform() throws InterruptedException;

	}

}
