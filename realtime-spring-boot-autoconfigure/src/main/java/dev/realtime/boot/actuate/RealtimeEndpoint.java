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

package dev.realtime.boot.actuate;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import dev.realtime.hub.HubDrain;
import dev.realtime.invocation.HubEngine;
import dev.realtime.invocation.HubEntry;
import dev.realtime.lifetime.ConnectionPage;
import dev.realtime.lifetime.ConnectionQuery;
import dev.realtime.lifetime.HubManagement;
import dev.realtime.protocol.TransportType;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * {@link Endpoint @Endpoint} that tells of hubs, their connections and groups, and closes
 * connections, and takes this node out of service. It tells no tokens, and of users
 * nothing but their ids. Closing and draining take
 * {@code management.endpoint.realtime.access=unrestricted}.
 *
 * @since 0.1.0
 * @see RealtimeEndpointWebExtension
 * @see RealtimeEndpointJmxExtension
 */
@Endpoint(id = "realtime", defaultAccess = Access.READ_ONLY)
public class RealtimeEndpoint {

	static final int DEFAULT_SIZE = 50;

	static final int MAX_SIZE = 500;

	/**
	 * How many groups are told of a hub.
	 */
	static final int LARGEST_GROUPS = 50;

	/**
	 * How many entries the pages before one may have: all of them have to be found.
	 */
	static final int MAX_OFFSET = 100_000;

	private final HubEngine engine;

	private final HubDrain drain;

	/**
	 * Create an endpoint.
	 * @param engine has the hubs
	 * @param drain takes this node out of service
	 */
	public RealtimeEndpoint(HubEngine engine, HubDrain drain) {
		Assert.notNull(engine, "'engine' must not be null");
		Assert.notNull(drain, "'drain' must not be null");
		this.engine = engine;
		this.drain = drain;
	}

	/**
	 * Return all hubs.
	 * @return the hubs, with figures of this node
	 */
	@ReadOperation
	public HubsDescriptor hubs() {
		Map<String, HubSummaryDescriptor> hubs = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		this.engine.hubs().forEach((hub) -> hubs.put(hub.endpoint().hub(), HubSummaryDescriptor.of(hub)));
		return new HubsDescriptor(this.engine.node(), DrainDescriptor.of(this.drain.status()), hubs);
	}

	/**
	 * Take this node out of service, or back in.
	 * @param drain whether clients are sent away and new ones refused
	 * @param timeout how long sending them away may take; by default as long as when the
	 * application stops
	 * @return how far it is
	 * @see HubDrain
	 */
	@WriteOperation
	public DrainDescriptor drain(boolean drain, @Nullable Duration timeout) {
		if (timeout != null && timeout.isNegative()) {
			throw invalid("Parameter 'timeout' must not be negative");
		}
		try {
			if (!drain) {
				this.drain.resume();
			}
			else if (timeout == null) {
				this.drain.start();
			}
			else {
				this.drain.start(timeout);
			}
		}
		catch (IllegalStateException ex) {
			throw invalid("The application stops");
		}
		return DrainDescriptor.of(this.drain.status());
	}

	private static InvalidEndpointRequestException invalid(String message) {
		return new InvalidEndpointRequestException(message, message);
	}

	/**
	 * Return a hub with a page of its connections.
	 * @param hub the name of the hub, in any case
	 * @param user only connections of this user
	 * @param group only members of this group
	 * @param protocol only connections that speak this protocol
	 * @param transport only connections over this transport
	 * @param node only connections on this node
	 * @param page the number of the page, from 0, which is the default
	 * @param size how many connections a page has, at most {@value #MAX_SIZE}; by default
	 * {@value #DEFAULT_SIZE}
	 * @return the hub, or {@code null} if there is no such hub
	 */
	@ReadOperation
	public @Nullable HubDescriptor hub(@Selector String hub, @Nullable String user, @Nullable String group,
			@Nullable String protocol, @Nullable TransportType transport, @Nullable String node, @Nullable Integer page,
			@Nullable Integer size) {
		HubEntry entry = this.engine.lookUp(hub);
		if (entry == null) {
			return null;
		}
		PageRequest request = PageRequest.of(page, size);
		ConnectionPage connections = page(entry, new ConnectionQuery(user, group, protocol, transport, node), request);
		return new HubDescriptor(entry.endpoint().hub(), this.engine.node(), HubSummaryDescriptor.of(entry),
				entry.lifetime().inspection().largestGroups(0, LARGEST_GROUPS), request.page(), request.size(),
				connections.total(), connections.connections().stream().map(ConnectionDescriptor::of).toList());
	}

	private static ConnectionPage page(HubEntry hub, ConnectionQuery query, PageRequest request) {
		return await(hub.lifetime().inspection().connections(query, request.offset(), request.size()));
	}

