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

import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

/**
 * Takes part in the events of clients from outside of the application, after the methods
 * annotated with {@link EventHandler @EventHandler}: of several, the first one in order
 * that handles an event gets it. Nothing here may block: what takes its time completes
 * later, on any thread.
 * <p>
 * Connect, connected and disconnected events are those of all clients of a hub; user
 * events are those of Web PubSub clients that no method of the application handles.
 *
 * @since 0.1.0
 * @see ClientEventListener
 */
public interface ClientEventHandler {

	/**
	 * Return whether this handler takes part in an event of a connection's life.
	 * @param hub the name of the hub
	 * @param type the type of the event
	 * @return {@code true} if the method for it is to be called
	 */
	boolean handles(String hub, EventType type);

	/**
	 * Return whether this handler answers an event that clients send by name.
	 * @param hub the name of the hub
	 * @param event the name of the event; {@code message} for the frames of plain clients
	 * @return {@code true} if {@link #userEvent} is to be called
	 */
	boolean handles(String hub, String event);

	/**
	 * Decide about a client that wants to connect.
	 * @param request what is known of the client
	 * @param connection the connection to be
	 * @return completes with the decision, or {@code null} for no opinion; with a
	 * {@link ConnectRejectedException} to reject it as well; any other failure is a
	 * failure of the server, which is the handler's to log
	 */
	CompletionStage<@Nullable ConnectEventResponse> connect(ConnectEventRequest request,
			ClientEventConnection connection);

	/**
	 * Take note that a connection is open. What fails here is the handler's to log.
	 * @param connection the connection
	 */
	void connected(ClientEventConnection connection);

	/**
	 * Take note that a connection has ended. Called once for each connection that was
	 * accepted. What fails here is the handler's to log.
	 * @param connection the connection
	 * @param reason a text that says why, or {@code null}
	 */
	void disconnected(ClientEventConnection connection, @Nullable String reason);

	/**
	 * Answer an event of a client. The next message of the client is not handled before
	 * the stage has completed.
	 * @param request the event
	 * @param connection the connection it comes from
	 * @return completes with the answer, exceptionally if the event has failed
	 */
	CompletionStage<UserEventResponse> userEvent(UserEventRequest request, ClientEventConnection connection);

	/**
	 * Return whether this handler takes note of groups that connections join and leave.
	 * @param hub the name of the hub
	 * @return {@code true} if {@link #joined} and {@link #left} are to be called
	 */
	default boolean handlesGroups(String hub) {
		return false;
	}

	/**
	 * Take note that a connection has joined a group, by whatever way. What fails here is
	 * the handler's to log.
	 * @param connection the connection
	 * @param group the name of the group
	 */
	default void joined(ClientEventConnection connection, String group) {
	}

	/**
	 * Take note that a connection has left a group, by whatever way. What fails here is
	 * the handler's to log.
	 * @param connection the connection
	 * @param group the name of the group
	 */
	default void left(ClientEventConnection connection, String group) {
	}

}
