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

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

import dev.realtime.connection.ClientConnection;

/**
 * The first few of many connections, in the order of their ids.
 */
final class FirstConnections {

	private static final Comparator<ClientConnection> BY_ID = Comparator.comparing(ClientConnection::id);

	private final int limit;

	// the last one first
	private final PriorityQueue<ClientConnection> connections = new PriorityQueue<>(BY_ID.reversed());

	FirstConnections(int limit) {
		this.limit = limit;
	}

	void add(ClientConnection connection) {
		if (this.connections.size() < this.limit) {
			this.connections.add(connection);
			return;
		}
		ClientConnection last = this.connections.peek();
		if (last != null && BY_ID.compare(connection, last) < 0) {
			this.connections.poll();
			this.connections.add(connection);
		}
	}

	List<ClientConnection> toList() {
		return this.connections.stream().sorted(BY_ID).toList();
	}

}
