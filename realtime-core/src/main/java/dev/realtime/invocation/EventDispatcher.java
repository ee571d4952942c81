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
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

import dev.realtime.event.ClientEventConnection;
import dev.realtime.event.ConnectEventRequest;
import dev.realtime.event.ConnectEventResponse;
import dev.realtime.event.ConnectRejectedException;
import dev.realtime.event.EventType;
import dev.realtime.invocation.support.CallerScope;
import dev.realtime.invocation.support.CallerSecurity;
import dev.realtime.invocation.support.StreamAdapters;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Takes the events of one hub's connections to the handlers that take part in them, in
 * their order.
 */
final class EventDispatcher {

	private static final Log logger = LogFactory.getLog(EventDispatcher.class);

	private final StreamAdapters adapters;

	private final ClientEvents clientEvents;

	private volatile List<Handler> handlers = List.of();

	private volatile @Nullable CallerSecurity security;

	EventDispatcher(StreamAdapters adapters, ClientEvents clientEvents) {
		this.adapters = adapters;
		this.clientEvents = clientEvents;
	}

	ClientEvents clientEvents() {
		return this.clientEvents;
	}

	/**
	 * Set the handlers, once the beans they belong to exist.
	 * @param handlers the handlers, in order
	 * @param security what secures them, or {@code null}
	 */
	void connect(List<Handler> handlers, @Nullable CallerSecurity security) {
		this.handlers = List.copyOf(handlers);
		this.security = security;
	}

	/**
	 * Ask the handlers of the connect event. May block.
	 * @param message carries the request
	 * @param connection the connection to be
	 * @param detailedErrors whether the client sees the text of any failure
	 * @return what the handlers decided together
	 * @throws ConnectRejectedException if one of them refuses the connection
	 */
	ConnectEventResponse connect(EventMessage message, ClientEventConnection connection, boolean detailedErrors) {
		ConnectEventRequest request = (ConnectEventRequest) message.getPayload();
		ConnectEventResponse decision = ConnectEventResponse.accept();
		EventMessage current = message;
		for (Handler handler : this.handlers) {
			if (handler.types().contains(EventType.CONNECT)) {
				decision = decide(decision, ask(handler, current, detailedErrors));
				current = withUser(message, request, decision);
			}
		}
		ConnectEventRequest latest = (ConnectEventRequest) current.getPayload();
		decision = decide(decision, ask(latest, connection, detailedErrors));
		String userId = request.userId();
		return (decision.userId() == null && userId != null) ? decision.userId(userId) : decision;
	}

	private static ConnectEventResponse decide(ConnectEventResponse before, @Nullable ConnectEventResponse response) {
		if (response == null) {
			return before;
		}
		if (response.rejection() != null) {
			throw response.rejection();
		}
		ConnectEventResponse decision = before.groups(response.groups().toArray(String[]::new));
		if (response.userId() != null) {
			decision = decision.userId(response.userId());
		}
		if (response.roles() != null) {
			decision = decision.roles(response.roles().toArray(String[]::new));
		}
		if (response.subprotocol() != null) {
			decision = decision.subprotocol(response.subprotocol());
		}
		return (response.state() != null) ? decision.state(response.state()) : decision;
	}

	private static EventMessage withUser(EventMessage message, ConnectEventRequest request,
			ConnectEventResponse decision) {
		if (decision.userId() == null) {
			return message;
		}
		ConnectEventRequest current = new ConnectEventRequest(request.hub(), request.connectionId(), decision.userId(),
				request.principal(), request.handshake(), request.claims(), request.subprotocols());
		return new EventMessage(current, message.principal(), message.handshake(), null, message.scope());
	}

	private @Nullable ConnectEventResponse ask(ConnectEventRequest request, ClientEventConnection connection,
			boolean detailedErrors) {
		try {
			return this.clientEvents.connect(request, connection);
		}
		catch (ConnectRejectedException ex) {
			throw ex;
		}
		catch (Throwable ex) {
			// whoever failed has logged it, and not for each client
			logger.debug("Handler of the connect event failed", ex);
			throw rejection(500, detailedErrors ? ex.getMessage() : null, ex);
		}
	}

