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
import java.util.function.ToDoubleFunction;

/**
 * The figures of a visit, or the medians of several.
 *
 * @param perSecond operations per second
 * @param p50 the median latency in microseconds
 * @param p99 the 99th percentile of the latency in microseconds
 * @param p999 the 99.9th percentile of the latency in microseconds
 * @param serverCpu the processor time of the server per operation in microseconds
 * @param driverCpu the processor time of the driver per operation in microseconds
 * @param reads how many reads of the driver brought data, per operation
 */
public record Figures(double perSecond, double p50, double p99, double p999, double serverCpu, double driverCpu,
		double reads) {

	/**
	 * Return the medians of some figures.
	 * @param all at least one
	 * @return the medians, each for itself
	 */
	static Figures medians(List<Figures> all) {
		return new Figures(median(all, Figures::perSecond), median(all, Figures::p50), median(all, Figures::p99),
				median(all, Figures::p999), median(all, Figures::serverCpu), median(all, Figures::driverCpu),
				median(all, Figures::reads));
	}

	private static double median(List<Figures> all, ToDoubleFunction<Figures> figure) {
		double[] sorted = all.stream().mapToDouble(figure).sorted().toArray();
		int middle = sorted.length / 2;
		return (sorted.length % 2 == 1) ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
	}

}
