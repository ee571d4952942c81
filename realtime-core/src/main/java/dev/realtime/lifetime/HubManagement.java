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
import java.util.concurrent.CompletableFuture;

import dev.realtime.backplane.BackplaneMessage.Operation;
import dev.realtime.protocol.Permission;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * Changes that tell whether what they name was there, on whichever node: what the REST
 * API needs to know beyond what the managers of a {@link dev.realtime.hub.HubContext}
 * tell. All of them complete when the change is effective everywhere.
 * <p>
 * Internal: public for other packages of the engine, not for applications.
 *
 * @since 0.1.0
 * @see HubLifetimeManager#management()
 */
public final class HubManagement {

	private final HubOperations operations;

	HubManagement(HubOperations operations) {
		this.operations = operations;
	}

	/**
	 * Add a connection to a group.
	 * @param connectionId the id of the connection
	 * @param group the name of the group
	 * @return {@code false} if there is no such connection
	 */
	public CompletableFuture<Boolean> add(String connectionId, String group) {
		return change(Operation.JOIN, connectionId, "connectionId", group);
	}

	/**
	 * Remove a connection from a group.
	 * @param connectionId the id of the connection
	 * @param group the name of the group
	 * @return {@code false} if there is no such connection
	 */
	public CompletableFuture<Boolean> remove(String connectionId, String group) {
		return change(Operation.LEAVE, connectionId, "connectionId", group);
	}

	/**
	 * Add all connections that a user has now to a group.
	 * @param userId the id of the user
	 * @param group the name of the group
	 * @return {@code false} if the user has no connections
	 */
	public CompletableFuture<Boolean> addUser(String userId, String group) {
		return change(Operation.JOIN_USER, userId, "userId", group);
	}

	/**
	 * Remove all connections of a user from a group.
	 * @param userId the id of the user
	 * @param group the name of the group
	 * @return {@code false} if the user has no connections
	 */
	public CompletableFuture<Boolean> removeUser(String userId, String group) {
		return change(Operation.LEAVE_USER, userId, "userId", group);
	}

	private CompletableFuture<Boolean> change(Operation operation, String id, String name, String group) {
		Assert.hasText(id, () -> "'" + name + "' must not be empty");
		Assert.hasText(group, "'group' must not be empty");
		return found(operation, id, group);
	}

	/**
	 * Grant a permission to a connection.
	 * @param connectionId the id of the connection
	 * @param permission the permission
	 * @param group the group it is for, or {@code null} for all groups
	 * @return {@code false} if there is no such connection
	 */
	public CompletableFuture<Boolean> grant(String connectionId, Permission permission, @Nullable String group) {
		return change(Operation.GRANT, connectionId, permission, group);
	}

	/**
	 * Revoke a permission of a connection.
	 * @param connectionId the id of the connection
	 * @param permission the permission
	 * @param group the group it was for, or {@code null} for all groups
	 * @return {@code false} if there is no such connection
	 */
	public CompletableFuture<Boolean> revoke(String connectionId, Permission permission, @Nullable String group) {
		return change(Operation.REVOKE, connectionId, permission, group);
	}

	private CompletableFuture<Boolean> change(Operation operation, String connectionId, Permission permission,
			@Nullable String group) {
		Assert.hasText(connectionId, "'connectionId' must not be empty");
		Assert.notNull(permission, "'permission' must not be null");
		Assert.isTrue(group == null || StringUtils.hasText(group), "'group' must not be empty");
		return found(operation, connectionId, permission.name(), group);
	}

	/**
	 * Close a connection.
	 * @param connectionId the id of the connection
	 * @param reason what to tell the client, or {@code null}
	 * @param reconnect whether the client is told that it may come back
	 * @return {@code false} if there is no such connection
	 */
	public CompletableFuture<Boolean> close(String connectionId, @Nullable String reason, boolean reconnect) {
		Assert.hasText(connectionId, "'connectionId' must not be empty");
		return found(Operation.DISCONNECT, reason, String.valueOf(reconnect), connectionId, null);
	}

	/**
	 * Close all connections that a user has now.
	 * @param userId the id of the user
	 * @param reason what to tell the clients, or {@code null}
	 * @param reconnect whether the clients are told that they may come back
	 * @return how many connections are closed
	 */
	public CompletableFuture<Integer> closeUser(String userId, @Nullable String reason, boolean reconnect) {
		Assert.hasText(userId, "'userId' must not be empty");
		return this.operations.run(Operation.DISCONNECT, reason, String.valueOf(reconnect), null, userId)
			.thenApply(List::size);
	}

	/**
	 * Close all connections that there are now.
	 * @param reason what to tell the clients, or {@code null}
	 * @param reconnect whether the clients are told that they may come back
	 * @return how many connections are closed
	 */
	public CompletableFuture<Integer> closeAll(@Nullable String reason, boolean reconnect) {
		return this.operations.run(Operation.DISCONNECT, reason, String.valueOf(reconnect), null, null)
			.thenApply(List::size);
	}

	private CompletableFuture<Boolean> found(Operation operation, @Nullable String... arguments) {
		return this.operations.run(operation, arguments).thenApply((rows) -> !rows.isEmpty());
	}

}
