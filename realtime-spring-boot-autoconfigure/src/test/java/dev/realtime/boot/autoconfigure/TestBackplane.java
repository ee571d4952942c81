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

package dev.realtime.boot.autoconfigure;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import dev.realtime.backplane.Backplane;
import dev.realtime.backplane.BackplaneListener;
import org.jspecify.annotations.Nullable;

/**
 * Joins applications in one process; what is published arrives on another thread.
 */
final class TestBackplane implements Backplane {

	private final Network network;

	private volatile @Nullable BackplaneListener listener;

	TestBackplane(Network network) {
		this.network = network;
	}

	@Override
	public void start(BackplaneListener listener) {
		this.listener = listener;
	}

	@Override
	public CompletionStage<Integer> publish(String channel, byte[] message) {
		int receivers = 0;
		for (TestBackplane other : this.network.channels.getOrDefault(channel, Set.of())) {
			BackplaneListener listener = other.listener;
			if (other != this && listener != null) {
				byte[] copy = message.clone();
				this.network.thread.execute(() -> listener.onMessage(channel, copy));
				receivers++;
			}
		}
		return CompletableFuture.completedStage(receivers);
	}

	@Override
	public CompletionStage<Void> subscribe(String channel) {
		this.network.channels.computeIfAbsent(channel, (key) -> ConcurrentHashMap.newKeySet()).add(this);
		return CompletableFuture.completedStage(null);
	}

	@Override
	public CompletionStage<Void> unsubscribe(String channel) {
		this.network.channels.computeIfPresent(channel, (key, nodes) -> {
			nodes.remove(this);
			return nodes.isEmpty() ? null : nodes;
		});
		return CompletableFuture.completedStage(null);
	}

	@Override
	public void stop() {
		this.listener = null;
		this.network.channels.values().forEach((nodes) -> nodes.remove(this));
	}

	/**
	 * What joins the applications.
	 */
	static final class Network {

		private final Map<String, Set<TestBackplane>> channels = new ConcurrentHashMap<>();

		private final ExecutorService thread = Executors.newSingleThreadExecutor();

		void close() {
			this.thread.shutdown();
		}

	}

}
