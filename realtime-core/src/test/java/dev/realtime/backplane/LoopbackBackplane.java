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
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * Joins several nodes in one process: bytes are copied and arrive on a thread of the
 * receiving node, subscriptions become effective on a thread of the network.
 */
public final class LoopbackBackplane implements Backplane {

	private final Network network;

	private final ExecutorService thread = Executors.newSingleThreadExecutor(Network::daemon);

	private final AtomicInteger published = new AtomicInteger();

	private volatile @Nullable BackplaneListener listener;

	private volatile boolean broken;

	private volatile boolean deaf;

	public LoopbackBackplane(Network network) {
		this.network = network;
	}

	@Override
	public void start(BackplaneListener listener) {
		this.listener = listener;
	}

	@Override
	public CompletionStage<Integer> publish(String channel, byte[] message) {
		if (this.broken) {
			return CompletableFuture.failedStage(new IllegalStateException("Backplane is down"));
		}
		this.published.incrementAndGet();
		int receivers = 0;
		for (LoopbackBackplane other : this.network.channels.getOrDefault(channel, Set.of())) {
			if (other != this) {
				receivers++;
				other.receive(channel, message.clone());
			}
		}
		return CompletableFuture.completedStage(receivers);
	}

	private void receive(String channel, byte[] message) {
		try {
			this.thread.execute(() -> {
				BackplaneListener listener = this.listener;
				if (listener != null && !this.deaf) {
					listener.onMessage(channel, message);
				}
			});
		}
		catch (RejectedExecutionException ex) {
			// has been stopped
		}
	}

	@Override
	public CompletionStage<Void> subscribe(String channel) {
		if (this.broken) {
			return CompletableFuture.failedStage(new IllegalStateException("Backplane is down"));
		}
		return CompletableFuture.runAsync(
				() -> this.network.channels.computeIfAbsent(channel, (key) -> ConcurrentHashMap.newKeySet()).add(this),
				this.network.thread);
	}

	@Override
	public CompletionStage<Void> unsubscribe(String channel) {
		return CompletableFuture.runAsync(
				() -> this.network.channels.getOrDefault(channel, ConcurrentHashMap.newKeySet()).remove(this),
				this.network.thread);
	}

	@Override
	public void stop() {
		this.network.channels.values().forEach((nodes) -> nodes.remove(this));
		this.thread.shutdown();
	}

	/**
	 * Accept nothing any more.
	 */
	public void setBroken(boolean broken) {
		this.broken = broken;
	}

	/**
	 * Count as receiver, but receive nothing.
	 */
	public void setDeaf(boolean deaf) {
		this.deaf = deaf;
	}

	public int published() {
		return this.published.get();
	}

	/**
	 * What the nodes are joined by.
	 */
	public static final class Network implements AutoCloseable {

		private final Map<String, Set<LoopbackBackplane>> channels = new ConcurrentHashMap<>();

		private final ExecutorService thread = Executors.newSingleThreadExecutor(Network::daemon);

		private static Thread daemon(Runnable task) {
			Thread thread = new Thread(task, "loopback");
			thread.setDaemon(true);
			return thread;
		}

		public long subscriptions(String channel) {
			return this.channels.getOrDefault(channel, Set.of()).size();
		}

		@Override
		public void close() {
			this.thread.shutdown();
		}

	}

}
