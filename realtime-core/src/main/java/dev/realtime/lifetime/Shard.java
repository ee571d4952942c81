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

package dev.realtime.lifetime;

import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

import dev.realtime.connection.ClientConnection;
import dev.realtime.connection.Lane;
import dev.realtime.lifetime.filter.ConnectionFilter;
import dev.realtime.protocol.EncodedMessage;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The members of a group, user or hub that are on one lane. Changes are made by one
 * thread at a time; everything else may happen at any time on any thread.
 */
abstract class Shard {

	private static final Log logger = LogFactory.getLog(Shard.class);

	private final Lane lane;

	Shard(Lane lane) {
		this.lane = lane;
	}

	static Shard of(Lane lane) {
		return (lane == Lane.direct()) ? new DirectShard() : new LaneShard(lane);
	}

	final Lane lane() {
		return this.lane;
	}

	/**
	 * Add a connection.
	 * @param connection the connection
	 * @return {@code false} if it was there already
	 */
	abstract boolean add(ClientConnection connection);

	/**
	 * Remove a connection.
	 * @param connection the connection
	 * @return {@code false} if it was not there
	 */
	abstract boolean remove(ClientConnection connection);

	/**
	 * Deliver a message to the members there are now. Neither locks nor waits.
	 * @param message the message
	 * @param excluded the ids of the connections that are left out
	 * @param fanout is told when the members have it, or {@code null}
	 */
	abstract void deliver(EncodedMessage message, Set<String> excluded, @Nullable Fanout fanout);

	/**
	 * Deliver a message to the members that match a filter at this moment: they are
	 * picked on the calling thread. Neither locks nor waits.
	 * @param message the message
	 * @param excluded the ids of the connections that are left out
	 * @param filter the filter
	 * @param fanout is told when the members have it, or {@code null}
	 */
	abstract void deliverMatching(EncodedMessage message, Set<String> excluded, ConnectionFilter filter,
			@Nullable Fanout fanout);

	abstract void forEach(Consumer<? super ClientConnection> action);

	abstract boolean isEmpty();

	abstract int size();

	/**
	 * Hand a task to the lane. A lane that takes none any more has ended, with its
	 * connections.
	 * @param task the task
	 */
	final void execute(Runnable task) {
		handOver(task, this.lane::execute);
	}

	/**
	 * Hand a task to the lane that queues messages for members.
	 * @param task the task
	 */
	final void executeDelivery(Runnable task) {
		handOver(task, this.lane::deliver);
	}

	private static void handOver(Runnable task, Consumer<Runnable> lane) {
		try {
			lane.accept(task);
		}
		catch (RejectedExecutionException ex) {
			logger.debug("Lane has ended", ex);
		}
	}

	static void delivered(@Nullable Fanout fanout, int receivers) {
		if (fanout != null) {
			fanout.delivered(receivers);
		}
	}

	static void deliver(ClientConnection connection, EncodedMessage message) {
		try {
			connection.deliverInTurn(message);
		}
		catch (RuntimeException ex) {
			logger.debug("Could not deliver to " + connection, ex);
		}
	}

}
