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

package dev.realtime.boot.autoconfigure.servlet;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntSupplier;

import dev.realtime.hub.HubDrain;
import dev.realtime.transport.ConnectionDrain;
import dev.realtime.transport.ConnectionRegistry;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Drains this node, by order of the application or because it stops.
 */
final class DefaultHubDrain implements HubDrain {

	private static final Log logger = LogFactory.getLog(DefaultHubDrain.class);

	private static final long PAUSE_MILLIS = 20;

	private final ConnectionRegistry registry;

	private final IntSupplier registered;

	private final Duration timeout;

	private final DrainReadiness readiness;

	// all guarded by 'this'
	private boolean stopping;

	private State state = State.ACCEPTING;

	private @Nullable Instant since;

	private @Nullable Run latest;

	private long closedBefore;

	private long droppedBefore;

	/**
	 * Create the drain.
	 * @param registry the connections by their tokens
	 * @param registered tells how many connections hubs have not seen the end of
	 * @param timeout how long an application that stops waits for connections to end
	 * @param readiness told when traffic is not wanted
	 */
	DefaultHubDrain(ConnectionRegistry registry, IntSupplier registered, Duration timeout, DrainReadiness readiness) {
		this.registry = registry;
		this.registered = registered;
		this.timeout = timeout;
		this.readiness = readiness;
	}

	@Override
	public CompletableFuture<Status> start() {
		return start(this.timeout);
	}

	@Override
	public synchronized CompletableFuture<Status> start(Duration timeout) {
		Assert.notNull(timeout, "'timeout' must not be null");
		Assert.isTrue(!timeout.isNegative(), "'timeout' must not be negative");
		checkRunning();
		Run latest = this.latest;
		if (this.state != State.ACCEPTING && latest != null) {
			return latest.over().copy();
		}
		Run run = begin(timeout);
		this.readiness.refuse();
		Thread thread = new Thread(() -> drain(run), "realtime-drain");
		thread.setDaemon(true);
		thread.start();
		return run.over().copy();
	}

	private Run begin(Duration timeout) {
		forget();
		this.registry.setRefusing(true);
		Run run = new Run(new ConnectionDrain(this.registry, this.registered, timeout, System.nanoTime()), timeout,
				new CompletableFuture<>());
		this.latest = run;
		this.state = State.DRAINING;
		this.since = Instant.now();
		return run;
	}

	// what is left of it is taken over by the next one
	private void forget() {
		Run latest = this.latest;
		if (latest != null) {
			this.latest = null;
			this.closedBefore += latest.drain().closed();
			this.droppedBefore += latest.drain().dropped();
			latest.over().complete(status());
		}
	}

	private void drain(Run run) {
		ConnectionDrain drain = run.drain();
		int open = drain.remaining();
		if (open > 0) {
			logger.info("Sending the clients of " + open + " connection(s) away");
		}
		while (isLatest(run) && drain.step(System.nanoTime())) {
			if (!pause()) {
				drain.drop();
				break;
			}
		}
		if (drain.dropped() > 0) {
			logger.info("Dropped " + drain.dropped() + " connection(s) that did not end within "
					+ run.timeout().toMillis() + " ms");
		}
		finish(run);
	}

	private synchronized boolean isLatest(Run run) {
		return this.latest == run;
	}

	private void finish(Run run) {
		Status status;
		synchronized (this) {
			if (this.latest == run && this.state == State.DRAINING) {
				this.state = State.DRAINED;
			}
			status = status();
		}
		run.over().complete(status);
	}

	private static boolean pause() {
		try {
			Thread.sleep(PAUSE_MILLIS);
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	@Override
	public synchronized void resume() {
		checkRunning();
		if (this.state == State.ACCEPTING) {
			return;
		}
		if (this.latest != null) {
			this.latest.drain().cancel();
		}
		accept();
		this.readiness.accept();
	}

	private void checkRunning() {
		Assert.state(!this.stopping, "The application stops");
	}

	private void accept() {
		this.registry.setRefusing(false);
		this.state = State.ACCEPTING;
		this.since = null;
	}

	/**
	 * Take connections, since the application starts.
	 */
	synchronized void open() {
		this.stopping = false;
		accept();
	}

	/**
	 * Drain on the calling thread, since the application stops.
	 */
	void close() {
		Run run;
		synchronized (this) {
			this.stopping = true;
			run = begin(this.timeout);
		}
		drain(run);
	}

	/**
	 * Take no connections from now on, since the application is about to stop.
	 */
	synchronized void refuse() {
		this.stopping = true;
		this.registry.setRefusing(true);
	}

	@Override
	public synchronized Status status() {
		ConnectionDrain drain = (this.latest != null) ? this.latest.drain() : null;
		boolean draining = this.state == State.DRAINING;
		return new Status(this.state, this.since, (drain != null && draining) ? drain.remaining() : 0,
				this.closedBefore + ((drain != null) ? drain.closed() : 0),
				this.droppedBefore + ((drain != null) ? drain.dropped() : 0));
	}

	private record Run(ConnectionDrain drain, Duration timeout, CompletableFuture<Status> over) {

	}

}
