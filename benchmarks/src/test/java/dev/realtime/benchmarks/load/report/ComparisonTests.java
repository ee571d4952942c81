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

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Comparison} and {@link MarkdownTables}.
 */
class ComparisonTests {

	private static final Environment ENVIRONMENT = new Environment("now", "17", "VM", "Linux", "Some CPU", 2, 0.25,
			List.of("-Xmx1g"), "3 rounds");

	private static Visit visit(int round, String target, double perSecond, double serverCpu) {
		return new Visit(round, "E1", target, 100, new Figures(perSecond, 1, 2, 3, serverCpu, 1, 1), null);
	}

	@Test
	void mediansAndRatios() {
		Comparison comparison = Comparison.of(List.of(visit(1, "a", 100, 4), visit(1, "b", 50, 8), visit(2, "b", 70, 9),
				visit(2, "a", 110, 2), visit(3, "a", 500, 3), visit(3, "b", 60, 7)), List.of("a", "unknown"));
		assertThat(comparison.references()).containsExactly("a");
		assertThat(comparison.rows()).extracting(Comparison.Row::target).containsExactly("a", "b");
		assertThat(comparison.rows().get(0).medians().perSecond()).isEqualTo(110);
		assertThat(comparison.rows().get(1).medians().serverCpu()).isEqualTo(8);
		assertThat(MarkdownTables.of(ENVIRONMENT, comparison))
			.startsWith("now; VM 17; Linux, 2 processors (Some CPU), load before 0.3; ")
			.contains("| rate vs a |", "| b | 60 | 1 | 2 | 3 | 8.00 | 1.00 | 1.00 | 2.67 | 0.55 |");
	}

	@Test
	void medianOfTwoIsBetween() {
		Comparison comparison = Comparison.of(List.of(visit(1, "a", 100, 4), visit(2, "a", 200, 2)), List.of());
		assertThat(comparison.rows()).singleElement()
			.satisfies((row) -> assertThat(row.medians().perSecond()).isEqualTo(150));
	}

	@Test
	void failuresAreListedAndNotCounted() {
		Comparison comparison = Comparison
			.of(List.of(visit(1, "a", 100, 4), Visit.failed(2, "E1", "a", "A connection was lost")), List.of());
		assertThat(comparison.rows().get(0).medians().perSecond()).isEqualTo(100);
		assertThat(MarkdownTables.of(ENVIRONMENT, comparison)).contains("- round 2, E1, a: A connection was lost");
	}

}
