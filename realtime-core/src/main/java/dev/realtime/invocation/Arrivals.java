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

package dev.realtime.invocation;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * Whether clients are on their way into a hub, that have no connection there yet: those
 * that wait for handlers of the connect event are counted, and whoever asks for the hub,
 * or has got an answer of the handlers, has a while for the next step. Safe for
 * concurrent use.
 */
final class Arrivals {

	private final LongSupplier clock;

	private final AtomicInteger waiting = new AtomicInteger();

	private volatile long latest;

	/**
	 * Create the arrivals of a hub, as if somebody had just asked for it.
	 * @param clock tells the time as {@link System#nanoTime()} does
	 */
	Arrivals(LongSupplier clock) {
		this.clock = clock;
		this.latest = clock.getAsLong();
	}

	/**
	 * Take note that somebody has asked for the hub.
	 */
	void announced() {
		this.latest = this.clock.getAsLong();
	}

	/**
	 * Take note that a client waits for handlers.
	 */
	void began() {
		this.waiting.incrementAndGet();
	}

	/**
	 * Take note that a client has got its answer.
	 */
	void ended() {
		this.latest = this.clock.getAsLong();
		this.waiting.decrementAndGet();
	}

	/**
	 * Return whether nobody is on the way.
	 * @param duration how long the next step may take
	 * @return {@code true} if nobody waits, and the latest step was taken before that
	 */
	boolean noneFor(Duration duration) {
		// in this order: whoever waits no longer has taken a step before
		return this.waiting.get() == 0 && this.clock.getAsLong() - this.latest >= duration.toNanos();
	}

}
