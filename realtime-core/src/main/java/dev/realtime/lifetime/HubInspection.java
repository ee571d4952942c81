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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;

import dev.realtime.backplane.BackplaneMessage.Operation;

import org.springframework.util.Assert;

/**
 * Lets operators look into a hub: figures of this node, connections of all nodes.
 * <p>
 * Internal: public for other packages of the engine, not for applications.
 *
 * @since 0.1.0
 * @see HubLifetimeManager#inspection()
 */
public final class HubInspection {

	private final HubLifetimeManager hub;

	private final HubOperations operations;

	private final HubTraffic traffic;

	HubInspection(HubLifetimeManager hub, HubOperations operations, HubTraffic traffic) {
		this.hub = hub;
		this.operations = operations;
		this.traffic = traffic;
	}

	/**
	 * Return what the hub amounts to on this node. Looks at every connection.
	 * @return the figures
	 */
	public HubFigures figures() {
		return new HubFigures(this.hub.groupCount(), this.hub.userCount(),
				this.traffic.figures(this.hub.connections()));
	}

	/**
	 * Return the largest groups of this node.
	 * @param offset how many to leave out at the beginning
	 * @param limit how many at most
	 * @return the numbers of members on this node by name of the group, the largest first
	 */
	public Map<String, Integer> largestGroups(int offset, int limit) {
		Comparator<Map.Entry<String, Integer>> smallestFirst = Map.Entry.<String, Integer>comparingByValue()
			.thenComparing(Map.Entry.<String, Integer>comparingByKey().reversed());
		PriorityQueue<Map.Entry<String, Integer>> largest = new PriorityQueue<>(smallestFirst);
		this.hub.groups().sizes((group, size) -> {
			largest.add(Map.entry(group, size));
			if (largest.size() > offset + limit) {
				largest.poll();
			}
		});
		Map<String, Integer> sizes = new LinkedHashMap<>();
		largest.stream()
			.sorted(smallestFirst.reversed())
			.skip(offset)
			.forEach((group) -> sizes.put(group.getKey(), group.getValue()));
		return sizes;
	}

	/**
	 * List connections of all nodes.
	 * @param query which ones
	 * @param offset how many to leave out at the beginning
	 * @param limit how many to list at most
	 * @return completes with the connections
	 */
	public CompletableFuture<ConnectionPage> connections(ConnectionQuery query, int offset, int limit) {
		Assert.notNull(query, "'query' must not be null");
		Assert.isTrue(offset >= 0, "'offset' must not be negative");
		Assert.isTrue(limit > 0, "'limit' must be positive");
		return this.operations
			.run(Operation.CONNECTION_PAGE, query.toArguments((int) Math.min((long) offset + limit, Integer.MAX_VALUE)))
			.thenApply((rows) -> DetailRows.toPage(rows, offset, limit));
	}

	/**
	 * Describe a connection, on whichever node it is.
	 * @param connectionId the id of the connection
	 * @return completes with what is known of it, if there is such a connection
	 */
	public CompletableFuture<Optional<ConnectionDetails>> connection(String connectionId) {
		Assert.hasText(connectionId, "'connectionId' must not be empty");
		return this.operations.run(Operation.CONNECTION_DETAILS, connectionId)
			.thenApply((rows) -> rows.stream().map(DetailRows::toDetails).findFirst());
	}

}
