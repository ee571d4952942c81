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

import java.util.Arrays;
import java.util.Collection;

/**
 * The ways to say whom a message is for. What a method returns can be kept: it addresses
 * whoever matches when something is sent, not when it was created. An empty target (an
 * unknown group, a user without connections, an empty collection) is no error: what is
 * sent to it reaches nobody.
 * <p>
 * Groups, users and connection ids compare with case. Implementations are safe for
 * concurrent use.
 *
 * @param <P> what is used to send: a {@link ClientProxy}, or an interface annotated with
 * {@link dev.realtime.hub.annotation.HubClient @HubClient}
 * @since 0.1.0
 * @see HubClients
 */
public interface HubTargets<P> {

	/**
	 * Return all connections of the hub.
	 * @return the target
	 */
	P all();

	/**
	 * Return all connections of the hub but the given ones.
	 * @param connectionIds the connections to leave out
	 * @return the target
	 */
	P allExcept(Collection<String> connectionIds);

	/**
	 * Return all connections of the hub but the given ones.
	 * @param connectionIds the connections to leave out
	 * @return the target
	 */
	default P allExcept(String... connectionIds) {
		return allExcept(Arrays.asList(connectionIds));
	}

	/**
	 * Return one connection. This is the only target that can be asked for a result.
	 * @param connectionId the id of the connection
	 * @return the target
	 */
	P client(String connectionId);

	/**
	 * Return several connections.
	 * @param connectionIds the ids of the connections
	 * @return the target
	 */
	P clients(Collection<String> connectionIds);

	/**
	 * Return several connections.
	 * @param connectionIds the ids of the connections
	 * @return the target
	 */
	default P clients(String... connectionIds) {
		return clients(Arrays.asList(connectionIds));
	}

	/**
	 * Return the members of a group.
	 * @param group the name of the group
	 * @return the target
	 */
	P group(String group);

	/**
	 * Return the members of several groups. A connection that is in more than one of them
	 * receives one message for each.
	 * @param groups the names of the groups
	 * @return the target
	 */
	P groups(Collection<String> groups);

	/**
	 * Return the members of several groups. A connection that is in more than one of them
	 * receives one message for each.
	 * @param groups the names of the groups
	 * @return the target
	 */
	default P groups(String... groups) {
		return groups(Arrays.asList(groups));
	}

	/**
	 * Return the members of a group but the given ones.
	 * @param group the name of the group
	 * @param connectionIds the connections to leave out
	 * @return the target
	 */
	P groupExcept(String group, Collection<String> connectionIds);

	/**
	 * Return the members of a group but the given ones.
	 * @param group the name of the group
	 * @param connectionIds the connections to leave out
	 * @return the target
	 */
	default P groupExcept(String group, String... connectionIds) {
		return groupExcept(group, Arrays.asList(connectionIds));
	}

	/**
	 * Return all connections of a user.
	 * @param userId the id of the user
	 * @return the target
	 */
	P user(String userId);

	/**
	 * Return all connections of a user but the given ones.
	 * @param userId the id of the user
	 * @param connectionIds the connections to leave out
	 * @return the target
	 */
	P userExcept(String userId, Collection<String> connectionIds);

	/**
	 * Return all connections of a user but the given ones.
	 * @param userId the id of the user
	 * @param connectionIds the connections to leave out
	 * @return the target
	 */
	default P userExcept(String userId, String... connectionIds) {
		return userExcept(userId, Arrays.asList(connectionIds));
	}

	/**
	 * Return all connections of several users.
	 * @param userIds the ids of the users
	 * @return the target
	 */
	P users(Collection<String> userIds);

	/**
	 * Return all connections of several users.
	 * @param userIds the ids of the users
	 * @return the target
	 */
	default P users(String... userIds) {
		return users(Arrays.asList(userIds));
	}

	/**
	 * Return the connections of the hub that match a filter: an OData expression over
	 * {@code userId}, {@code connectionId}, {@code groups} and {@code protocol}, for
	 * example {@code userId ne 'ann' and ('lobby' in groups or 'staff' in groups)}.
	 * Sending looks at every connection of the hub, on the calling thread.
	 * @param filter the filter
	 * @return the target
	 * @throws IllegalArgumentException if the filter is invalid; the message says why
	 */
	P matching(String filter);

}
