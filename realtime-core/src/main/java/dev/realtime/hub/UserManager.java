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
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/**
 * Manages the users of a hub, whichever node their connections are on. A user exists as
 * long as it has connections that are not ending; ids compare with case.
 *
 * @since 0.1.0
 * @see HubContext#users()
 */
public interface UserManager {

	/**
	 * Ask whether a user is connected.
	 * @param userId the id of the user
	 * @return {@code true} if the user has at least one connection
	 */
	CompletableFuture<Boolean> exists(String userId);

	/**
	 * List the connections of a user.
	 * @param userId the id of the user
	 * @return a snapshot of the connections, without order; empty if there is no such
	 * user
	 */
	CompletableFuture<List<HubConnection>> connections(String userId);

	/**
	 * Ask whether a user is in a group. A connection that ends is a member until the
	 * handlers of its disconnected event have returned.
	 * @param userId the id of the user
	 * @param group the name of the group
	 * @return {@code true} if at least one connection of the user is a member of the
	 * group
	 */
	CompletableFuture<Boolean> inGroup(String userId, String group);

	/**
	 * Close all connections of a user. Clients are told not to reconnect by themselves.
	 * @param userId the id of the user
	 * @param reason a text for the clients, or {@code null} for none
	 * @return completes when the connections are closing
	 */
	default CompletableFuture<Void> close(String userId, @Nullable String reason) {
		return close(userId, reason, Set.of());
	}

	/**
	 * Close all connections of a user but the given ones. Clients are told not to
	 * reconnect by themselves.
	 * @param userId the id of the user
	 * @param reason a text for the clients, or {@code null} for none
	 * @param exceptConnectionIds the connections to leave open
	 * @return completes when the connections are closing
	 */
	CompletableFuture<Void> close(String userId, @Nullable String reason, Collection<String> exceptConnectionIds);

}
