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

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The medians of all visits, and how targets compare with those that are the references.
 *
 * @param references the names of the targets that others are compared with
 * @param rows one per scenario and target
 * @param failures the visits that failed
 */
public record Comparison(List<String> references, List<Row> rows, List<Visit> failures) {

	/**
	 * Compare.
	 * @param visits all visits
	 * @param references the names of the targets that others are compared with
	 * @return the comparison, scenarios and targets in the order of their first visit
	 */
	public static Comparison of(List<Visit> visits, List<String> references) {
		Map<String, Map<String, List<Figures>>> scenarios = new LinkedHashMap<>();
		for (Visit visit : visits) {
			if (visit.figures() != null) {
				scenarios.computeIfAbsent(visit.scenario(), (key) -> new LinkedHashMap<>())
					.computeIfAbsent(visit.target(), (key) -> new ArrayList<>())
					.add(visit.figures());
			}
		}
		List<Row> rows = new ArrayList<>();
		scenarios.forEach((scenario, targets) -> {
			Map<String, Figures> medians = new LinkedHashMap<>();
			targets.forEach((target, figures) -> medians.put(target, Figures.medians(figures)));
			medians.forEach((target, figures) -> rows
				.add(new Row(scenario, target, figures, ratios(target, figures, medians, references))));
		});
		return new Comparison(references.stream().filter((name) -> isMeasured(name, rows)).toList(), rows,
				visits.stream().filter((visit) -> visit.failure() != null).toList());
	}

	private static boolean isMeasured(String target, List<Row> rows) {
		return rows.stream().anyMatch((row) -> row.target().equals(target));
	}

	private static Map<String, Ratio> ratios(String target, Figures figures, Map<String, Figures> medians,
			List<String> references) {
		Map<String, Ratio> ratios = new LinkedHashMap<>();
		for (String name : references) {
			Figures reference = medians.get(name);
			if (reference != null && reference.serverCpu() > 0 && !name.equals(target)) {
				ratios.put(name, new Ratio(figures.serverCpu() / reference.serverCpu(),
						figures.perSecond() / reference.perSecond()));
			}
		}
		return ratios;
	}

	List<String> scenarios() {
		return this.rows.stream().map(Row::scenario).distinct().toList();
	}

	List<Row> rows(String scenario) {
		return this.rows.stream().filter((row) -> row.scenario().equals(scenario)).toList();
	}

	/**
	 * One scenario on one target.
	 *
	 * @param scenario the name of the scenario
	 * @param target the name of the target
	 * @param medians the medians of all rounds
	 * @param ratios how it compares, by the names of the references
	 */
	public record Row(String scenario, String target, Figures medians, Map<String, Ratio> ratios) {

	}

	/**
	 * How a target compares with another one.
	 *
	 * @param cpu its processor time per operation, divided by that of the reference
	 * @param rate its operations per second, divided by those of the reference
	 */
	public record Ratio(double cpu, double rate) {

	}

}
