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

import java.util.List;

import dev.realtime.benchmarks.load.client.LoadException;
import dev.realtime.benchmarks.load.report.BarChart;
import dev.realtime.benchmarks.load.report.Comparison;
import dev.realtime.benchmarks.load.report.Environment;
import dev.realtime.benchmarks.load.report.MarkdownTables;
import dev.realtime.benchmarks.load.report.ResultFiles;
import dev.realtime.benchmarks.load.report.Visit;

/**
 * Starts the applications, puts load on them by turns, and prints how they compare.
 */
public final class LoadDriver {

	private LoadDriver() {
	}

	public static void main(String[] args) {
		LoadOptions options;
		try {
			options = LoadOptions.parse(args);
		}
		catch (IllegalArgumentException ex) {
			System.err.println(ex.getMessage());
			System.exit(2);
			return;
		}
		try {
			List<Visit> visits = run(options);
			System.exit(visits.stream().allMatch((visit) -> visit.failure() == null) ? 0 : 1);
		}
		catch (LoadException ex) {
			System.err.println(ex.getMessage());
			System.exit(1);
		}
	}

	/**
	 * Measure, print the tables and write the files.
	 * @param options what to measure
	 * @return what each visit has measured
	 */
	static List<Visit> run(LoadOptions options) {
		Environment environment = Environment.current(options.jvmOptions(), settings(options));
		List<Visit> visits;
		try (Servers servers = Servers.start(options.targets(), options.jvmOptions(), List.of())) {
			LoadRunner runner = new LoadRunner(options, servers, System.err);
			runner.warmUp();
			visits = runner.run();
		}
		Comparison comparison = Comparison.of(visits, options.references());
		String markdown = MarkdownTables.of(environment, comparison);
		System.out.println(markdown);
		ResultFiles.write(options.results(), "load", markdown, new Run(environment, visits, comparison.rows()),
				BarChart.of(comparison));
		return visits;
	}

	private static String settings(LoadOptions options) {
		return "%d rounds of %s ms after %s ms each, warm-up %s ms per kind of load".formatted(options.rounds(),
				options.measured().toMillis(), options.settle().toMillis(), options.warmUp().toMillis());
	}

	/**
	 * All data of a run.
	 *
	 * @param environment where and how it was measured
	 * @param visits what was measured
	 * @param medians how it compares
	 */
	record Run(Environment environment, List<Visit> visits, List<Comparison.Row> medians) {

	}

}
