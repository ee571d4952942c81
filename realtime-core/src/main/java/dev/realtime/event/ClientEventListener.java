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

import org.jspecify.annotations.Nullable;

/**
 * Gets copies of the events of clients and cannot interfere. All that listen to an event
 * are called, whoever handles it; a user event that nobody handles but somebody listens
 * to has succeeded. Nothing here may block or throw.
 *
 * @since 0.1.0
 * @see ClientEventHandler
 */
public interface ClientEventListener {

	/**
	 * Return whether this listener wants any events of a hub.
	 * @param hub the name of the hub
	 * @return {@code false} if none of the methods for events is to be called
	 */
	default boolean listensTo(String hub) {
		return true;
	}

	/**
	 * Return whether this listener wants the events of a name.
	 * @param hub the name of the hub
	 * @param event the name of the event; {@code message} for the frames of plain clients
	 * @return {@code true} if {@link #userEvent} is to be called
	 */
	boolean listensTo(String hub, String event);

	/**
	 * Take note that a connection is open.
	 * @param connection the connection
	 */
	default void connected(ClientEventConnection connection) {
	}

	/**
	 * Take note that a connection has ended.
	 * @param connection the connection
	 * @param reason a text that says why, or {@code null}
	 */
	default void disconnected(ClientEventConnection connection, @Nullable String reason) {
	}

	/**
	 * Take note of an event of a client, before it is handled.
	 * @param request the event
	 * @param connection the connection it comes from
	 */
	default void userEvent(UserEventRequest request, ClientEventConnection connection) {
	}

	/**
	 * Take note that a connection has joined a group, by whatever way.
	 * @param connection the connection
	 * @param group the name of the group
	 */
	default void joined(ClientEventConnection connection, String group) {
	}

	/**
	 * Take note that a connection has left a group, by whatever way.
	 * @param connection the connection
	 * @param group the name of the group
	 */
	default void left(ClientEventConnection connection, String group) {
	}

}
