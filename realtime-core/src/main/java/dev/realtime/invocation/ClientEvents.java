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

import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.realtime.event.ClientEventConnection;
import dev.realtime.event.ClientEventHandler;
import dev.realtime.event.ClientEventListener;
import dev.realtime.event.ConnectEventRequest;
import dev.realtime.event.ConnectEventResponse;
import dev.realtime.event.ConnectRejectedException;
import dev.realtime.event.EventType;
import dev.realtime.event.UserEventRequest;
import dev.realtime.event.UserEventResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The handlers and listeners of one hub's events that are outside of the application.
 */
final class ClientEvents {

	private static final Log logger = LogFactory.getLog(ClientEvents.class);

	/**
	 * How many requests of all hubs may wait for a decision at the same time: each holds
	 * a thread of the web server, of which others need some.
	 */
	static final int MAX_WAITING = 100;

	/**
	 * How many of them may be for one hub, so that there is room for those of others.
	 */
	static final int MAX_WAITING_FOR_HUB = 50;

	private final String hub;

	private final Semaphore waiting;

	private final Semaphore waitingForHub = new Semaphore(MAX_WAITING_FOR_HUB);

	private volatile List<ClientEventHandler> handlers = List.of();

	private volatile List<ClientEventListener> listeners = List.of();

	/**
	 * Create the handlers and listeners.
	 * @param hub the name of the hub
	 * @param waiting permits to wait for a decision, which hubs share
	 */
	ClientEvents(String hub, Semaphore waiting) {
		this.hub = hub;
		this.waiting = waiting;
	}

	/**
	 * Set who handles and who listens.
	 * @param handlers the handlers, in order
	 * @param listeners the listeners
	 */
	void connect(List<ClientEventHandler> handlers, List<ClientEventListener> listeners) {
		this.handlers = List.copyOf(handlers);
		this.listeners = listeners.stream().filter((listener) -> listener.listensTo(this.hub)).toList();
	}

	private @Nullable ClientEventHandler handler(EventType type) {
		for (ClientEventHandler handler : this.handlers) {
			if (handler.handles(this.hub, type)) {
				return handler;
			}
		}
		return null;
	}

	/**
	 * Ask about a client that wants to connect. Blocks until there is an answer, but no
	 * more than {@value #MAX_WAITING_FOR_HUB} threads at a time, {@value #MAX_WAITING} of
	 * all hubs.
	 * @param request what is known of the client
	 * @param connection the connection to be
	 * @return the answer, or {@code null} if nobody has an opinion
	 * @throws Exception if the client is rejected, or there is no answer
	 */
	@Nullable ConnectEventResponse connect(ConnectEventRequest request, ClientEventConnection connection) throws Exception {
		ClientEventHandler handler = handler(EventType.CONNECT);
		if (handler == null) {
			return null;
		}
		if (!this.waitingForHub.tryAcquire()) {
			throw tooManyWait();
		}
		try {
			return decide(handler, request, connection);
		}
		finally {
			this.waitingForHub.release();
		}
	}

	private @Nullable ConnectEventResponse decide(ClientEventHandler handler, ConnectEventRequest request,
			ClientEventConnection connection) throws Exception {
		if (!this.waiting.tryAcquire()) {
			throw tooManyWait();
		}
		try {
			return handler.connect(request, connection).toCompletableFuture().join();
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof Exception cause) ? cause : ex;
		}
		finally {
			this.waiting.release();
		}
	}

	private static ConnectRejectedException tooManyWait() {
		return new ConnectRejectedException(503, "Too many clients wait for a decision");
	}

	/**
	 * Tell that a connection is open.
	 * @param connection the connection
	 */
	void connected(ClientEventConnection connection) {
		tellHandler(() -> handler(EventType.CONNECTED), (handler) -> handler.connected(connection));
		tellListeners((listener) -> listener.connected(connection));
	}

	/**
	 * Tell that a connection has ended.
	 * @param connection the connection
	 * @param reason a text that says why, or {@code null}
	 */
	void disconnected(ClientEventConnection connection, @Nullable String reason) {
		tellHandler(() -> handler(EventType.DISCONNECTED), (handler) -> handler.disconnected(connection, reason));
		tellListeners((listener) -> listener.disconnected(connection, reason));
	}

	/**
	 * Tell listeners of an event of a client.
	 * @param request the event
	 * @param connection the connection it comes from
	 * @return whether anybody listens to it
	 */
	boolean listen(UserEventRequest request, ClientEventConnection connection) {
		boolean[] heard = new boolean[1];
		tellListeners((listener) -> {
			if (listener.listensTo(this.hub, request.event())) {
				heard[0] = true;
				listener.userEvent(request, connection);
			}
		});
		return heard[0];
	}

	/**
	 * Have an event of a client answered.
	 * @param request the event
	 * @param connection the connection it comes from
	 * @return completes with the answer, or {@code null} if nobody handles the event
	 */
	@Nullable CompletionStage<UserEventResponse> userEvent(UserEventRequest request, ClientEventConnection connection) {
		for (ClientEventHandler handler : this.handlers) {
			if (handler.handles(this.hub, request.event())) {
				return handler.userEvent(request, connection);
			}
		}
		return null;
	}

	/**
	 * Return whether anybody wants to know of groups.
	 * @return {@code false} if nobody does
	 */
	boolean watchesGroups() {
		return !this.listeners.isEmpty() || groupHandler() != null;
	}

	private @Nullable ClientEventHandler groupHandler() {
		for (ClientEventHandler handler : this.handlers) {
			if (handler.handlesGroups(this.hub)) {
				return handler;
			}
		}
		return null;
	}

	/**
	 * Tell that a connection has joined a group.
	 * @param connection the connection
	 * @param group the name of the group
	 */
	void joined(ClientEventConnection connection, String group) {
		tellHandler(this::groupHandler, (handler) -> handler.joined(connection, group));
		tellListeners((listener) -> listener.joined(connection, group));
	}

	/**
	 * Tell that a connection has left a group.
	 * @param connection the connection
	 * @param group the name of the group
	 */
	void left(ClientEventConnection connection, String group) {
		tellHandler(this::groupHandler, (handler) -> handler.left(connection, group));
		tellListeners((listener) -> listener.left(connection, group));
	}

	private static void tellHandler(Supplier<@Nullable ClientEventHandler> finder,
			Consumer<ClientEventHandler> action) {
		tell(() -> {
			ClientEventHandler handler = finder.get();
			if (handler != null) {
				action.accept(handler);
			}
		});
	}

	private void tellListeners(Consumer<ClientEventListener> action) {
		for (ClientEventListener listener : this.listeners) {
			tell(() -> action.accept(listener));
		}
	}

	// they take no part: whatever goes wrong, the connection goes on
	private static void tell(Runnable action) {
		try {
			action.run();
		}
		catch (Throwable ex) {
			logger.debug("A handler or listener of client events failed", ex);
		}
	}

}
