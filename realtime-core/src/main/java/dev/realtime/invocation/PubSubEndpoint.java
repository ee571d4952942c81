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

package dev.realtime.invocation;

import dev.realtime.connection.ClientConnection;
import dev.realtime.hub.HubOptions;
import dev.realtime.protocol.HubHandshake;
import dev.realtime.protocol.OutboundLimits;
import org.jspecify.annotations.Nullable;

/**
 * A hub as its front door for Web PubSub clients sees it.
 *
 * @since 0.1.0
 * @see HubEngine#pubSubEndpoint(String, boolean)
 */
public interface PubSubEndpoint {

	/**
	 * Return the name of the hub.
	 * @return the name as configured, or as it was first asked for
	 */
	String hub();

	/**
	 * Return the name of the hub as those who observe it are told.
	 * @return the name, or what stands for all hubs that nobody has declared
	 */
	String observedName();

	/**
	 * Return the options of the hub.
	 * @return the effective options
	 */
	HubOptions options();

	/**
	 * Return whether a subprotocol is one of Web PubSub. A client that offers another one
	 * is plain, if a handler of the connect event chooses that.
	 * @param subprotocol a subprotocol as a client offers it
	 * @return {@code true} if the hub speaks it itself
	 */
	boolean speaks(String subprotocol);

	/**
	 * Ask the handlers of the connect event, and create the connection if none of them
	 * objects. May block.
	 * @param request what is known of the client
	 * @param handshake the request
	 * @return the connection, no transport of which has attached
	 * @throws dev.realtime.event.ConnectRejectedException if the connection is refused
	 */
	Accepted connect(PubSubConnectRequest request, HubHandshake handshake);

	/**
	 * Find a connection whose client wants to go on with it over another WebSocket (Web
	 * PubSub, recovery).
	 * @param connectionId the id of the connection
	 * @param reconnectionToken the secret the client has got with it
	 * @return the connection, or {@code null} if there is none that may be recovered with
	 * the secret
	 */
	@Nullable Accepted recover(String connectionId, String reconnectionToken);

	/**
	 * Create a connection that is closed as soon as its transport attaches, since a
	 * client can be told in no other way that there is nothing to recover. It belongs to
	 * no hub, though it has the name of one.
	 * @param hub the name of the hub
	 * @return the connection
	 */
	static ClientConnection refuseRecovery(String hub) {
		return new ClientConnection(DefaultHubEndpoint.newId(), hub, RecoveryRefusal.INSTANCE, OutboundLimits.DEFAULT);
	}

	/**
	 * A connection whose WebSocket may be opened.
	 *
	 * @param connection the connection
	 * @param subprotocol the subprotocol of the WebSocket, or {@code null} for none
	 */
	record Accepted(ClientConnection connection, @Nullable String subprotocol) {

	}

}
