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

package dev.realtime.lifetime;

import java.util.concurrent.atomic.AtomicInteger;

import dev.realtime.observation.BroadcastRecorder;

/**
 * One broadcast on its way to the lanes of its receivers. The last lane that is through
 * records it.
 */
final class Fanout {

	private final BroadcastRecorder recorder;

	private final String hub;

	private final long start = System.nanoTime();

	private final AtomicInteger lanes = new AtomicInteger();

	private final AtomicInteger receivers = new AtomicInteger();

	Fanout(BroadcastRecorder recorder, String hub) {
		this.recorder = recorder;
		this.hub = hub;
	}

	/**
	 * Take note of how many lanes there are. Called before the first one begins.
	 * @param lanes the number of lanes
	 */
	void begin(int lanes) {
		this.lanes.set(lanes);
	}

	/**
	 * Take note that a lane is through.
	 * @param receivers how many receivers it has
	 */
	void delivered(int receivers) {
		int sum = this.receivers.addAndGet(receivers);
		if (this.lanes.decrementAndGet() == 0 && sum > 0) {
			this.recorder.record(this.hub, sum, System.nanoTime() - this.start);
		}
	}

}
