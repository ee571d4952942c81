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

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import dev.realtime.connection.Limit;
import dev.realtime.connection.TokenBucket;
import dev.realtime.hub.ClientLimits;
import dev.realtime.hub.RateLimit;
import org.jspecify.annotations.Nullable;

/**
 * How fast one client may send. What it sends faster is not lost: calls start when their
 * time has come, and nothing more is read until then.
 */
final class InboundRate {

	/**
	 * How much a client that has to be read may be ahead of its time, in nanoseconds.
	 */
	static final long MAX_AHEAD = TimeUnit.SECONDS.toNanos(16);

	// what becomes due meanwhile goes on together
	private static final long MIN_DELAY = TimeUnit.MILLISECONDS.toNanos(10);

	private final @Nullable TokenBucket messages;

	private final @Nullable TokenBucket bytes;

	private final Executor executor;

	private final Consumer<Limit> exceeded;

	private final AtomicBoolean callsWait = new AtomicBoolean();

	private final AtomicBoolean readingWaits = new AtomicBoolean();

	private InboundRate(ClientLimits limits, Executor executor, Consumer<Limit> exceeded) {
		long now = System.nanoTime();
		RateLimit messages = limits.messages();
		this.messages = (messages != null) ? new TokenBucket(messages.perSecond(), messages.burst(), now) : null;
		long bytes = limits.bytesPerSecond();
		this.bytes = (bytes > 0) ? new TokenBucket(bytes, bytes, now) : null;
		this.executor = executor;
		this.exceeded = exceeded;
	}

	/**
	 * Create what measures a client.
	 * @param limits the limits of its hub
	 * @param executor lets it go on
	 * @param exceeded is told when it has to wait
	 * @return the rate, or {@code null} if it may send as fast as it likes
	 */
	static @Nullable InboundRate of(ClientLimits limits, Executor executor, Consumer<Limit> exceeded) {
		return limits.hasRates() ? new InboundRate(limits, executor, exceeded) : null;
	}

	/**
	 * Take note of bytes that were read.
	 * @param count how many
	 */
	void read(int count) {
		if (this.bytes != null) {
			this.bytes.charge(count, System.nanoTime());
		}
	}

	/**
	 * Take note of a message that is handled without waiting for its turn.
	 */
	void handled() {
		if (this.messages != null) {
			this.messages.charge(1, System.nanoTime());
		}
	}

	/**
	 * Let a call start if it may.
	 * @return {@code false} if it has to wait
	 */
	boolean tryStart() {
		return this.messages == null || this.messages.tryTake(System.nanoTime());
	}

	/**
	 * Return whether a call may start.
	 * @return {@code false} if it has to wait
	 */
	boolean mayStart() {
		return this.messages == null || this.messages.untilToken(System.nanoTime()) == 0;
	}

	/**
	 * Wait until another call may start. Only the first one who waits is told.
	 * @param action called then
	 */
	void whenNext(Runnable action) {
		if (this.messages != null && this.callsWait.compareAndSet(false, true)) {
			this.exceeded.accept(Limit.MESSAGES_PER_SECOND);
			after(this.messages.untilToken(System.nanoTime()), this.callsWait, action);
		}
	}

	/**
	 * Return how far the client is ahead of its time.
	 * @return the time in nanoseconds until more may be read, or 0 if it may
	 */
	long ahead() {
		return Math.max(untilSettled(this.messages), untilSettled(this.bytes));
	}

	private static long untilSettled(@Nullable TokenBucket bucket) {
		return (bucket != null) ? bucket.untilSettled(System.nanoTime()) : 0;
	}

	/**
	 * Wait until more may be read. Only the first one who waits is told.
	 * @param action called then
	 */
	void whenSettled(Runnable action) {
		if (this.readingWaits.compareAndSet(false, true)) {
			boolean bytes = untilSettled(this.bytes) > 0;
			this.exceeded.accept(bytes ? Limit.BYTES_PER_SECOND : Limit.MESSAGES_PER_SECOND);
			after(ahead(), this.readingWaits, action);
		}
	}

	private void after(long nanos, AtomicBoolean waits, Runnable action) {
		CompletableFuture.delayedExecutor(Math.max(nanos, MIN_DELAY), TimeUnit.NANOSECONDS, this.executor)
			.execute(() -> {
				waits.set(false);
				action.run();
			});
	}

}
