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

package dev.realtime.operations;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Many clients, and what has become of their calls and connections.
 */
final class Load implements AutoCloseable {

	private static final int CONNECTING_AT_A_TIME = 50;

	private static final int WORK_MILLIS = 20;

	private final ExecutorService threads = Executors.newFixedThreadPool(4);

	private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);

	private final HttpClient http = HttpClient.newBuilder()
		.executor(this.threads)
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(Duration.ofSeconds(60))
		.build();

	private final List<LoadClient> clients = new ArrayList<>();

	private final Map<String, AtomicLong> answers = new ConcurrentHashMap<>();

	private final Queue<Long> reconnects = new ConcurrentLinkedQueue<>();

	private final Queue<String> failures = new ConcurrentLinkedQueue<>();

	final AtomicLong sentAway = new AtomicLong();

	final AtomicLong cutOff = new AtomicLong();

	final AtomicLong passedOver = new AtomicLong();

	final AtomicLong gaveUp = new AtomicLong();

	private final String url;

	private final long pauseMillis;

	private volatile boolean over;

	/**
	 * Create clients.
	 * @param url where they connect
	 * @param count how many there are
	 * @param pauseMillis how long each waits between a call and the next one
	 */
	Load(String url, int count, long pauseMillis) {
		this.url = url;
		this.pauseMillis = pauseMillis;
		for (int i = 0; i < count; i++) {
			this.clients.add(new LoadClient(this, "load-" + i));
		}
	}

	/**
	 * Connect all clients.
	 */
	void start() throws InterruptedException {
		Semaphore connecting = new Semaphore(CONNECTING_AT_A_TIME);
		for (LoadClient client : this.clients) {
			connecting.acquire();
			client.start().whenComplete((nothing, failure) -> {
				connecting.release();
				if (failure != null) {
					failed(failure);
				}
			});
		}
		connecting.acquire(CONNECTING_AT_A_TIME);
	}

	String url() {
		return this.url;
	}

	HttpClient http() {
		return this.http;
	}

	ScheduledExecutorService timer() {
		return this.timer;
	}

	int workMillis() {
		return WORK_MILLIS;
	}

	long pauseMillis() {
		return this.pauseMillis;
	}

	long firstPauseMillis() {
		return ThreadLocalRandom.current().nextLong(this.pauseMillis);
	}

	boolean isOver() {
		return this.over;
	}

	void answered(String node) {
		this.answers.computeIfAbsent(node, (name) -> new AtomicLong()).incrementAndGet();
	}

	/**
	 * Take note that a client has lost its connection.
	 * @param told whether it was told to connect again
	 * @param waited whether it waited for an answer
	 */
	void lost(boolean told, boolean waited) {
		(told ? this.sentAway : this.cutOff).incrementAndGet();
		if (waited) {
			this.passedOver.incrementAndGet();
		}
	}

	void failed(Throwable failure) {
		this.failures.add(String.valueOf(failure));
	}

	void gaveUp() {
		this.gaveUp.incrementAndGet();
	}

	void reconnected(long nanos) {
		this.reconnects.add(nanos);
	}

	long answers(String node) {
		AtomicLong answers = this.answers.get(node);
		return (answers != null) ? answers.get() : 0;
	}

	List<String> failures() {
		return List.copyOf(this.failures);
	}

	long connected() {
		return this.clients.stream().filter(LoadClient::isConnected).count();
	}

	long on(String node) {
		return this.clients.stream().filter((client) -> node.equals(client.node())).count();
	}

	/**
	 * Return how long clients had no connection.
	 * @return the times in ascending order
	 */
	Duration[] reconnects() {
		return this.reconnects.stream().sorted().map(Duration::ofNanos).toArray(Duration[]::new);
	}

	static Duration percentile(Duration[] sorted, int percent) {
		return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
	}

	/**
	 * Let no more calls begin.
	 */
	void end() {
		this.over = true;
	}

	/**
	 * Have all clients go, without a word.
	 */
	void leave() {
		this.over = true;
		this.clients.forEach(LoadClient::leave);
	}

	@Override
	public void close() {
		this.over = true;
		this.timer.shutdownNow();
		this.threads.shutdownNow();
	}

	@Override
	public String toString() {
		return "connected " + connected() + ", answers " + this.answers + ", sent away " + this.sentAway + ", cut off "
				+ this.cutOff + ", passed over " + this.passedOver + ", gave up " + this.gaveUp + ", reconnects "
				+ this.reconnects.size() + ", failures "
				+ Arrays.toString(this.failures.stream().distinct().limit(5).toArray());
	}

}
