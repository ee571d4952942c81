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
 * Counts what happens from {@link #start()} on. Belongs to the thread of the clients.
 */
public final class Meter {

	private final LatencyHistogram latencies = new LatencyHistogram();

	private boolean started;

	private long reads;

	private long startedAt;

	/**
	 * Start to count.
	 */
	public void start() {
		this.started = true;
		this.startedAt = System.nanoTime();
	}

	/**
	 * Return how long this has been counting.
	 * @return the duration in nanoseconds
	 */
	public long elapsed() {
		return System.nanoTime() - this.startedAt;
	}

	void operation(long nanos) {
		if (this.started) {
			this.latencies.record(nanos);
		}
	}

	void read() {
		if (this.started) {
			this.reads++;
		}
	}

	/**
	 * Return the latencies of the operations.
	 * @return one value per operation
	 */
	public LatencyHistogram latencies() {
		return this.latencies;
	}

	/**
	 * Return how many reads brought data.
	 * @return the number of reads of all connections
	 */
	public long reads() {
		return this.reads;
	}

}
