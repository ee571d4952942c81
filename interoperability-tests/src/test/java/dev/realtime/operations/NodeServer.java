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
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A process with a {@link NodeApplication}.
 */
public final class NodeServer implements AutoCloseable {

	private static final Duration START_TIMEOUT = Duration.ofSeconds(90);

	private static final HttpClient HTTP = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

	private final String name;

	private final int port;

	private final Path log;

	private final Process process;

	private NodeServer(String name, int port, Path log, Process process) {
		this.name = name;
		this.port = port;
		this.log = log;
		this.process = process;
	}

	/**
	 * Start a node, and wait until it is ready.
	 * @param name its name
	 * @param port its port
	 * @param directory where its output is kept
	 * @param properties properties of the application, {@code name=value}
	 */
	public static NodeServer start(String name, int port, Path directory, String... properties) {
		NodeServer node = launch(name, port, directory, properties);
		node.awaitReady();
		return node;
	}

	/**
	 * Start a node.
	 */
	public static NodeServer launch(String name, int port, Path directory, String... properties) {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m", "-cp",
						System.getProperty("java.class.path"), NodeApplication.class.getName(),
						"--spring.config.name=node", "--spring.main.banner-mode=off", "--node=" + name,
						"--server.port=" + port, "--management.endpoint.health.probes.enabled=true"));
		for (String property : properties) {
			command.add("--" + property);
		}
		try {
			Path log = Files.createTempFile(directory, name + "-", ".log");
			Process process = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(log.toFile())
				.start();
			return new NodeServer(name, port, log, process);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Find a port that nobody listens on.
	 */
	public static int freePort() {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public void awaitReady() {
		Awaitility.await().atMost(START_TIMEOUT).pollInterval(Duration.ofMillis(100)).untilAsserted(() -> {
			assertThat(this.process.isAlive()).as(() -> "alive:%n%s".formatted(output())).isTrue();
			assertThat(isReady()).as(() -> "ready:%n%s".formatted(output())).isTrue();
		});
	}

	private boolean isReady() throws InterruptedException {
		try {
			return HTTP
				.send(HttpRequest.newBuilder(uri("/actuator/health/readiness")).build(), BodyHandlers.discarding())
				.statusCode() == 200;
		}
		catch (IOException ex) {
			return false;
		}
	}

	public String name() {
		return this.name;
	}

	public int port() {
		return this.port;
	}

	public URI uri(String path) {
		return URI.create("http://127.0.0.1:" + this.port + path);
	}

	public String output() {
		try {
			return Files.readString(this.log);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Ask the process to stop (SIGTERM), and wait until it has.
	 * @return how long that took
	 */
	public Duration terminate(Duration timeout) throws InterruptedException {
		long begin = System.nanoTime();
		this.process.destroy();
		assertThat(this.process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS))
			.as(() -> "stopped:%n%s".formatted(output()))
			.isTrue();
		return Duration.ofNanos(System.nanoTime() - begin);
	}

	/**
	 * Kill the process (SIGKILL).
	 */
	public void kill() throws InterruptedException {
		this.process.destroyForcibly().waitFor();
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

}
