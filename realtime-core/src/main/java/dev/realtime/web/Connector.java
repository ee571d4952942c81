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

package dev.realtime.web;

import java.security.Principal;

import dev.realtime.connection.ClientConnection;
import dev.realtime.event.ConnectRejectedException;
import dev.realtime.invocation.HubEndpoint;
import dev.realtime.protocol.HubHandshake;
import dev.realtime.transport.Admission;
import dev.realtime.transport.ConnectionRegistry;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Asks hubs for connections, and registers them.
 */
final class Connector {

	private final ConnectionRegistry registry;

	private final Door door;

	Connector(ConnectionRegistry registry) {
		this.registry = registry;
		this.door = new Door(registry, HttpAnswer.TOO_MANY_CONNECTIONS);
	}

	/**
	 * Ask a hub for a connection.
	 * @param endpoint the hub
	 * @param request the request that asks for it
	 * @param handshake the copy of that request
	 * @param token the secret token of the connection, or {@code null} if that is its id
	 * @return the connection, which is registered
	 * @throws HttpAnswerException if clients are refused, there are too many, or the hub
	 * refuses it
	 */
	ClientConnection connect(HubEndpoint endpoint, HttpServletRequest request, HubHandshake handshake,
			@Nullable String token) throws HttpAnswerException {
		Principal principal = request.getUserPrincipal();
		try (Admission admission = this.door.enter(endpoint.hub(), handshake)) {
			ClientConnection connection = connect(endpoint, principal, handshake);
			String key = (token != null) ? token : connection.id();
			this.door.register(key, connection, endpoint.options(), principal, admission);
			UserSessions.bind(this.registry, key, request);
			return connection;
		}
	}

	private static ClientConnection connect(HubEndpoint endpoint, @Nullable Principal principal, HubHandshake handshake)
			throws HttpAnswerException {
		try {
			return endpoint.connect(principal, handshake);
		}
		catch (ConnectRejectedException ex) {
			throw new HttpAnswerException(HttpAnswer.refused(ex.getStatus(), ex.getText()));
		}
	}

}
