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

/**
 * Counts durations in buckets whose width is at most 1/64 of their value. Its size is
 * fixed.
 */
public final class LatencyHistogram {

	private static final int SUB_BUCKET_BITS = 6;

	private static final int SUB_BUCKETS = 1 << SUB_BUCKET_BITS;

	private final long[] counts = new long[(Long.SIZE - SUB_BUCKET_BITS) * SUB_BUCKETS];

	private long total;

	/**
	 * Count a duration.
	 * @param nanos the duration in nanoseconds
	 */
	public void record(long nanos) {
		this.counts[bucket(Math.max(0, nanos))]++;
		this.total++;
	}

	private static int bucket(long nanos) {
		if (nanos < SUB_BUCKETS) {
			return (int) nanos;
		}
		int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(nanos) - SUB_BUCKET_BITS;
		return (shift + 1) * SUB_BUCKETS + (int) (nanos >>> shift) - SUB_BUCKETS;
	}

	private static long lowest(int bucket) {
		int shift = bucket / SUB_BUCKETS - 1;
		return (shift < 0) ? bucket : (long) (SUB_BUCKETS + bucket % SUB_BUCKETS) << shift;
	}

	/**
	 * Return a quantile.
	 * @param quantile from 0 to 1
	 * @return the lower bound of its bucket in nanoseconds, 0 if nothing was counted
	 */
	public long quantile(double quantile) {
		long wanted = (long) Math.ceil(quantile * this.total);
		long passed = 0;
		for (int i = 0; i < this.counts.length; i++) {
			passed += this.counts[i];
			if (passed > 0 && passed >= wanted) {
				return lowest(i);
			}
		}
		return 0;
	}

	/**
	 * Return how many durations were counted.
	 * @return the number of durations
	 */
	public long total() {
		return this.total;
	}

}
