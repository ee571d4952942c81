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
import java.time.Duration;

import dev.realtime.connection.ClientConnection;
import dev.realtime.connection.Limit;
import dev.realtime.hub.HubOptions;
import dev.realtime.protocol.CloseReason;
import dev.realtime.protocol.HubHandshake;
import dev.realtime.transport.Admission;
import dev.realtime.transport.ConnectionRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Lets no more clients in than there may be.
 */
final class Door {

	private final ConnectionRegistry registry;

	private final HttpAnswer full;

	/**
	 * Create a door.
	 * @param registry the connections
	 * @param full the answer when there are too many of all clients together
	 */
	Door(ConnectionRegistry registry, HttpAnswer full) {
		this.registry = registry;
		this.full = full;
	}

	/**
	 * Let a client in before its hub is asked.
	 * @param hub the name of the hub
	 * @param handshake the copy of the client's request
	 * @return what the client holds; to be closed when its connection is registered, or
	 * is not to be
	 * @throws HttpAnswerException if there are too many, or the server takes no more
	 */
	Admission enter(String hub, HubHandshake handshake) throws HttpAnswerException {
		if (this.registry.isRefusing()) {
			throw new HttpAnswerException(HttpAnswer.GOING_AWAY);
		}
		return admit(hub, handshake);
	}

	/**
	 * Let a client in, also if the server takes no more, since it is not going to stay.
	 * @param hub the name of the hub
	 * @param handshake the copy of the client's request
	 * @return what the client holds; to be closed when its connection is registered, or
	 * is not to be
	 * @throws HttpAnswerException if there are too many
	 */
	Admission admit(String hub, HubHandshake handshake) throws HttpAnswerException {
		if (this.registry.isFull()) {
			throw full(hub);
		}
		Admission admission = this.registry.limits().admit(hub, handshake.remoteAddress());
		if (admission == null) {
			throw new HttpAnswerException(HttpAnswer.TOO_MANY_OF_ADDRESS);
		}
		return admission;
	}

	/**
	 * Register the connection of a client.
	 * @param token its secret token
	 * @param connection the connection
	 * @param options the options of its hub
	 * @param principal who the client is, or {@code null}
	 * @param admission what the client holds
	 * @throws HttpAnswerException if there are too many; the connection is closed then
	 */
	void register(String token, ClientConnection connection, HubOptions options, @Nullable Principal principal,
			Admission admission) throws HttpAnswerException {
		if (!this.registry.limits().admitUser(admission, connection, options.limits().connectionsPerUser())) {
			connection.close(CloseReason.CLIENT_GONE, null);
			throw new HttpAnswerException(HttpAnswer.TOO_MANY_OF_USER);
		}
		register(token, connection, options.disconnectTimeout(), principal, admission);
	}

	/**
	 * Register the connection of a client whose user does not matter.
	 * @param token its secret token
	 * @param connection the connection
	 * @param attachTimeout how long it may stay without a transport
	 * @param principal who the client is, or {@code null}
	 * @param admission what the client holds
	 * @throws HttpAnswerException if there are too many; the connection is closed then
	 */
	void register(String token, ClientConnection connection, Duration attachTimeout, @Nullable Principal principal,
			Admission admission) throws HttpAnswerException {
		if (!this.registry.add(token, connection, attachTimeout, principal, admission)) {
			connection.close(CloseReason.CLIENT_GONE, null);
			throw full(connection.hub());
		}
	}

	private HttpAnswerException full(String hub) {
		this.registry.limits().refused(hub, Limit.MAX_CONNECTIONS);
		return new HttpAnswerException(this.full);
	}

}
