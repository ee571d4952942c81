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

package dev.realtime.web;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Lets one line a minute into the log at a level that operators see. Safe for concurrent
 * use.
 * <p>
 * Internal: public for other packages of the engine, not for applications.
 *
 * @since 0.1.0
 */
public final class LogThrottle {

	/**
	 * What {@link #next()} returns if it is too early for another line.
	 */
	public static final int TOO_EARLY = -1;

	private static final long INTERVAL = Duration.ofMinutes(1).toNanos();

	private final LongSupplier nanoTime;

	private long due;

	private long since;

	/**
	 * Create a throttle that lets the first line pass.
	 * @param nanoTime tells the time as {@link System#nanoTime()} does
	 */
	public LogThrottle(LongSupplier nanoTime) {
		this.nanoTime = nanoTime;
		this.due = nanoTime.getAsLong();
	}

	/**
	 * Ask for another line.
	 * @return how many there would have been since the last one that passed, or
	 * {@link #TOO_EARLY}
	 */
	public synchronized long next() {
		long now = this.nanoTime.getAsLong();
		if (now - this.due < 0) {
			this.since++;
			return TOO_EARLY;
		}
		long others = this.since;
		this.since = 0;
		this.due = now + INTERVAL;
		return others;
	}

}
