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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.realtime.benchmarks.load.report.Footprint;
import dev.realtime.benchmarks.load.report.Visit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the load driver and the idle probe for a moment. Says that they work, nothing
 * about how fast.
 */
class LoadDriverSmokeTests {

	private static final String JVM = "-Xmx256m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

	@Test
	void everyScenarioVisitsEveryTarget(@TempDir Path results) throws IOException {
		List<Visit> visits = LoadDriver.run(LoadOptions.parse("--rounds", "1", "--seconds", "0.1", "--settle", "0.02",
				"--warmup", "0", "--connections", "3", "--jvm", JVM, "--results", results.toString()));
		assertThat(visits).allSatisfy((visit) -> {
			assertThat(visit.failure()).as(visit.toString()).isNull();
			assertThat(visit.operations()).as(visit.toString()).isPositive();
		});
		Set<String> visited = visits.stream()
			.map((visit) -> visit.scenario() + " " + visit.target())
			.collect(Collectors.toSet());
		assertThat(visited).isEqualTo(expected());
		assertWritten(results, "load");
		assertThat(results.resolve("load.md")).content().contains(Scenario.names()).contains(Target.names());
		for (String extension : List.of("md", "json")) {
			assertThat(results.resolve("load." + extension)).content()
				.doesNotContain(results.toString(), System.getProperty("java.home"), System.getProperty("user.dir"));
		}
	}

	private static Set<String> expected() {
		return Scenario.ALL.stream()
			.flatMap((scenario) -> Target.ALL.stream()
				.filter(scenario::includes)
				.map((target) -> scenario.name() + " " + target.name()))
			.collect(Collectors.toSet());
	}

	@Test
	void idleConnectionsAreCounted(@TempDir Path results) throws IOException {
		List<Footprint> footprints = IdleProbe
			.run(IdleOptions.parse("--connections=50", "--targets=netty", "--jvm=" + JVM, "--results=" + results));
		assertThat(footprints).singleElement().satisfies((footprint) -> {
			assertThat(footprint.target()).isEqualTo("netty");
			assertThat(footprint.connections()).isEqualTo(50);
		});
		assertWritten(results, "idle");
	}

	private static void assertWritten(Path results, String name) throws IOException {
		for (String extension : List.of("md", "json", "svg")) {
			assertThat(Files.size(results.resolve(name + "." + extension))).isPositive();
		}
		assertThat(results.resolve(name + ".svg")).content().startsWith("<svg").contains("<rect").endsWith("</svg>\n");
	}

}
