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

package dev.realtime.transport;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;

import dev.realtime.connection.ClientConnection;
import dev.realtime.connection.ConnectionState;
import dev.realtime.protocol.CloseReason;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.util.Assert;

/**
 * Takes leave of all connections of this node within a given time, so that their clients
 * go elsewhere without all of them doing so at once, and without any of them missing an
 * answer. Connections have their turns in slices, spread over half of the time. One whose
 * turn has come takes nothing new from its client, and is closed as soon as what its
 * client has asked for before is answered. Streams may go on for a quarter of the time
 * then; answers are waited for until nine tenths of all the time have passed. Whoever has
 * not gone at the end is dropped.
 *
 * <p>
 * Nobody else may connect meanwhile ({@link ConnectionRegistry#setRefusing}). Not safe
 * for concurrent use but for {@link #cancel()} and the figures.
 *
 * @since 0.1.0
 */
public final class ConnectionDrain {

	private static final Log logger = LogFactory.getLog(ConnectionDrain.class);

	private static final long SLICE_NANOS = 100_000_000;

	private static final int SMALLEST_SLICE = 10;

	private final ConnectionRegistry registry;

	private final IntSupplier registered;

	private final long begin;

	private final long timeout;

	private final int sliceSize;

	// the connections whose turn has come, and when
	private final Map<ClientConnection, Long> turns = new IdentityHashMap<>();

	private final AtomicLong closed = new AtomicLong();

	private final AtomicLong dropped = new AtomicLong();

	private long begun;

	private volatile boolean cancelled;

	private volatile int remaining;

	/**
	 * Create a drain that begins with the first {@linkplain #step step}.
	 * @param registry the connections
	 * @param registered tells how many connections hubs have not seen the end of
	 * @param timeout how long it may take
	 * @param nanoTime the current time as {@link System#nanoTime()} tells it
	 */
	public ConnectionDrain(ConnectionRegistry registry, IntSupplier registered, Duration timeout, long nanoTime) {
		Assert.notNull(registry, "'registry' must not be null");
		Assert.notNull(registered, "'registered' must not be null");
		Assert.isTrue(!timeout.isNegative(), "'timeout' must not be negative");
		this.registry = registry;
		this.registered = registered;
		this.begin = nanoTime;
		this.timeout = timeout.toNanos();
		int open = open().size();
		this.remaining = Math.max(open, registered.getAsInt());
		long slices = Math.max(1, this.timeout / 2 / SLICE_NANOS);
		this.sliceSize = (int) Math.max(SMALLEST_SLICE, (open + slices - 1) / slices);
	}

	private List<ClientConnection> open() {
		List<ClientConnection> open = new ArrayList<>();
		this.registry.forEachClaimed((connection) -> {
			if (connection.state() != ConnectionState.CLOSED) {
				open.add(connection);
			}
		});
		return open;
	}

	/**
	 * Do what is due.
	 * @param nanoTime the current time as {@link System#nanoTime()} tells it
	 * @return {@code false} if the drain is over
	 */
	public boolean step(long nanoTime) {
		long elapsed = nanoTime - this.begin;
		boolean cancelled = this.cancelled;
		int open = cancelled ? 0 : beginTurns(elapsed, nanoTime);
		advanceTurns(elapsed, nanoTime);
		this.remaining = cancelled ? this.turns.size() : Math.max(open, this.registered.getAsInt());
		if (this.remaining == 0) {
			return false;
		}
		if (elapsed >= this.timeout) {
			drop();
			return false;
		}
		return true;
	}

	// returns how many connections there are
	private int beginTurns(long elapsed, long nanoTime) {
		long due = (elapsed / SLICE_NANOS + 1) * this.sliceSize;
		List<ClientConnection> open = open();
		for (ClientConnection connection : open) {
			if (this.turns.containsKey(connection)) {
				continue;
			}
			if (connection.isRetiring()) {
				// another drain, which was cancelled, has begun with it
				this.turns.put(connection, nanoTime);
			}
			else if (this.begun < due) {
				connection.retire();
				this.turns.put(connection, nanoTime);
				this.begun++;
			}
		}
		return open.size();
	}

	private void advanceTurns(long elapsed, long nanoTime) {
		boolean late = elapsed >= this.timeout - this.timeout / 10;
		Iterator<Map.Entry<ClientConnection, Long>> turns = this.turns.entrySet().iterator();
		while (turns.hasNext()) {
			Map.Entry<ClientConnection, Long> turn = turns.next();
			if (turn.getKey().state() == ConnectionState.CLOSED) {
				this.closed.incrementAndGet();
				turns.remove();
			}
			else {
				tryToAdvance(turn.getKey(), nanoTime - turn.getValue(), late);
			}
		}
	}

	// a source of a stream may fail to be cancelled
	private void tryToAdvance(ClientConnection connection, long waited, boolean late) {
		try {
			advance(connection, waited, late);
		}
		catch (RuntimeException ex) {
			logger.debug("Failure to take leave of " + connection, ex);
		}
	}

	private void advance(ClientConnection connection, long waited, boolean late) {
		if (late || !connection.isBusy()) {
			connection.close(CloseReason.SERVER_SHUTDOWN, null);
		}
		else if (waited >= this.timeout / 4) {
			connection.endStreams();
			if (connection.state() != ConnectionState.OPEN) {
				connection.close(CloseReason.SERVER_SHUTDOWN, null);
			}
		}
	}

	/**
	 * Drop the connections that are left. They are dropped when the time is over; this is
	 * for those who cannot wait for that.
	 */
	public void drop() {
		Set<ClientConnection> left = Collections.newSetFromMap(new IdentityHashMap<>());
		left.addAll(this.turns.keySet());
		if (!this.cancelled) {
			left.addAll(open());
		}
		for (ClientConnection connection : left) {
			if (connection.state() != ConnectionState.CLOSED) {
				this.dropped.incrementAndGet();
				connection.terminate(CloseReason.SERVER_SHUTDOWN, null);
			}
			else {
				this.closed.incrementAndGet();
			}
		}
		this.turns.clear();
	}

	/**
	 * Let the connections whose turn has not come yet stay. Those whose turn has come are
	 * taken leave of all the same, by further {@linkplain #step steps}: they have passed
	 * something over that their clients wait for.
	 */
	public void cancel() {
		this.cancelled = true;
	}

	/**
	 * Return how many connections are still to go.
	 * @return the number of connections after the latest step
	 */
	public int remaining() {
		return this.remaining;
	}

	/**
	 * Return how many connections have ended when, or after, their turn had come.
	 * @return the number of connections
	 */
	public long closed() {
		return this.closed.get();
	}

	/**
	 * Return how many connections had not ended when the time was over.
	 * @return the number of connections
	 */
	public long dropped() {
		return this.dropped.get();
	}

}
