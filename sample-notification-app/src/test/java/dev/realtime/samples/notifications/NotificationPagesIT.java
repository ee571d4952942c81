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

package dev.realtime.samples.notifications;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/**
 * The pages in Chromium, used by several people at once. Screenshots are kept in
 * {@code target/screenshots}.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "notifications.digest.cron=*/2 * * * * *")
class NotificationPagesIT {

	private static final Duration TIMEOUT = Duration.ofMinutes(2);

	@LocalServerPort
	private int port;

	@Test
	void pages() throws Exception {
		if (!new ClassPathResource("static/index.html").exists()) {
			skip("The pages have not been built");
		}
		Path chromium = find("chromium", "chromium-browser", "google-chrome");
		Path node = find("node", "nodejs");
		Path log = Files.createTempFile("pages", ".log");
		ProcessBuilder builder = new ProcessBuilder(node.toString(), "--test", "test/pages.test.mjs")
			.directory(new File("frontend"))
			.redirectErrorStream(true)
			.redirectOutput(log.toFile());
		builder.environment()
			.putAll(Map.of("BASE_URL", "http://localhost:" + this.port, "CHROMIUM", chromium.toString(), "SCREENSHOTS",
					Path.of("target/screenshots").toAbsolutePath().toString()));
		assertThat(exitCode(builder.start())).as(() -> text(log)).isZero();
		Files.delete(log);
	}

	private static int exitCode(Process process) throws InterruptedException {
		if (!process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
			process.descendants().forEach(ProcessHandle::destroyForcibly);
			process.destroyForcibly().waitFor();
		}
		return process.exitValue();
	}

	private static String text(Path log) {
		try {
			return Files.readString(log);
		}
		catch (IOException ex) {
			return ex.toString();
		}
	}

	/**
	 * Find a program, and skip the test where there is none. On a build server that is a
	 * failure.
	 */
	private static Path find(String... names) {
		String[] directories = System.getenv().getOrDefault("PATH", "").split(File.pathSeparator);
		return Stream.of(names)
			.flatMap((name) -> Stream.of(directories).map((directory) -> Path.of(directory, name)))
			.filter(Files::isExecutable)
			.findFirst()
			.orElseGet(() -> skip(names[0] + " is not installed"));
	}

	private static Path skip(String reason) {
		if ("true".equals(System.getenv("CI"))) {
			fail(reason);
		}
		return Assumptions.abort(reason);
	}

}
