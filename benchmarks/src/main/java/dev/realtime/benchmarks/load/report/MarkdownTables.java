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

package dev.realtime.benchmarks.load.report;

import java.util.List;
import java.util.Locale;

import dev.realtime.benchmarks.load.report.Comparison.Ratio;
import dev.realtime.benchmarks.load.report.Comparison.Row;

/**
 * A comparison as tables, one per scenario.
 */
public final class MarkdownTables {

	private MarkdownTables() {
	}

	/**
	 * Write the tables.
	 * @param environment where and how it was measured
	 * @param comparison what was measured
	 * @return the text
	 */
	public static String of(Environment environment, Comparison comparison) {
		StringBuilder text = new StringBuilder(environment.markdown());
		for (String scenario : comparison.scenarios()) {
			text.append("%n### %s%n%n".formatted(scenario));
			table(text, comparison.references(), comparison.rows(scenario));
		}
		if (!comparison.failures().isEmpty()) {
			text.append("%n### Visits that failed%n%n".formatted());
			comparison.failures()
				.forEach((visit) -> text.append("- round %d, %s, %s: %s%n".formatted(visit.round(), visit.scenario(),
						visit.target(), visit.failure())));
		}
		return text.toString();
	}

	private static void table(StringBuilder text, List<String> references, List<Row> rows) {
		text.append("| target | ops/s | p50 us | p99 us | p99.9 us | server us/op | driver us/op | reads/op |");
		references.forEach((name) -> text.append(" CPU vs %s | rate vs %s |".formatted(name, name)));
		text.append("%n|---|--:|--:|--:|--:|--:|--:|--:|".formatted());
		text.append("--:|--:|".repeat(references.size())).append(System.lineSeparator());
		rows.forEach((row) -> row(text, references, row));
	}

	private static void row(StringBuilder text, List<String> references, Row row) {
		Figures medians = row.medians();
		text.append(String.format(Locale.ROOT, "| %s | %.0f | %.0f | %.0f | %.0f | %.2f | %.2f | %.2f |", row.target(),
				medians.perSecond(), medians.p50(), medians.p99(), medians.p999(), medians.serverCpu(),
				medians.driverCpu(), medians.reads()));
		for (String name : references) {
			Ratio ratio = row.ratios().get(name);
			text.append(
					(ratio != null) ? String.format(Locale.ROOT, " %.2f | %.2f |", ratio.cpu(), ratio.rate()) : " | |");
		}
		text.append(System.lineSeparator());
	}

}
