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

import dev.realtime.benchmarks.load.report.Comparison.Row;

/**
 * Horizontal bars in SVG: panels side by side, each with the same groups of bars. The
 * longest bar of a group takes the whole width. The colours are legible on a light and on
 * a dark background.
 *
 * @param panels the panels
 */
public record BarChart(List<Panel> panels) {

	private static final List<String> COLOURS = List.of("#8b949e", "#d29922", "#2f81f7", "#58a6ff", "#3fb950",
			"#a371f7", "#db61a2", "#db6d28");

	private static final String TEXT_COLOUR = "#7d8590";

	private static final int MARGIN = 8;

	private static final int LABEL_WIDTH = 140;

	private static final int BAR_WIDTH = 230;

	private static final int VALUE_WIDTH = 80;

	private static final int PANEL_WIDTH = LABEL_WIDTH + BAR_WIDTH + VALUE_WIDTH;

	private static final int LINE = 20;

	/**
	 * Draw a comparison: processor time per operation, and operations per second.
	 * @param comparison what was measured
	 * @return the chart
	 */
	public static BarChart of(Comparison comparison) {
		return new BarChart(List.of(
				panel("Processor time of the server per operation (us), less is better", comparison,
						(row) -> row.medians().serverCpu()),
				panel("Operations per second, more is better", comparison, (row) -> row.medians().perSecond())));
	}

	private static Panel panel(String title, Comparison comparison, ToDoubleFunction<Row> value) {
		return new Panel(title,
				comparison.scenarios()
					.stream()
					.map((scenario) -> new Group(scenario,
							comparison.rows(scenario)
								.stream()
								.map((row) -> new Bar(row.target(), value.applyAsDouble(row)))
								.toList()))
					.toList());
	}

	/**
	 * Draw the chart.
	 * @return the SVG document
	 */
	public String svg() {
		StringBuilder svg = new StringBuilder();
		List<String> labels = labels();
		int height = 0;
		for (int i = 0; i < this.panels.size(); i++) {
			height = Math.max(height, this.panels.get(i).draw(svg, i * PANEL_WIDTH, labels));
		}
		int width = this.panels.size() * PANEL_WIDTH;
		return """
				<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" \
				font-family="sans-serif" font-size="12" fill="%s">
				%s</svg>
				""".formatted(width, height, width, height, TEXT_COLOUR, svg);
	}

	private List<String> labels() {
		return this.panels.stream()
			.flatMap((panel) -> panel.groups().stream())
			.flatMap((group) -> group.bars().stream())
			.map(Bar::label)
			.distinct()
			.toList();
	}

	private static void text(StringBuilder svg, int x, int y, String attributes, String text) {
		String escaped = text.replace("&", "&amp;").replace("<", "&lt;");
		svg.append("<text x=\"%d\" y=\"%d\"%s>%s</text>%n".formatted(x, y, attributes, escaped));
	}

	/**
	 * One figure of everything.
	 *
	 * @param title what the figure is
	 * @param groups what is compared with each other
	 */
	public record Panel(String title, List<Group> groups) {

		private int draw(StringBuilder svg, int x, List<String> labels) {
			text(svg, x + MARGIN, LINE, " font-weight=\"bold\"", this.title);
			int y = 2 * LINE;
			for (Group group : this.groups) {
				text(svg, x + MARGIN, y + LINE, " font-weight=\"bold\"", group.name());
				y += LINE + LINE / 2;
				double longest = group.bars().stream().mapToDouble(Bar::value).max().orElse(0);
				for (Bar bar : group.bars()) {
					bar.draw(svg, x, y, longest, COLOURS.get(labels.indexOf(bar.label()) % COLOURS.size()));
					y += LINE;
				}
			}
			return y + LINE;
		}

	}

	/**
	 * Bars of one scale.
	 *
	 * @param name what they have in common
	 * @param bars the bars
	 */
	public record Group(String name, List<Bar> bars) {

	}

	/**
	 * One bar.
	 *
	 * @param label what it stands for
	 * @param value its length, not negative
	 */
	public record Bar(String label, double value) {

		private void draw(StringBuilder svg, int x, int y, double longest, String colour) {
			int middle = y + LINE - 6;
			text(svg, x + LABEL_WIDTH - 8, middle, " text-anchor=\"end\"", this.label);
			int width = (longest > 0) ? (int) Math.max(1, Math.round(BAR_WIDTH * this.value / longest)) : 1;
			svg.append("<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"2\" fill=\"%s\"/>%n"
				.formatted(x + LABEL_WIDTH, y + 3, width, LINE - 6, colour));
			String format = (this.value < 100) ? "%.2f" : "%,.0f";
			text(svg, x + LABEL_WIDTH + width + 6, middle, "", String.format(Locale.ROOT, format, this.value));
		}

	}

}
