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
import java.util.List;
import java.util.Set;

/**
 * What a run of the idle probe consists of.
 *
 * @param targets the applications to connect to
 * @param connections how many connections to open
 * @param jvmOptions the options of the JVMs of the applications
 * @param results the directory for the results
 */
record IdleOptions(List<Target> targets, int connections, List<String> jvmOptions, Path results) {

	private static final Set<String> NAMES = Set.of("targets", "connections", "jvm", "results");

	static IdleOptions parse(String... args) {
		Arguments arguments = Arguments.parse(args, NAMES);
		List<String> all = Target.ALL.stream().filter((target) -> !target.echoOnly()).map(Target::name).toList();
		return new IdleOptions(Target.named(arguments.list("targets", all)), arguments.integer("connections", 10_000),
				arguments.words("jvm", "-Xmx2g"), Path.of(arguments.text("results", "results")));
	}

}
