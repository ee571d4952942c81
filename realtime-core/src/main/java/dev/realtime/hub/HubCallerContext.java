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

import java.security.Principal;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import dev.realtime.protocol.HubHandshake;
import dev.realtime.protocol.TransportType;
import org.jspecify.annotations.Nullable;

/**
 * The connection that called a hub method or that an event is about. It can be kept and
 * used as long as the connection lives, by any thread.
 *
 * @since 0.1.0
 */
public interface HubCallerContext {

	/**
	 * Return the name of the hub.
	 * @return the name as it was declared
	 */
	String hub();

	/**
	 * Return the id of the connection.
	 * @return the id, unique across all nodes
	 */
	String connectionId();

	/**
	 * Return the id of the user.
	 * @return the id, or {@code null} if the connection is anonymous
	 */
	@Nullable String userId();

	/**
	 * Return the principal the connection was established with.
	 * @return the principal, or {@code null} if there was none
	 */
	@Nullable Principal principal();

	/**
	 * Return values that the application hangs on the connection. They live as long as
	 * the connection does, on its node only.
	 * @return a mutable map, safe for concurrent use; keys and values must not be
	 * {@code null}
	 */
	Map<String, Object> items();

	/**
	 * Return the name of the protocol the client speaks.
	 * @return the name, for example {@code json} or {@code messagepack}
	 */
	String protocol();

	/**
	 * Return the transport the connection is on.
	 * @return the transport
	 */
	TransportType transport();

	/**
	 * Return the HTTP request the connection was established with.
	 * @return the request
	 */
	HubHandshake handshake();

	/**
	 * Add the connection to a group. It is a member when the method returns.
	 * @param group the name of the group
	 * @return completes when the membership is known everywhere
	 * @throws HubException if the hub limits groups, and the connection has as many as it
	 * may have, or the name is too long
	 */
	CompletableFuture<Void> join(String group);

	/**
	 * Remove the connection from a group. It is no member any more when the method
	 * returns.
	 * @param group the name of the group
	 * @return completes when the change is known everywhere
	 */
	CompletableFuture<Void> leave(String group);

	/**
	 * Return the targets messages can be sent to, as seen from this connection.
	 * @return the targets
	 */
	HubCallerClients clients();

	/**
	 * Return the targets messages can be sent to, as seen from this connection and as
	 * proxies of an interface.
	 * @param <C> the interface
	 * @param clientType an interface annotated with
	 * {@link dev.realtime.hub.annotation.HubClient @HubClient}
	 * @return the targets
	 * @throws IllegalArgumentException if the interface cannot describe clients
	 */
	default <C> HubCallerTargets<C> clients(Class<C> clientType) {
		return TypedClients.of(clientType).callerTargets(clients());
	}

	/**
	 * Return a stage that completes when the connection has ended.
	 * @return a stage that completes normally, on a thread of the server that must not be
	 * blocked, or at once if the connection has ended already
	 */
	CompletionStage<Void> aborted();

	/**
	 * End the connection at once, without sending what is still queued. Does nothing if
	 * it has ended already.
	 */
	void abort();

}
