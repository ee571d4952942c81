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

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What a run of the load driver consists of.
 *
 * @param targets what load is put on
 * @param scenarios the kinds of load
 * @param rounds how often each scenario visits each target
 * @param measured how long a visit is measured
 * @param settle how long load is put on before that
 * @param warmUp how long each kind of load is put on each target before the first round
 * @param references the targets that others are compared with
 * @param jvmOptions the options of the JVMs of the applications
 * @param results the directory for the results
 */
record LoadOptions(List<Target> targets, List<Scenario> scenarios, int rounds, Duration measured, Duration settle,
		Duration warmUp, List<String> references, List<String> jvmOptions, Path results) {

	private static final Set<String> NAMES = Set.of("targets", "scenarios", "rounds", "seconds", "settle", "warmup",
			"references", "connections", "jvm", "results");

	static LoadOptions parse(String... args) {
		Arguments arguments = Arguments.parse(args, NAMES);
		int connections = arguments.integer("connections", Integer.MAX_VALUE);
		return new LoadOptions(Target.named(arguments.list("targets", Target.names())),
				Scenario.named(arguments.list("scenarios", Scenario.names()))
					.stream()
					.map((scenario) -> scenario.limit(connections))
					.toList(),
				arguments.integer("rounds", 3), seconds(arguments, "seconds", 3), seconds(arguments, "settle", 0.5),
				seconds(arguments, "warmup", 8), arguments.list("references", List.of("netty", "stomp")),
				arguments.words("jvm", "-Xmx1g"), Path.of(arguments.text("results", "results")));
	}

	private static Duration seconds(Arguments arguments, String name, double otherwise) {
		return Duration.ofMillis((long) (1000 * arguments.number(name, otherwise)));
	}

}
