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
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

import dev.realtime.connection.ClientConnection;
import dev.realtime.event.ConnectedEvent;
import dev.realtime.event.ConnectedEventRequest;
import dev.realtime.event.DisconnectedEvent;
import dev.realtime.event.DisconnectedEventRequest;
import dev.realtime.event.EventType;
import dev.realtime.event.HubEvent;
import dev.realtime.hub.HubCallerContext;
import dev.realtime.hub.HubFilter;
import dev.realtime.hub.HubLifecycleChain;
import dev.realtime.protocol.CloseReason;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * What happens to a hub when one of its connections opens and closes: registration, then
 * the connected event before the first call; after the last call the disconnected event
 * while the connection is still a member of its groups, then deregistration.
 */
final class ConnectionEvents {

	private static final Log logger = LogFactory.getLog(ConnectionEvents.class);

	private final HubDispatcher dispatcher;

	private final EventDispatcher handlers;

	private final Consumer<HubEvent> publisher;

	ConnectionEvents(HubDispatcher dispatcher, EventDispatcher handlers, Consumer<HubEvent> publisher) {
		this.dispatcher = dispatcher;
		this.handlers = handlers;
		this.publisher = publisher;
	}

	/**
	 * Open a connection whose handshake has succeeded.
	 * @param session the session of the connection
	 */
	void open(HubSession session) {
		ClientConnection connection = session.connection();
		if (!session.markOpened()) {
			return;
		}
		try {
			session.lifetime().register(connection);
			connection.open();
			this.publisher.accept(new ConnectedEvent(connection.hub(), connection.id(), connection.userId()));
			this.handlers.clientEvents().connected(session);
			session.initialGroups().forEach((group) -> session.lifetime().join(connection, group));
			session.executors().invocations().execute(() -> connectedInScope(session));
		}
		catch (RejectedExecutionException ex) {
			failed(session, CloseReason.SERVER_SHUTDOWN, ex);
		}
		catch (Throwable ex) {
			logger.error("Connection " + connection.id() + " could not be opened", ex);
			failed(session, CloseReason.SERVER_ERROR, ex);
		}
	}

	// the end of the connection waits until it may start
	private static void failed(HubSession session, CloseReason reason, Throwable cause) {
		session.connection().close(reason, cause);
		session.queue().discard();
		session.queue().start();
	}

	private void connectedInScope(HubSession session) {
		try {
			session.runInScope(() -> connected(session));
		}
		catch (Throwable ex) {
			logger.debug("The connected event could not be handled", ex);
			failed(session, CloseReason.CONNECT_FAILED, ex);
		}
	}

	private void connected(HubSession session) {
		ClientConnection connection = session.connection();
		HubCallerContext caller = new DefaultHubCallerContext(session, null);
		ConnectedEventRequest request = new ConnectedEventRequest(connection.hub(), connection.id(),
				connection.userId(), connection.principal(), session.handshake());
		session.connecting(Thread.currentThread());
		try {
			observe(EventType.CONNECTED, session, (scope, failures) -> {
				EventMessage message = new EventMessage(request, connection.principal(), session.handshake(), caller,
						scope) {

					@Override
					void resultAwaited(boolean awaited) {
						session.connectingWaits(awaited);
					}

				};
				proceed(0, (filter, next) -> filter.connected(caller, next), () -> this.handlers.connected(message));
			});
			session.markConnected();
		}
		catch (Throwable ex) {
			logger.debug("Handler of the connected event failed", ex);
			connection.close(CloseReason.CONNECT_FAILED, ex);
			session.queue().discard();
		}
		finally {
			session.connecting(null);
		}
		session.queue().start();
	}

	/**
	 * Close a connection whose transport is gone.
	 * @param session the session of the connection
	 * @param reason why it ended
	 * @param cause the failure behind it, if any
	 */
	void close(HubSession session, CloseReason reason, @Nullable Throwable cause) {
		boolean opened = session.markClosed();
		session.close(() -> {
			if (opened) {
				session.queue().addLast(() -> disconnectedInScope(session, reason, cause));
			}
		});
	}

	private void disconnectedInScope(HubSession session, CloseReason reason, @Nullable Throwable cause) {
		try {
			session.runInScope(() -> disconnected(session, reason, cause));
		}
		finally {
			// whoever has no scope leaves all the same
			session.lifetime().unregister(session.connection());
		}
	}

	private void disconnected(HubSession session, CloseReason reason, @Nullable Throwable cause) {
		ClientConnection connection = session.connection();
		Set<String> groups = connection.membership().groups();
		try {
			if (session.connected()) {
				HubCallerContext caller = new DefaultHubCallerContext(session, null);
				DisconnectedEventRequest request = new DisconnectedEventRequest(connection.hub(), connection.id(),
						connection.userId(), groups, reason, cause);
				observe(EventType.DISCONNECTED, session, (scope, failures) -> {
					EventMessage message = new EventMessage(request, connection.principal(), session.handshake(),
							caller, scope);
					proceed(0, (filter, next) -> filter.disconnected(caller, reason, cause, next),
							() -> this.handlers.disconnected(message, failures));
				});
			}
		}
		catch (Throwable ex) {
			logger.error("Filter of the disconnected event failed", ex);
		}
		finally {
			session.lifetime().unregister(connection);
			this.handlers.clientEvents().disconnected(session, text(reason, cause));
			this.publisher.accept(new DisconnectedEvent(connection.hub(), connection.id(), connection.userId(), groups,
					reason, cause));
		}
	}

	private static String text(CloseReason reason, @Nullable Throwable cause) {
		if (reason.text() != null) {
			return reason.text();
		}
		return (cause != null && cause.getMessage() != null) ? cause.getMessage() : reason.name();
	}

	private void observe(EventType type, HubSession session, HubObserver.Handling<Throwable> handling)
			throws Throwable {
		this.dispatcher.observer()
			.observe(type, session.rpcSystem(), session.connection().id(), session.scope(), handling);
	}

	private void proceed(int index, FilterStep step, HubLifecycleChain last) throws Throwable {
		List<HubFilter> filters = this.dispatcher.filters();
		if (index < filters.size()) {
			step.apply(filters.get(index), () -> proceed(index + 1, step, last));
		}
		else {
			last.proceed();
		}
	}

	private interface FilterStep {

		void apply(HubFilter filter, HubLifecycleChain next) throws Throwable;

	}

}
