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

package dev.realtime.web.webhook;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Events that nobody waits for. Those of one connection are sent one after another, those
 * of others at the same time. What there is no room for is counted and forgotten.
 */
final class EventQueue {

	static final int MAX_EVENTS = 10_000;

	static final long MAX_BYTES = 64 * 1024 * 1024;

	private static final int PARALLEL = 64;

	private final Function<CloudEvent, CompletionStage<?>> sender;

	private final FailureLog failures;

	private final Map<String, Connection> connections = new HashMap<>();

	private final Queue<Connection> ready = new ArrayDeque<>();

	private final AtomicInteger work = new AtomicInteger();

	private int running;

	private int events;

	private long bytes;

	EventQueue(Function<CloudEvent, CompletionStage<?>> sender, FailureLog failures) {
		this.sender = sender;
		this.failures = failures;
	}

	void add(CloudEvent event) {
		if (!enqueue(event)) {
			this.failures.discarded(event);
			return;
		}
		work();
	}

	private synchronized boolean enqueue(CloudEvent event) {
		if (this.events >= MAX_EVENTS || this.bytes >= MAX_BYTES) {
			return false;
		}
		this.events++;
		this.bytes += event.body().length;
		Connection connection = this.connections.get(event.connectionId());
		if (connection == null) {
			connection = new Connection(new ArrayDeque<>(1));
			this.connections.put(event.connectionId(), connection);
			this.ready.add(connection);
		}
		return connection.waiting().add(event);
	}

	// a sender that is done at once comes back here
	private void work() {
		if (this.work.getAndIncrement() != 0) {
			return;
		}
		int seen = 1;
		while (seen != 0) {
			for (Turn turn = next(); turn != null; turn = next()) {
				send(turn);
			}
			seen = this.work.addAndGet(-seen);
		}
	}

	private void send(Turn turn) {
		this.sender.apply(turn.event()).whenComplete((result, failure) -> {
			sent(turn);
			work();
		});
	}

	private synchronized @Nullable Turn next() {
		Connection connection = (this.running < PARALLEL) ? this.ready.poll() : null;
		if (connection == null) {
			return null;
		}
		this.running++;
		return new Turn(connection, connection.waiting().remove());
	}

	private synchronized void sent(Turn turn) {
		this.running--;
		this.events--;
		this.bytes -= turn.event().body().length;
		if (turn.connection().waiting().isEmpty()) {
			this.connections.remove(turn.event().connectionId());
		}
		else {
			this.ready.add(turn.connection());
		}
		notifyAll();
	}

	/**
	 * Wait until all events are sent.
	 * @param deadline until when, as {@link System#nanoTime()} says it
	 * @throws InterruptedException if the thread is interrupted
	 */
	synchronized void awaitEmpty(long deadline) throws InterruptedException {
		long left = deadline - System.nanoTime();
		while (this.events > 0 && left > 0) {
			TimeUnit.NANOSECONDS.timedWait(this, left);
			left = deadline - System.nanoTime();
		}
	}

	/**
	 * A connection some of whose events are not sent.
	 *
	 * @param waiting its events, the one under way not among them
	 */
	private record Connection(Queue<CloudEvent> waiting) {

	}

	/**
	 * An event under way.
	 *
	 * @param connection its connection
	 * @param event the event
	 */
	private record Turn(Connection connection, CloudEvent event) {

	}

}
