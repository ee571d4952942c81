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

package dev.realtime.benchmarks.micro;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs every micro benchmark for a moment in this process. Says that they work, nothing
 * about how fast.
 */
class MicroBenchmarkSmokeTests {

	@BeforeAll
	static void ignoreOtherRuns() {
		System.setProperty("jmh.ignoreLock", "true");
	}

	@Test
	void everyBenchmarkRuns() throws RunnerException {
		Options options = new OptionsBuilder().include("dev\\.realtime\\.benchmarks\\.micro\\..*")
			.forks(0)
			.warmupIterations(1)
			.warmupTime(TimeValue.milliseconds(10))
			.measurementIterations(1)
			.measurementTime(TimeValue.milliseconds(20))
			.shouldFailOnError(true)
			.verbosity(VerboseMode.SILENT)
			.build();
		Collection<RunResult> results = new Runner(options).run();
		Set<String> classes = results.stream()
			.map((result) -> result.getParams().getBenchmark())
			.map((name) -> name.substring(0, name.lastIndexOf('.')))
			.map((name) -> name.substring(name.lastIndexOf('.') + 1))
			.collect(Collectors.toSet());
		assertThat(classes).containsExactlyInAnyOrder("BroadcastBenchmark", "DispatchBenchmark", "HubProtocolBenchmark",
				"InvocationBenchmark", "NegotiateBenchmark", "OutboundQueueBenchmark");
		assertThat(results).allSatisfy((result) -> assertThat(result.getPrimaryResult().getScore()).isPositive());
	}

}
