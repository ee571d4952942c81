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

import java.util.Arrays;
import java.util.Set;
import java.util.function.Consumer;

import dev.realtime.connection.ClientConnection;
import dev.realtime.connection.Lane;
import dev.realtime.lifetime.filter.ConnectionFilter;
import dev.realtime.protocol.EncodedMessage;
import org.jspecify.annotations.Nullable;

/**
 * The members of a group, user or hub, partitioned by lane. Changes are serialized by
 * whoever owns the members; deliveries and queries neither lock nor wait.
 */
final class Members {

	private static final Shard[] NONE = {};

	private volatile Shard[] shards = NONE;

	/**
	 * Add a connection.
	 * @param connection the connection
	 * @return {@code false} if it is a member already
	 */
	boolean add(ClientConnection connection) {
		Lane lane = connection.lane();
		Shard[] shards = this.shards;
		for (Shard shard : shards) {
			if (shard.lane() == lane) {
				return shard.add(connection);
			}
		}
		Shard shard = Shard.of(lane);
		shard.add(connection);
		Shard[] more = Arrays.copyOf(shards, shards.length + 1);
		more[shards.length] = shard;
		this.shards = more;
		return true;
	}

	/**
	 * Remove a connection.
	 * @param connection the connection
	 * @return {@code false} if it is no member
	 */
	boolean remove(ClientConnection connection) {
		Lane lane = connection.lane();
		for (Shard shard : this.shards) {
			if (shard.lane() == lane) {
				boolean removed = shard.remove(connection);
				if (shard.isEmpty()) {
					this.shards = Arrays.stream(this.shards).filter((other) -> other != shard).toArray(Shard[]::new);
				}
				return removed;
			}
		}
		return false;
	}

	/**
	 * Deliver a message to the members there are now.
	 * @param message the message
	 * @param excluded the ids of the connections that are left out
	 * @param fanout is told when the members have it, or {@code null}
	 */
	void deliver(EncodedMessage message, Set<String> excluded, @Nullable Fanout fanout) {
		for (Shard shard : begin(fanout)) {
			shard.deliver(message, excluded, fanout);
		}
	}

	private Shard[] begin(@Nullable Fanout fanout) {
		Shard[] shards = this.shards;
		if (fanout != null) {
			fanout.begin(shards.length);
		}
		return shards;
	}

	/**
	 * Deliver a message to the members that match a filter at this moment.
	 * @param message the message
	 * @param excluded the ids of the connections that are left out
	 * @param filter the filter
	 * @param fanout is told when the members have it, or {@code null}
	 */
	void deliverMatching(EncodedMessage message, Set<String> excluded, ConnectionFilter filter,
			@Nullable Fanout fanout) {
		for (Shard shard : begin(fanout)) {
			shard.deliverMatching(message, excluded, filter, fanout);
		}
	}

	void forEach(Consumer<? super ClientConnection> action) {
		for (Shard shard : this.shards) {
			shard.forEach(action);
		}
	}

	boolean isEmpty() {
		return this.shards.length == 0;
	}

	int size() {
		int size = 0;
		for (Shard shard : this.shards) {
			size += shard.size();
		}
		return size;
	}

}
