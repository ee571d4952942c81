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

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.jmx.annotation.EndpointJmxExtension;
import org.springframework.util.Assert;

/**
 * {@link EndpointJmxExtension @EndpointJmxExtension} for the {@link RealtimeEndpoint}:
 * one operation for each thing there is to see or to do.
 *
 * @since 0.1.0
 */
@EndpointJmxExtension(endpoint = RealtimeEndpoint.class)
public class RealtimeEndpointJmxExtension {

	private final RealtimeEndpoint endpoint;

	/**
	 * Create an extension.
	 * @param endpoint the endpoint
	 */
	public RealtimeEndpointJmxExtension(RealtimeEndpoint endpoint) {
		Assert.notNull(endpoint, "'endpoint' must not be null");
		this.endpoint = endpoint;
	}

	/**
	 * Return a connection.
	 * @param hub the name of the hub
	 * @param id the id of the connection
	 * @return the connection, or {@code null} if there is no such hub or connection
	 */
	@ReadOperation
	public @Nullable ConnectionDescriptor connection(String hub, String id) {
		return this.endpoint.connection(hub, id);
	}

	/**
	 * Return a page of the groups of a hub.
	 * @param hub the name of the hub
	 * @param page the number of the page
	 * @param size how many groups a page has
	 * @return the groups of this node, or {@code null} if there is no such hub
	 */
	@ReadOperation
	public @Nullable GroupsDescriptor groups(String hub, @Nullable Integer page, @Nullable Integer size) {
		return this.endpoint.groups(hub, page, size);
	}

	/**
	 * Return a group with a page of its members.
	 * @param hub the name of the hub
	 * @param name the name of the group
	 * @param page the number of the page
	 * @param size how many members a page has
	 * @return the group, or {@code null} if there is no such hub or group
	 */
	@ReadOperation
	public @Nullable GroupDescriptor group(String hub, String name, @Nullable Integer page, @Nullable Integer size) {
		return this.endpoint.group(hub, name, page, size);
	}

	/**
	 * Close a connection.
	 * @param hub the name of the hub
	 * @param id the id of the connection
	 * @param reason what to tell the client
	 * @param reconnect whether the client is told that it may come back; by default it is
	 * not
	 * @return how many connections are closed
	 */
	@DeleteOperation
	public ClosedDescriptor closeConnection(String hub, String id, @Nullable String reason,
			@Nullable Boolean reconnect) {
		return this.endpoint.closeConnection(hub, id, reason, Boolean.TRUE.equals(reconnect));
	}

	/**
	 * Close all connections of a user.
	 * @param hub the name of the hub
	 * @param user the id of the user
	 * @param reason what to tell the clients
	 * @param reconnect whether the clients are told that they may come back; by default
	 * they are not
	 * @return how many connections are closed
	 */
	@DeleteOperation
	public ClosedDescriptor closeUser(String hub, String user, @Nullable String reason, @Nullable Boolean reconnect) {
		return this.endpoint.closeUser(hub, user, reason, Boolean.TRUE.equals(reconnect));
	}

	/**
	 * Close all connections of a hub.
	 * @param hub the name of the hub
	 * @param reason what to tell the clients
	 * @param reconnect whether the clients are told that they may come back; by default
	 * they are not
	 * @return how many connections are closed, or {@code null} if there is no such hub
	 */
	@DeleteOperation
	public @Nullable ClosedDescriptor closeAll(String hub, @Nullable String reason, @Nullable Boolean reconnect) {
		return this.endpoint.closeAll(hub, reason, Boolean.TRUE.equals(reconnect));
	}

}
