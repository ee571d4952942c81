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

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/**
 * Runs files of {@code src/test/node} with the test runner of Node.js and reports each of
 * their tests as one of JUnit.
 */
public final class NodeProcess {

	private static final Path DIRECTORY = Path.of("src/test/node").toAbsolutePath();

	private static final long TIMEOUT_SECONDS = 300;

	private NodeProcess() {
	}

	/**
	 * Find a program, and skip the test where there is none. On a build server that is a
	 * failure.
	 */
	public static Path require(String what, String... names) {
		for (String name : names) {
			for (String directory : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
				for (String suffix : List.of("", ".exe")) {
					Path candidate = Path.of(directory, name + suffix);
					if (Files.isExecutable(candidate) && Files.isRegularFile(candidate)) {
						return candidate;
					}
				}
			}
		}
		throw missing(what + " is not installed");
	}

	/**
	 * Skip the test, or fail on a build server.
	 */
	public static RuntimeException missing(String reason) {
		if ("true".equals(System.getenv("CI"))) {
			fail(reason);
		}
		Assumptions.abort(reason);
		throw new IllegalStateException(reason);
	}

	public static Stream<DynamicTest> run(Map<String, String> environment, String... files) {
		return run((result) -> {
		}, environment, files);
	}

	/**
	 * Run tests.
	 * @param observer is told of each result
	 * @param environment the variables for Node.js
	 * @param files the files with the tests
	 * @return a test for each result
	 */
	static Stream<DynamicTest> run(Consumer<Result> observer, Map<String, String> environment, String... files) {
		Path node = require("Node.js", "node", "nodejs");
		if (!Files.isDirectory(DIRECTORY.resolve("node_modules"))) {
			throw missing("The packages of src/test/node are not installed");
		}
		List<String> command = new ArrayList<>(
				List.of(node.toString(), "--test", "--test-reporter=./lib/reporter.mjs"));
		command.addAll(Arrays.asList(files));
		List<String> output = execute(command, environment);
		List<Result> results = output.stream()
			.filter((line) -> line.startsWith(Result.PREFIX))
			.map(Result::of)
			.toList();
		String log = String.join("\n", output.stream().filter((line) -> !line.startsWith(Result.PREFIX)).toList());
		assertThat(results).as("tests of %s:%n%s", List.of(files), log).isNotEmpty();
		results.forEach(observer);
		return results.stream().map((result) -> DynamicTest.dynamicTest(result.name(), () -> result.report(log)));
	}

	private static List<String> execute(List<String> command, Map<String, String> environment) {
		try {
			Path output = Files.createTempFile("node-", ".log");
			try {
				ProcessBuilder builder = new ProcessBuilder(command).directory(DIRECTORY.toFile())
					.redirectErrorStream(true)
					.redirectOutput(output.toFile());
				builder.environment().putAll(environment);
				Process process = builder.start();
				process.getOutputStream().close();
				boolean ended = process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);
				if (!ended) {
					process.descendants().forEach(ProcessHandle::destroyForcibly);
					process.destroyForcibly().waitFor();
				}
				List<String> lines = Files.readAllLines(output);
				assertThat(ended).as("%s ended:%n%s", command, String.join("\n", lines)).isTrue();
				return lines;
			}
			finally {
				Files.deleteIfExists(output);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * A line of the reporter.
	 */
	record Result(String name, boolean passed, boolean skipped, String reason, String error) {

		static final String PREFIX = "#RESULT ";

		static Result of(String line) {
			return new JsonMapper().readValue(line.substring(PREFIX.length()), Result.class);
		}

		void report(String log) {
			Assumptions.assumeFalse(this.skipped, this.reason);
			if (!this.passed) {
				fail("%s%n%s%n%s", this.name, this.error, log);
			}
		}

	}

}
