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

import java.util.List;
import java.util.function.Consumer;

import dev.realtime.connection.ClientConnection;
import org.jspecify.annotations.Nullable;

/**
 * Finds connections of this node.
 *
 * @param hub the hub they belong to
 * @param node the name of this node
 */
record ConnectionSearch(HubLifetimeManager hub, String node) {

	/**
	 * Look at every connection that may match once, and keep no more than are asked for.
	 * @param arguments how many, and what they have to match
	 * @return the first ones in the order of their ids, which tell how many there are
	 */
	List<List<@Nullable String>> page(List<@Nullable String> arguments) {
		ConnectionQuery query = ConnectionQuery.of(arguments);
		if (query.node() != null && !query.node().equals(this.node)) {
			return List.of();
		}
		FirstConnections first = new FirstConnections(Integer.parseInt(String.valueOf(arguments.get(0))));
		int[] matching = new int[1];
		candidates(query, (connection) -> {
			if (!connection.isEnding() && query.matches(connection)) {
				first.add(connection);
				matching[0]++;
			}
		});
		return first.toList().stream().map((connection) -> DetailRows.of(connection, this.node, matching[0])).toList();
	}

	private void candidates(ConnectionQuery query, Consumer<ClientConnection> action) {
		if (query.userId() != null) {
			this.hub.users().forEach(query.userId(), action);
		}
		else if (query.group() != null) {
			this.hub.groups().forEach(query.group(), action);
		}
		else {
			this.hub.connections().forEach(action);
		}
	}

}
