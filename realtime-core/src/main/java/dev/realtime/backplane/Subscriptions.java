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

package dev.realtime.backplane;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Subscribes to a channel while somebody holds it. Per channel, the backplane is asked
 * for one thing after the other, in the order in which the first holder came and the last
 * one left.
 */
final class Subscriptions {

	private static final Log logger = LogFactory.getLog(Subscriptions.class);

	private final Backplane backplane;

	private final CompletableFuture<Void> started;

	private final Consumer<Runnable> retryLater;

	private final AtomicBoolean failing = new AtomicBoolean();

	private final Map<String, Subscription> channels = new ConcurrentHashMap<>();

	/**
	 * Create subscriptions.
	 * @param backplane the backplane to subscribe with
	 * @param started completes when the backplane may be used
	 * @param retryLater runs a task after a while
	 */
	Subscriptions(Backplane backplane, CompletableFuture<Void> started, Consumer<Runnable> retryLater) {
		this.backplane = backplane;
		this.started = started;
		this.retryLater = retryLater;
	}

	/**
	 * Hold a channel.
	 * @param channel the channel
	 * @return completes when the subscription is effective
	 */
	CompletableFuture<Void> acquire(String channel) {
		Subscription subscription = this.channels.compute(channel, (key, existing) -> {
			Subscription current = (existing != null) ? existing : new Subscription(this.started);
			current.holders++;
			if (current.holders == 1 || current.tail.isCompletedExceptionally()) {
				current.then(key, this.backplane::subscribe);
			}
			return current;
		});
		watch(channel, subscription.tail);
		return subscription.tail;
	}

	private void watch(String channel, CompletableFuture<Void> subscribed) {
		if (!subscribed.isDone() || subscribed.isCompletedExceptionally() || this.failing.get()) {
			subscribed.whenComplete((result, ex) -> {
				if (ex != null) {
					if (this.failing.compareAndSet(false, true)) {
						logger.warn("Subscribing to the backplane failed, retrying until it succeeds", ex);
					}
					this.retryLater.accept(() -> retry(channel));
				}
				else if (this.failing.compareAndSet(true, false)) {
					logger.info("Subscribing to the backplane succeeds again");
				}
			});
		}
	}

	private void retry(String channel) {
		Subscription subscription = this.channels.computeIfPresent(channel, (key, current) -> {
			if (current.holders > 0 && current.tail.isCompletedExceptionally()) {
				current.then(key, this.backplane::subscribe);
			}
			return current;
		});
		if (subscription != null) {
			watch(channel, subscription.tail);
		}
	}

	/**
	 * Stop holding a channel.
	 * @param channel the channel
	 */
	void release(String channel) {
		Subscription subscription = this.channels.computeIfPresent(channel, (key, current) -> {
			current.holders--;
			if (current.holders == 0) {
				current.then(key, this.backplane::unsubscribe);
			}
			return current;
		});
		if (subscription != null) {
			subscription.tail.whenComplete((result, ex) -> forget(channel));
		}
	}

	private void forget(String channel) {
		this.channels.computeIfPresent(channel,
				(key, current) -> (current.holders == 0 && current.tail.isDone()) ? null : current);
	}

	/**
	 * Return when the subscription to a channel is effective.
	 * @param channel the channel
	 * @return a future, complete if nobody holds the channel
	 */
	CompletableFuture<Void> effective(String channel) {
		Subscription subscription = this.channels.get(channel);
		return (subscription != null) ? subscription.tail : CompletableFuture.completedFuture(null);
	}

	int size() {
		return this.channels.size();
	}

	/**
	 * One channel. Changed by whoever computes its entry in the map.
	 */
	private static final class Subscription {

		private int holders;

		private volatile CompletableFuture<Void> tail;

		Subscription(CompletableFuture<Void> started) {
			this.tail = started;
		}

		void then(String channel, Function<String, CompletionStage<Void>> operation) {
			this.tail = this.tail.handle((result, ex) -> channel).thenCompose(operation);
		}

	}

}
