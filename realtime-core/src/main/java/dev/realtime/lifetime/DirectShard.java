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
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import dev.realtime.connection.ClientConnection;
import dev.realtime.connection.Lane;
import dev.realtime.lifetime.filter.ConnectionFilter;
import dev.realtime.protocol.EncodedMessage;
import org.jspecify.annotations.Nullable;

/**
 * The members on the lane that runs everything on the calling thread: a broadcast goes
 * over a concurrent set, so that it meets whoever is a member all the time exactly once.
 */
final class DirectShard extends Shard {

	private final Set<ClientConnection> members = ConcurrentHashMap.newKeySet(1);

	DirectShard() {
		super(Lane.direct());
	}

	@Override
	boolean add(ClientConnection connection) {
		return this.members.add(connection);
	}

	@Override
	boolean remove(ClientConnection connection) {
		return this.members.remove(connection);
	}

	@Override
	void deliver(EncodedMessage message, Set<String> excluded, @Nullable Fanout fanout) {
		int receivers = 0;
		for (ClientConnection member : this.members) {
			if (excluded.isEmpty() || !excluded.contains(member.id())) {
				deliver(member, message);
				receivers++;
			}
		}
		delivered(fanout, receivers);
	}

	@Override
	void deliverMatching(EncodedMessage message, Set<String> excluded, ConnectionFilter filter,
			@Nullable Fanout fanout) {
		int receivers = 0;
		for (ClientConnection member : this.members) {
			if (!excluded.contains(member.id()) && filter.matches(member)) {
				deliver(member, message);
				receivers++;
			}
		}
		delivered(fanout, receivers);
	}

	@Override
	void forEach(Consumer<? super ClientConnection> action) {
		this.members.forEach(action);
	}

	@Override
	boolean isEmpty() {
		return this.members.isEmpty();
	}

	@Override
	int size() {
		return this.members.size();
	}

}
