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

package dev.realtime.connection;

import org.springframework.util.Assert;

/**
 * Tells whether something happens too often. Up to a burst may happen at once, and on the
 * average no more than a rate; what cannot be refused is charged, and has to be waited
 * for afterwards. Safe for concurrent use.
 *
 * @since 0.1.0
 */
public final class TokenBucket {

	private static final double NANOS_PER_SECOND = 1_000_000_000;

	private final double interval;

	private final long burst;

	// when everything so far would have happened at an even pace; guarded by this
	private long due;

	/**
	 * Create a bucket that is full.
	 * @param perSecond how many tokens are added per second
	 * @param burst how many tokens it holds
	 * @param nanoTime the current time as {@link System#nanoTime()} tells it
	 */
	public TokenBucket(double perSecond, double burst, long nanoTime) {
		Assert.isTrue(perSecond > 0, "'perSecond' must be positive");
		Assert.isTrue(burst >= 1, "'burst' must be at least 1");
		this.interval = NANOS_PER_SECOND / perSecond;
		this.burst = (long) Math.ceil(burst * this.interval);
		this.due = nanoTime;
	}

	/**
	 * Take a token.
	 * @param nanoTime the current time
	 * @return {@code false} if there is none
	 */
	public synchronized boolean tryTake(long nanoTime) {
		long due = later(this.due, nanoTime) + (long) this.interval;
		if (due - nanoTime > this.burst) {
			return false;
		}
		this.due = due;
		return true;
	}

	/**
	 * Take tokens, whether they are there or not.
	 * @param tokens how many
	 * @param nanoTime the current time
	 */
	public synchronized void charge(int tokens, long nanoTime) {
		this.due = later(this.due, nanoTime) + (long) (tokens * this.interval);
	}

	/**
	 * Return how long it takes until there is a token.
	 * @param nanoTime the current time
	 * @return the time in nanoseconds, or 0 if there is one
	 */
	public synchronized long untilToken(long nanoTime) {
		return Math.max(0, later(this.due, nanoTime) + (long) this.interval - nanoTime - this.burst);
	}

	/**
	 * Return how long it takes until what was charged is paid back.
	 * @param nanoTime the current time
	 * @return the time in nanoseconds, or 0 if it is
	 */
	public synchronized long untilSettled(long nanoTime) {
		return Math.max(0, later(this.due, nanoTime) - nanoTime - this.burst);
	}

	private static long later(long first, long second) {
		return (first - second > 0) ? first : second;
	}

}
