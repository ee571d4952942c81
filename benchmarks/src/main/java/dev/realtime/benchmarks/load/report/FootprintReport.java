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
import java.util.function.ToDoubleFunction;

import dev.realtime.benchmarks.load.report.BarChart.Bar;
import dev.realtime.benchmarks.load.report.BarChart.Group;
import dev.realtime.benchmarks.load.report.BarChart.Panel;

/**
 * What idle connections take, as a table and a picture.
 *
 * @param environment where and how it was measured
 * @param footprints what was measured, one per target
 */
public record FootprintReport(Environment environment, List<Footprint> footprints) {

	/**
	 * Write the table.
	 * @return the text
	 */
	public String markdown() {
		StringBuilder text = new StringBuilder(this.environment.markdown());
		text.append("""

				| target | connections | heap KB/connection | RSS KB/connection | opened/s |
				|---|--:|--:|--:|--:|
				""");
		this.footprints.forEach((footprint) -> text.append(String.format(Locale.ROOT,
				"| %s | %d | %.1f | %.1f | %.0f |%n", footprint.target(), footprint.connections(),
				footprint.heapKilobytes(), footprint.residentKilobytes(), footprint.openedPerSecond())));
		return text.toString();
	}

	/**
	 * Draw the picture.
	 * @return the chart
	 */
	public BarChart chart() {
		return new BarChart(List.of(panel("Heap per idle connection (KB), less is better", Footprint::heapKilobytes),
				panel("Resident memory per idle connection (KB), less is better", Footprint::residentKilobytes)));
	}

	private Panel panel(String title, ToDoubleFunction<Footprint> value) {
		List<Bar> bars = this.footprints.stream()
			.map((footprint) -> new Bar(footprint.target(), Math.max(0, value.applyAsDouble(footprint))))
			.toList();
		return new Panel(title, List.of(new Group("idle", bars)));
	}

}
