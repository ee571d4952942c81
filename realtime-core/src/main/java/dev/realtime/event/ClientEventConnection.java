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

package dev.realtime.event;

import dev.realtime.protocol.HubHandshake;
import org.jspecify.annotations.Nullable;

/**
 * The connection an event belongs to, as {@link ClientEventHandler}s and
 * {@link ClientEventListener}s see it. Safe for concurrent use.
 *
 * @since 0.1.0
 */
public interface ClientEventConnection {

	/**
	 * Return the name of the hub.
	 * @return the name as it was declared
	 */
	String hub();

	/**
	 * Return the id of the connection.
	 * @return the id
	 */
	String connectionId();

	/**
	 * Return the id of the user.
	 * @return the id, or {@code null} if the connection is anonymous
	 */
	@Nullable String userId();

	/**
	 * Return the subprotocol of the WebSocket.
	 * @return its name, or {@code null} if there is none, or it is not settled yet
	 */
	@Nullable String subprotocol();

	/**
	 * Return the state that a handler has given the connection.
	 * @return an opaque text, or {@code null} if there is none
	 * @see UserEventResponse#state()
	 */
	@Nullable String state();

	/**
	 * Return the request the client connected with. Its attributes live as long as the
	 * connection.
	 * @return the handshake
	 */
	HubHandshake handshake();

}