	private @Nullable ConnectEventResponse ask(Handler handler, EventMessage message, boolean detailedErrors) {
		try {
			Object result = call(handler, message, ConnectEventResponse.class);
			if (result == null) {
				return null;
			}
			if (result instanceof ConnectEventResponse response) {
				return response;
			}
			throw new IllegalStateException("A handler of the connect event must return a ConnectEventResponse, not "
					+ result.getClass().getName());
		}
		catch (ConnectRejectedException ex) {
			throw ex;
		}
		catch (Throwable ex) {
			if (isRefusal(ex)) {
				logger.debug("Handler of the connect event refused the client", ex);
				throw rejection((message.principal() != null) ? 403 : 401, null, ex);
			}
			logger.error("Handler of the connect event failed: " + handler.method().getShortLogMessage(), ex);
			throw rejection(500, detailedErrors ? ex.getMessage() : null, ex);
		}
	}

	private static ConnectRejectedException rejection(int status, @Nullable String text, Throwable cause) {
		ConnectRejectedException rejection = new ConnectRejectedException(status, text);
		rejection.initCause(cause);
		return rejection;
	}

	/**
	 * Call the handlers of the connected event. May block.
	 * @param message carries the request
	 * @throws Throwable what the first handler that failed threw; those after it are not
	 * called
	 */
	void connected(EventMessage message) throws Throwable {
		for (Handler handler : this.handlers) {
			if (handler.types().contains(EventType.CONNECTED)) {
				call(handler, message, null);
			}
		}
	}

	/**
	 * Call the handlers of the disconnected event, whether others fail or not. May block.
	 * @param message carries the request
	 * @param failures is told of failures
	 */
	void disconnected(EventMessage message, Consumer<Throwable> failures) {
		for (Handler handler : this.handlers) {
			if (handler.types().contains(EventType.DISCONNECTED)) {
				try {
					call(handler, message, null);
				}
				catch (Throwable ex) {
					failures.accept(ex);
					if (isRefusal(ex) || handler.handles(ex)) {
						logger.debug(
								"Handler of the disconnected event refused the client, or what it threw was handled",
								ex);
						continue;
					}
					logger.error("Handler of the disconnected event failed: " + handler.method().getShortLogMessage(),
							ex);
				}
			}
		}
	}

	private boolean isRefusal(Throwable failure) {
		CallerSecurity security = this.security;
		return security != null && security.isRefusal(failure);
	}

	private @Nullable Object call(Handler handler, EventMessage message, @Nullable Class<?> resultType)
			throws Throwable {
		InvocableHubMethod method = handler.method().resolved();
		ExceptionHandlers handlers = method.exceptionHandlers();
		try {
			return call(method, message);
		}
		catch (ConnectRejectedException ex) {
			throw ex;
		}
		catch (Throwable ex) {
			if (handlers == null) {
				throw ex;
			}
			return await(message, handlers.handle(message, method.getBean(), ex, resultType));
		}
	}

	private @Nullable Object call(InvocableHubMethod method, EventMessage message) throws Exception {
		Object result = method.call(message);
		CallerScope scope = (result != null) ? message.scope() : null;
		return await(message, (result != null && scope != null) ? scope.propagate(result) : result);
	}

	private @Nullable Object await(EventMessage message, @Nullable Object result) throws Exception {
		CompletionStage<@Nullable Object> stage = (result != null) ? this.adapters.toStage(result) : null;
		if (stage == null) {
			return result;
		}
		message.resultAwaited(true);
		try {
			return stage.toCompletableFuture().join();
		}
		catch (CompletionException ex) {
			if (ex.getCause() instanceof Exception cause) {
				throw cause;
			}
			throw ex;
		}
		finally {
			message.resultAwaited(false);
		}
	}

	/**
	 * A handler of events.
	 *
	 * @param types the events it takes part in
	 * @param method the method
	 */
	record Handler(Set<EventType> types, InvocableHubMethod method) {

		boolean handles(Throwable failure) {
			ExceptionHandlers handlers = this.method.exceptionHandlers();
			return handlers != null && handlers.handles(failure);
		}

	}

}
