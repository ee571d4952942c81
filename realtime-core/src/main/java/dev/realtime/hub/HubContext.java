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

/**
 * The template of a hub: sends to its clients and manages its groups, users and
 * connections from anywhere in the application. Injected with
 * {@link dev.realtime.hub.annotation.Hub @Hub}, or without where there is exactly one
 * hub. Safe for concurrent use.
 *
 * @since 0.1.0
 * @see Hubs
 * @see TypedHubContext
 */
public interface HubContext {

	/**
	 * Return the name of the hub.
	 * @return the name as it was declared
	 */
	String hub();

	/**
	 * Return the targets messages can be sent to.
	 * @return the targets
	 */
	HubClients clients();

	/**
	 * Return the targets messages can be sent to, as proxies of an interface.
	 * @param <C> the interface
	 * @param clientType an interface annotated with
	 * {@link dev.realtime.hub.annotation.HubClient @HubClient}; the hubs the annotation
	 * names are not compared with this hub
	 * @return the targets
	 * @throws IllegalArgumentException if the interface cannot describe clients
	 */
	default <C> HubTargets<C> clients(Class<C> clientType) {
		return TypedClients.of(clientType).targets(clients());
	}

	/**
	 * Return the targets for messages that depend on the transaction of the calling
	 * thread: they are sent when it has committed, and not at all when it rolls back.
	 * Where there is no transaction, or no spring-tx on the class path, they are sent at
	 * once.
	 * <p>
	 * A message is encoded when it is asked for, as with any other target: what becomes
	 * of the arguments until the commit makes no difference, they may be loaded lazily,
	 * and a value that cannot be encoded is an error within the transaction. Who receives
	 * it is found out after the commit. A time to live counts from when it is asked for.
	 * <p>
	 * Messages of a transaction leave in the order in which they were asked for, whatever
	 * their hubs and targets, on the thread that commits. One that fails stops neither
	 * the others nor the commit. A rollback to a savepoint drops what was asked for since
	 * then; what is asked for in a transaction of its own
	 * ({@code Propagation.REQUIRES_NEW}) leaves with that one. What is asked for when the
	 * transaction has ended, by an {@code AFTER_COMMIT} listener for example, leaves at
	 * once.
	 * <p>
	 * Futures complete after the commit and are cancelled by a rollback; cancelling one
	 * earlier takes the message back. Waiting for one in the thread of the transaction is
	 * an {@link IllegalStateException}, because it would never end. Clients cannot be
	 * asked for results. Reactive transactions are not seen.
	 * @return the targets
	 */
	HubTargets<ClientProxy> afterCommit();

	/**
	 * Return the targets for messages that depend on the transaction of the calling
	 * thread, as proxies of an interface. Methods with a result throw an
	 * {@link IllegalStateException}.
	 * @param <C> the interface
	 * @param clientType an interface annotated with
	 * {@link dev.realtime.hub.annotation.HubClient @HubClient}; the hubs the annotation
	 * names are not compared with this hub
	 * @return the targets
	 * @throws IllegalArgumentException if the interface cannot describe clients
	 * @see #afterCommit()
	 */
	default <C> HubTargets<C> afterCommit(Class<C> clientType) {
		return TypedClients.of(clientType).targets(afterCommit());
	}

	/**
	 * Return the manager of the hub's groups.
	 * @return the manager
	 */
	GroupManager groups();

	/**
	 * Return the manager of the hub's users.
	 * @return the manager
	 */
	UserManager users();

	/**
	 * Return the manager of the hub's connections.
	 * @return the manager
	 */
	ConnectionManager connections();

	/**
	 * Start to build what a client of Web PubSub connects to this hub with.
	 * @return a new builder of a URL and an access token
	 */
	ClientAccess clientAccess();

	/**
	 * Return all connections of the hub, a shortcut for {@code clients().all()}.
	 * @return the target
	 */
	default ClientProxy all() {
		return clients().all();
	}

	/**
	 * Return the members of a group, a shortcut for {@code clients().group(group)}.
	 * @param group the name of the group
	 * @return the target
	 */
	default ClientProxy group(String group) {
		return clients().group(group);
	}

	/**
	 * Return the connections of a user, a shortcut for {@code clients().user(userId)}.
	 * @param userId the id of the user
	 * @return the target
	 */
	default ClientProxy user(String userId) {
		return clients().user(userId);
	}

	/**
	 * Return one connection, a shortcut for {@code clients().client(connectionId)}.
	 * @param connectionId the id of the connection
	 * @return the target
	 */
	default SingleClientProxy client(String connectionId) {
		return clients().client(connectionId);
	}

}
