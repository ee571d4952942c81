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

package dev.realtime.benchmarks.load.client;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LatencyHistogram}.
 */
class LatencyHistogramTests {

	private final LatencyHistogram histogram = new LatencyHistogram();

	@Test
	void nothingCounted() {
		assertThat(this.histogram.quantile(0.99)).isZero();
		assertThat(this.histogram.total()).isZero();
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, 1, 63, 64, 65, 127, 128, 1000, 123_456_789, Long.MAX_VALUE })
	void bucketsAreNarrow(long value) {
		this.histogram.record(value);
		assertThat(this.histogram.quantile(0.5)).isBetween(value - value / 64, value);
	}

	@Test
	void quantiles() {
		for (int i = 1; i <= 1000; i++) {
			this.histogram.record(i * 1000L);
		}
		assertThat(this.histogram.total()).isEqualTo(1000);
		assertThat(this.histogram.quantile(0.5)).isBetween(492_000L, 500_000L);
		assertThat(this.histogram.quantile(0.99)).isBetween(974_000L, 990_000L);
		assertThat(this.histogram.quantile(1)).isBetween(984_000L, 1_000_000L);
	}

}
