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

package dev.realtime.hub;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import dev.realtime.protocol.Permission;
import org.jspecify.annotations.Nullable;

/**
 * Manages the connections of a hub, whichever node they are on. A connection that is
 * ending is not among them any more.
 *
 * @since 0.1.0
 * @see HubContext#connections()
 */
public interface ConnectionManager {

	/**
	 * Ask whether a connection is open.
	 * @param connectionId the id of the connection
	 * @return {@code true} if the connection is open
	 */
	CompletableFuture<Boolean> exists(String connectionId);

	/**
	 * Look a connection up.
	 * @param connectionId the id of the connection
	 * @return a snapshot of the connection, empty if there is none
	 */
	CompletableFuture<Optional<HubConnection>> get(String connectionId);

	/**
	 * List all connections of the hub.
	 * @return a snapshot of the connections, without order
	 */
	CompletableFuture<List<HubConnection>> list();

	/**
	 * Close a connection. Its client is told not to reconnect by itself. Does nothing if
	 * there is no such connection.
	 * @param connectionId the id of the connection
	 * @param reason a text for the client, or {@code null} for none
	 * @return completes when the connection is closing
	 */
	CompletableFuture<Void> close(String connectionId, @Nullable String reason);

	/**
	 * Close all connections of the hub. Clients are told not to reconnect by themselves.
	 * @param reason a text for the clients, or {@code null} for none
	 * @return completes when the connections are closing
	 */
	default CompletableFuture<Void> closeAll(@Nullable String reason) {
		return closeAll(reason, Set.of());
	}

	/**
	 * Close all connections of the hub but the given ones. Clients are told not to
	 * reconnect by themselves.
	 * @param reason a text for the clients, or {@code null} for none
	 * @param exceptConnectionIds the connections to leave open
	 * @return completes when the connections are closing
	 */
	CompletableFuture<Void> closeAll(@Nullable String reason, Collection<String> exceptConnectionIds);

	/**
	 * Grant a permission to a connection. Only Web PubSub clients need permissions. Does
	 * nothing if there is no such connection.
	 * @param connectionId the id of the connection
	 * @param permission the permission
	 * @param group the group it is for, or {@code null} for all groups, including those
	 * it was revoked for
	 * @return completes when the connection has the permission
	 */
	CompletableFuture<Void> grant(String connectionId, Permission permission, @Nullable String group);

	/**
	 * Revoke a permission of a connection, whether it was granted before or came with a
	 * role. Does nothing if there is no such connection.
	 * @param connectionId the id of the connection
	 * @param permission the permission
	 * @param group the group it was for, or {@code null} for all groups and every single
	 * one
	 * @return completes when the connection does not have the permission any more
	 */
	CompletableFuture<Void> revoke(String connectionId, Permission permission, @Nullable String group);

	/**
	 * Ask whether a connection has a permission.
	 * @param connectionId the id of the connection
	 * @param permission the permission
	 * @param group the group it is for, or {@code null} to ask for all groups, without
	 * exception
	 * @return {@code true} if there is such a connection and it has the permission
	 */
	CompletableFuture<Boolean> check(String connectionId, Permission permission, @Nullable String group);

}
