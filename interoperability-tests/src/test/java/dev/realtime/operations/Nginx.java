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
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nginx with the configuration of the documentation, before two nodes.
 */
public final class Nginx implements AutoCloseable {

	private static final Path CONFIGURATION = Path.of("../docs/nginx/nginx.conf");

	private final int port;

	private final Path log;

	private final Process process;

	private Nginx(int port, Path log, Process process) {
		this.port = port;
		this.log = log;
		this.process = process;
	}

	/**
	 * Start the proxy: the documented file with other addresses.
	 * @param program the program
	 * @param directory where its files are kept
	 * @param first the port of one node
	 * @param second the port of the other node
	 */
	public static Nginx start(Path program, Path directory, int first, int second) throws IOException {
		return start(program, directory, Files.readString(CONFIGURATION), first, second);
	}

	/**
	 * Start the proxy as one that tells the nodes of requests over TLS. Without
	 * certificates, it takes them without TLS.
	 * @param program the program
	 * @param directory where its files are kept
	 * @param first the port of one node
	 * @param second the port of the other node
	 */
	public static Nginx startAsOverTls(Path program, Path directory, int first, int second) throws IOException {
		String documented = Files.readString(CONFIGURATION);
		assertThat(documented).contains("X-Forwarded-Proto $scheme");
		return start(program, directory, documented.replace("X-Forwarded-Proto $scheme", "X-Forwarded-Proto https"),
				first, second);
	}

	private static Nginx start(Path program, Path directory, String documented, int first, int second)
			throws IOException {
		int port = NodeServer.freePort();
		String configuration = documented.replace("127.0.0.1:8080", "127.0.0.1:" + port)
			.replace("127.0.0.1:8081", "127.0.0.1:" + first)
			.replace("127.0.0.1:8082", "127.0.0.1:" + second)
			.replace("http {\n", "http {\n" + files(directory));
		assertThat(configuration).contains("127.0.0.1:" + port, "127.0.0.1:" + first, "127.0.0.1:" + second,
				"_temp_path");
		Path file = Files.writeString(directory.resolve("nginx.conf"), configuration);
		Path log = directory.resolve("nginx.log");
		boolean root = "root".equals(System.getProperty("user.name"));
		Process process = new ProcessBuilder(program.toString(), "-p", directory.toString(), "-c", file.toString(),
				"-e", log.toString(), "-g",
				"daemon off; pid " + directory.resolve("nginx.pid") + ";" + (root ? " user root;" : ""))
			.redirectErrorStream(true)
			.redirectOutput(directory.resolve("nginx.out").toFile())
			.start();
		Nginx nginx = new Nginx(port, log, process);
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.ignoreExceptionsInstanceOf(IOException.class)
			.untilAsserted(() -> {
				assertThat(process.isAlive()).as(() -> "alive:%n%s".formatted(nginx.output())).isTrue();
				new Socket("127.0.0.1", port).close();
			});
		return nginx;
	}

	// where any user may write
	private static String files(Path directory) {
		StringBuilder files = new StringBuilder("\taccess_log off;\n");
		for (String name : new String[] { "client_body", "proxy", "fastcgi", "uwsgi", "scgi" }) {
			files.append("\t%s_temp_path %s;%n".formatted(name, directory.resolve(name)));
		}
		return files.toString();
	}

	public String url() {
		return "http://127.0.0.1:" + this.port;
	}

	public String output() {
		try {
			return Files.exists(this.log) ? Files.readString(this.log) : "";
		}
		catch (IOException ex) {
			return ex.toString();
		}
	}

	@Override
	public void close() {
		// the workers end with the master
		this.process.destroy();
		try {
			if (!this.process.waitFor(10, TimeUnit.SECONDS)) {
				kill();
			}
		}
		catch (InterruptedException ex) {
			kill();
			Thread.currentThread().interrupt();
		}
	}

	private void kill() {
		this.process.descendants().forEach(ProcessHandle::destroyForcibly);
		this.process.destroyForcibly();
	}

}