	/**
	 * Return a connection.
	 * @param hub the name of the hub
	 * @param id the id of the connection
	 * @return the connection, or {@code null} if there is no such hub or connection
	 */
	public @Nullable ConnectionDescriptor connection(String hub, String id) {
		HubEntry entry = this.engine.lookUp(hub);
		if (entry == null || !StringUtils.hasText(id)) {
			return null;
		}
		return await(entry.lifetime().inspection().connection(id)).map(ConnectionDescriptor::of).orElse(null);
	}

	/**
	 * Return a page of the groups of a hub.
	 * @param hub the name of the hub
	 * @param page the number of the page, or {@code null} for 0
	 * @param size how many groups a page has, or {@code null} for the default
	 * @return the groups of this node, or {@code null} if there is no such hub
	 */
	public @Nullable GroupsDescriptor groups(String hub, @Nullable Integer page, @Nullable Integer size) {
		HubEntry entry = this.engine.lookUp(hub);
		if (entry == null) {
			return null;
		}
		PageRequest request = PageRequest.of(page, size);
		return new GroupsDescriptor(this.engine.node(), request.page(), request.size(), entry.lifetime().groupCount(),
				entry.lifetime().inspection().largestGroups(request.offset(), request.size()));
	}

	/**
	 * Return a group with a page of its members.
	 * @param hub the name of the hub
	 * @param name the name of the group
	 * @param page the number of the page, or {@code null} for 0
	 * @param size how many members a page has, or {@code null} for the default
	 * @return the group, or {@code null} if there is no such hub or group
	 */
	public @Nullable GroupDescriptor group(String hub, String name, @Nullable Integer page, @Nullable Integer size) {
		HubEntry entry = this.engine.lookUp(hub);
		if (entry == null || !StringUtils.hasText(name)) {
			return null;
		}
		PageRequest request = PageRequest.of(page, size);
		ConnectionPage members = page(entry, ConnectionQuery.ofGroup(name), request);
		return (members.total() != 0) ? new GroupDescriptor(name, request.page(), request.size(), members.total(),
				members.connections().stream().map(ConnectionDescriptor::of).toList()) : null;
	}

	/**
	 * Close a connection.
	 * @param hub the name of the hub
	 * @param id the id of the connection
	 * @param reason what to tell the client, or {@code null}
	 * @param reconnect whether the client is told that it may come back
	 * @return how many connections are closed
	 */
	public ClosedDescriptor closeConnection(String hub, String id, @Nullable String reason, boolean reconnect) {
		HubManagement management = management(hub);
		boolean closed = management != null && StringUtils.hasText(id)
				&& await(management.close(id, reason, reconnect));
		return new ClosedDescriptor(closed ? 1 : 0);
	}

	/**
	 * Close all connections of a user.
	 * @param hub the name of the hub
	 * @param user the id of the user
	 * @param reason what to tell the clients, or {@code null}
	 * @param reconnect whether the clients are told that they may come back
	 * @return how many connections are closed
	 */
	public ClosedDescriptor closeUser(String hub, String user, @Nullable String reason, boolean reconnect) {
		HubManagement management = management(hub);
		return new ClosedDescriptor((management != null && StringUtils.hasText(user))
				? await(management.closeUser(user, reason, reconnect)) : 0);
	}

	/**
	 * Close all connections of a hub.
	 * @param hub the name of the hub
	 * @param reason what to tell the clients, or {@code null}
	 * @param reconnect whether the clients are told that they may come back
	 * @return how many connections are closed, or {@code null} if there is no such hub
	 */
	public @Nullable ClosedDescriptor closeAll(String hub, @Nullable String reason, boolean reconnect) {
		HubManagement management = management(hub);
		return (management != null) ? new ClosedDescriptor(await(management.closeAll(reason, reconnect))) : null;
	}

	private @Nullable HubManagement management(String hub) {
		HubEntry entry = this.engine.lookUp(hub);
		return (entry != null) ? entry.lifetime().management() : null;
	}

	// of this node the answer is there at once, others have seconds to give it
	private static <T> T await(CompletableFuture<T> answer) {
		try {
			return answer.join();
		}
		catch (CompletionException ex) {
			throw new IllegalStateException("Other nodes have not answered", ex.getCause());
		}
	}

	private record PageRequest(int page, int size) {

		static PageRequest of(@Nullable Integer page, @Nullable Integer size) {
			PageRequest request = new PageRequest((page != null) ? page : 0, (size != null) ? size : DEFAULT_SIZE);
			if (request.size() < 1 || request.size() > MAX_SIZE) {
				throw invalid("Parameter 'size' must be from 1 to " + MAX_SIZE);
			}
			if (request.page() < 0 || (long) request.page() * request.size() > MAX_OFFSET) {
				throw invalid("Parameter 'page' must not be negative, nor begin after " + MAX_OFFSET + " entries");
			}
			return request;
		}

		int offset() {
			return this.page * this.size;
		}

	}

}
