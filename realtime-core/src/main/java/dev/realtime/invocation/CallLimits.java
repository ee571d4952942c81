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

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import dev.realtime.connection.Limit;
import dev.realtime.connection.TokenBucket;
import dev.realtime.hub.ClientLimits;
import dev.realtime.hub.RateLimit;
import org.jspecify.annotations.Nullable;

/**
 * What one client may call. What is beyond fails on its own, and the connection goes on.
 */
final class CallLimits {

	private final ClientLimits limits;

	private final Consumer<Limit> exceeded;

	private final AtomicInteger underWay = new AtomicInteger();

	private final Map<String, TokenBucket> rates = new ConcurrentHashMap<>(2);

	private CallLimits(ClientLimits limits, Consumer<Limit> exceeded) {
		this.limits = limits;
		this.exceeded = exceeded;
	}

	/**
	 * Create what counts the calls of a client.
	 * @param limits the limits of its hub
	 * @param exceeded is told of what is refused
	 * @return the limits, or {@code null} if there are none
	 */
	static @Nullable CallLimits of(ClientLimits limits, Consumer<Limit> exceeded) {
		boolean limited = limits.streamsPerConnection() > 0 || limits.invocationsPerConnection() > 0
				|| !limits.methods().isEmpty();
		return limited ? new CallLimits(limits, exceeded) : null;
	}

	/**
	 * Check a call that is about to wait for its turn. Called by one thread at a time.
	 * @param method the method
	 * @param streams how many streams come with the call, that of its results included
	 * @param open how many streams of the client are under way
	 * @return what to tell the client, or {@code null} if it may call the method
	 */
	@Nullable String objection(HubMethodDescriptor method, int streams, int open) {
		if (this.limits.streamsPerConnection() > 0 && streams > 0
				&& open + streams > this.limits.streamsPerConnection()) {
			this.exceeded.accept(Limit.STREAMS_PER_CONNECTION);
			return ErrorTexts.tooManyStreams(method.name());
		}
		if (this.limits.invocationsPerConnection() > 0 && !method.streaming() && isFull(this.underWay.get())) {
			return ErrorTexts.tooManyCalls(method.name());
		}
		return isTooOften(method) ? ErrorTexts.tooOften(method.name()) : null;
	}

	/**
	 * Return whether a client may have no more calls under way.
	 * @param underWay how many there are
	 * @return {@code true} if another one has to be refused
	 */
	boolean isFull(int underWay) {
		if (this.limits.invocationsPerConnection() == 0 || underWay < this.limits.invocationsPerConnection()) {
			return false;
		}
		this.exceeded.accept(Limit.INVOCATIONS_PER_CONNECTION);
		return true;
	}

	/**
	 * Return whether a method is called too often by the client; if not, this is a call.
	 * @param method the method
	 * @return {@code true} if the call has to be refused
	 */
	boolean isTooOften(HubMethodDescriptor method) {
		RateLimit rate = method.rate();
		if (rate == null) {
			return false;
		}
		long now = System.nanoTime();
		TokenBucket bucket = this.rates.computeIfAbsent(method.name(),
				(name) -> new TokenBucket(rate.perSecond(), rate.burst(), now));
		if (bucket.tryTake(now)) {
			return false;
		}
		this.exceeded.accept(Limit.METHOD_RATE);
		return true;
	}

	/**
	 * Take note of a call that waits for its turn.
	 * @param method the method
	 */
	void begun(HubMethodDescriptor method) {
		if (!method.streaming()) {
			this.underWay.incrementAndGet();
		}
	}

	/**
	 * Take note of a call that has ended.
	 * @param method the method
	 */
	void ended(HubMethodDescriptor method) {
		if (!method.streaming()) {
			this.underWay.decrementAndGet();
		}
	}

}
