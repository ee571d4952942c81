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

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application in Node.js that gets events by webhook through Microsoft's middleware
 * for Express.
 */
final class ExpressUpstream implements AutoCloseable {

	private static final Path DIRECTORY = Path.of("src/test/node").toAbsolutePath();

	private final Process process;

	private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

	private final JsonNode address;

	private ExpressUpstream(Process process) {
		this.process = process;
		Thread reader = new Thread(this::read, "express-upstream");
		reader.setDaemon(true);
		reader.start();
		this.address = next();
	}

	/**
	 * Start the application.
	 * @param hub the hub whose events it handles
	 * @param allowedEndpoints the URLs of the servers it gets events of
	 */
	static ExpressUpstream start(String hub, String... allowedEndpoints) {
		Path node = NodeProcess.require("Node.js", "node", "nodejs");
		if (!Files.isDirectory(DIRECTORY.resolve("node_modules"))) {
			throw NodeProcess.missing("The packages of src/test/node are not installed");
		}
		List<String> command = new ArrayList<>(List.of(node.toString(), "lib/express-upstream.mjs", hub));
		command.addAll(Arrays.asList(allowedEndpoints));
		try {
			return new ExpressUpstream(
					new ProcessBuilder(command).directory(DIRECTORY.toFile()).redirectErrorStream(true).start());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void read() {
		try (BufferedReader output = new BufferedReader(
				new InputStreamReader(this.process.getInputStream(), StandardCharsets.UTF_8))) {
			output.lines().forEach(this.lines::add);
		}
		catch (IOException | UncheckedIOException ex) {
			this.lines.add(ex.toString());
		}
	}

	String url() {
		return "http://localhost:" + this.address.get("port").asInt() + this.address.get("path").asString();
	}

	/**
	 * Return what the application was told next.
	 */
	JsonNode next() {
		try {
			String line = this.lines.poll(30, TimeUnit.SECONDS);
			assertThat(line).as("a line of the application").isNotNull().startsWith("{");
			return JsonMapper.shared().readTree(line);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		try {
			this.process.getOutputStream().close();
			if (!this.process.waitFor(10, TimeUnit.SECONDS)) {
				this.process.destroyForcibly();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
