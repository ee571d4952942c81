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

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.realtime.connection.ClientConnection;
import dev.realtime.protocol.EncodedMessage;
import org.jspecify.annotations.Nullable;

/**
 * The connections of a hub on this node. Adding and removing one connection is serialized
 * by the caller.
 */
final class ConnectionStore {

	private final Map<String, ClientConnection> connections = new ConcurrentHashMap<>();

	// changes are guarded by itself
	private final Members members = new Members();

	/**
	 * Add a connection.
	 * @param connection the connection
	 * @return {@code false} if there is one with its id already
	 */
	boolean add(ClientConnection connection) {
		if (this.connections.putIfAbsent(connection.id(), connection) != null) {
			return false;
		}
		synchronized (this.members) {
			this.members.add(connection);
		}
		return true;
	}

	/**
	 * Remove a connection.
	 * @param connection the connection
	 * @return {@code false} if it is not there
	 */
	boolean remove(ClientConnection connection) {
		if (!this.connections.remove(connection.id(), connection)) {
			return false;
		}
		synchronized (this.members) {
			this.members.remove(connection);
		}
		return true;
	}

	@Nullable ClientConnection find(String id) {
		return this.connections.get(id);
	}

	boolean contains(ClientConnection connection) {
		return this.connections.get(connection.id()) == connection;
	}

	void deliver(EncodedMessage message, Set<String> excluded, @Nullable Fanout fanout) {
		this.members.deliver(message, excluded, fanout);
	}

	Members members() {
		return this.members;
	}

	Collection<ClientConnection> connections() {
		return Collections.unmodifiableCollection(this.connections.values());
	}

	int size() {
		return this.connections.size();
	}

}
