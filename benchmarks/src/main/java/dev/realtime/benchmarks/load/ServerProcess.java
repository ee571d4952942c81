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

package dev.realtime.benchmarks.load;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.realtime.benchmarks.load.client.LoadException;

/**
 * An application in a JVM of its own, from its start to its end.
 */
final class ServerProcess implements AutoCloseable {

	private static final Duration START_TIMEOUT = Duration.ofMinutes(3);

	private static final int LAST_LINES = 40;

	private final TargetServer server;

	private final Path directory;

	private final Process process;

	private final BufferedWriter questions;

	private final BufferedReader answers;

	private int port;

	private ServerProcess(TargetServer server, Path directory, Process process) {
		this.server = server;
		this.directory = directory;
		this.process = process;
		this.questions = process.outputWriter();
		this.answers = process.inputReader();
	}

	/**
	 * Start an application. It has to be {@linkplain #awaitPort() waited for}.
	 * @param server the application
	 * @param jvmOptions the options of the JVM
	 * @param arguments further arguments of the application
	 * @param directory where to put what it writes
	 * @return the process
	 */
	static ServerProcess start(TargetServer server, List<String> jvmOptions, List<String> arguments, Path directory) {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(jvmOptions);
		command.add("-DPORTFILE=" + port(server, directory));
		command.addAll(List.of("-cp", System.getProperty("java.class.path")));
		command.addAll(List.of(SupervisedApplication.class.getName(), server.application()));
		command.addAll(List.of("--server.address=127.0.0.1", "--server.port=0"));
		command.addAll(server.arguments());
		command.addAll(arguments);
		try {
			Process process = new ProcessBuilder(command).redirectError(log(server, directory).toFile()).start();
			return new ServerProcess(server, directory, process);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Path port(TargetServer server, Path directory) {
		return directory.resolve(server.name() + ".port");
	}

	private static Path log(TargetServer server, Path directory) {
		return directory.resolve(server.name() + ".log");
	}

	/**
	 * Wait until the application listens.
	 */
	void awaitPort() {
		Path file = port(this.server, this.directory);
		long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
		try {
			while (!Files.exists(file) || Files.size(file) == 0) {
				if (!this.process.isAlive() || System.nanoTime() - deadline > 0) {
					throw new LoadException("%s did not start:%n%s".formatted(this.server.name(), lastWords()));
				}
				TimeUnit.MILLISECONDS.sleep(50);
			}
			this.port = Integer.parseInt(Files.readString(file).trim());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new LoadException("Interrupted", ex);
		}
	}

	private String lastWords() throws IOException {
		List<String> lines = Files.readAllLines(log(this.server, this.directory));
		return String.join(System.lineSeparator(), lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
	}

	int port() {
		return this.port;
	}

	/**
	 * Return the processor time used so far, by all threads, in user and system mode.
	 * @return the duration; on Linux it advances in steps of 10 ms
	 */
	Duration cpu() {
		return this.process.info().totalCpuDuration().orElse(Duration.ZERO);
	}

	/**
	 * Return the heap in use after a collection.
	 * @return the size in bytes
	 */
	long heap() {
		try {
			this.questions.write(SupervisedApplication.HEAP);
			this.questions.newLine();
			this.questions.flush();
			String answer = this.answers.readLine();
			if (answer == null) {
				throw new LoadException("%s has ended:%n%s".formatted(this.server.name(), lastWords()));
			}
			return Long.parseLong(answer);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Return the memory that is resident.
	 * @return the size in bytes, or 0 where it cannot be told
	 */
	long residentSize() {
		return ResidentSize.of(this.process.pid());
	}

	/**
	 * End the application at once.
	 */
	@Override
	public void close() {
		this.process.destroyForcibly().onExit().join();
	}

}
