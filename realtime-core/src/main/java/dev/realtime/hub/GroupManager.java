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
 * Manages the groups of a hub, whichever node the connections are on. A group exists as
 * long as it has members; names compare with case.
 * <p>
 * On a local connection a change is effective before the method returns: any later send
 * or query of the thread sees it. The future completes when it is effective everywhere.
 * Changing a connection or user that does not exist does nothing.
 * <p>
 * A connection that ends stays a member until the handlers of its disconnected event have
 * returned, and counts as one in queries; it joins no group any more.
 *
 * @since 0.1.0
 * @see HubContext#groups()
 */
public interface GroupManager {

	/**
	 * Add a connection to a group; without effect if it is a member already.
	 * @param connectionId the id of the connection
	 * @param group the name of the group
	 * @return completes when the connection is a member
	 */
	CompletableFuture<Void> add(String connectionId, String group);

	/**
	 * Remove a connection from a group.
	 * @param connectionId the id of the connection
	 * @param group the name of the group
	 * @return completes when the connection is no member any more
	 */
	CompletableFuture<Void> remove(String connectionId, String group);

	/**
	 * Add all connections that a user has now to a group.
	 * @param userId the id of the user
	 * @param group the name of the group
	 * @return completes when the connections are members
	 */
	CompletableFuture<Void> addUser(String userId, String group);

	/**
	 * Remove all connections of a user from a group.
	 * @param userId the id of the user
	 * @param group the name of the group
	 * @return completes when none of the connections is a member any more
	 */
	CompletableFuture<Void> removeUser(String userId, String group);

	/**
	 * Remove a connection from all its groups.
	 * @param connectionId the id of the connection
	 * @return completes when the connection is in no group any more
	 */
	CompletableFuture<Void> removeFromAll(String connectionId);

	/**
	 * Remove all connections of a user from all their groups.
	 * @param userId the id of the user
	 * @return completes when none of the connections is in a group any more
	 */
	CompletableFuture<Void> removeUserFromAll(String userId);

	/**
	 * Add all connections that match a filter now to groups. Looks at every connection of
	 * the hub.
	 * @param filter the filter, as for {@link HubTargets#matching(String)}, or
	 * {@code null} for all connections
	 * @param groups the names of the groups
	 * @return completes when the connections are members
	 * @throws IllegalArgumentException if the filter is invalid
	 */
	CompletableFuture<Void> addMatching(@Nullable String filter, Collection<String> groups);

	/**
	 * Remove all connections that match a filter now from groups. Looks at every
	 * connection of the hub.
	 * @param filter the filter, as for {@link HubTargets#matching(String)}, or
	 * {@code null} for all connections
	 * @param groups the names of the groups
	 * @return completes when none of the connections is a member any more
	 * @throws IllegalArgumentException if the filter is invalid
	 */
	CompletableFuture<Void> removeMatching(@Nullable String filter, Collection<String> groups);

	/**
	 * Close all members of a group. Clients are told not to reconnect by themselves.
	 * @param group the name of the group
	 * @param reason a text for the clients, or {@code null} for none
	 * @return completes when the connections are closing
	 */
	default CompletableFuture<Void> close(String group, @Nullable String reason) {
		return close(group, reason, Set.of());
	}

	/**
	 * Close all members of a group but the given ones. Clients are told not to reconnect
	 * by themselves.
	 * @param group the name of the group
	 * @param reason a text for the clients, or {@code null} for none
	 * @param exceptConnectionIds the connections to leave open
	 * @return completes when the connections are closing
	 */
	CompletableFuture<Void> close(String group, @Nullable String reason, Collection<String> exceptConnectionIds);

	/**
	 * Ask whether a group has members.
	 * @param group the name of the group
	 * @return {@code true} if at least one connection is in the group
	 */
	CompletableFuture<Boolean> exists(String group);

	/**
	 * List the members of a group.
	 * @param group the name of the group
	 * @return a snapshot of the members, without order; empty if there is no such group
	 */
	CompletableFuture<List<HubMember>> members(String group);

	/**
	 * List some members of a group, in the order of their connection ids. Every call
	 * looks at all members once, but sorts and hands over no more than it is asked for.
	 * @param group the name of the group
	 * @param afterConnectionId the id that comes before those to list, or {@code null} to
	 * begin with the first one
	 * @param limit how many to list at most, must be positive
	 * @return a snapshot of the members; empty if there are no more
	 */
	CompletableFuture<List<HubMember>> members(String group, @Nullable String afterConnectionId, int limit);

}
