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

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

import dev.realtime.event.HubEvent;
import dev.realtime.event.UserEvent;
import dev.realtime.event.UserEventRequest;
import dev.realtime.event.UserEventResponse;
import dev.realtime.protocol.webpubsub.InvokeResponseMessage;
import dev.realtime.protocol.webpubsub.PubSubError;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Takes the events of one hub's Web PubSub clients to whoever handles them.
 */
final class PubSubEvents {

	private static final Log logger = LogFactory.getLog(PubSubEvents.class);

	private final HubDispatcher dispatcher;

	private final ClientEvents clientEvents;

	private final PubSubArguments arguments;

	private final Consumer<HubEvent> publisher;

	PubSubEvents(HubDispatcher dispatcher, ClientEvents clientEvents, PubSubArguments arguments,
			Consumer<HubEvent> publisher) {
		this.dispatcher = dispatcher;
		this.clientEvents = clientEvents;
		this.arguments = arguments;
		this.publisher = publisher;
	}

	/**
	 * Process an event in its turn: at once if that does not block.
	 * @param call the event
	 */
	void add(PubSubCall call) {
		PubSubSession session = call.session();
		String invocationId = call.invocationId();
		CallLimits limits = session.callLimits();
		if (invocationId != null && limits != null && limits.isFull(session.invocations())) {
			session.send(InvokeResponseMessage.failure(invocationId, PubSubError.FORBIDDEN,
					ErrorTexts.tooManyCalls(call.request().event())));
			return;
		}
		if (invocationId != null && !session.begin(invocationId, call)) {
			session.send(InvokeResponseMessage.failure(invocationId, PubSubError.BAD_REQUEST,
					ErrorTexts.idInUse(invocationId)));
			return;
		}
		HubMethodDescriptor method = this.dispatcher.find(call.request().event());
		if (method != null && method.blocking()) {
			session.queue().add(call);
		}
		else if (method != null) {
			if (!session.runNow(call, method)) {
				session.queue().add(call);
			}
		}
		else {
			session.runOrAdd(call);
		}
	}

	/**
	 * Process an event whose turn it is.
	 * @param call the event
	 */
	void perform(PubSubCall call) {
		UserEventRequest request = call.request();
		PubSubSession session = call.session();
		this.publisher.accept(new UserEvent(session.hub(), session.connectionId(), session.userId(), request.event(),
				request.data()));
		boolean heard = this.clientEvents.listen(request, session);
		HubMethodDescriptor method = this.dispatcher.find(request.event());
		if (method != null) {
			call(call, method);
			return;
		}
		CompletionStage<UserEventResponse> answer = this.clientEvents.userEvent(request, session);
		if (answer != null) {
			call.await(answer);
			return;
		}
		if (heard) {
			call.succeed(null);
		}
		else {
			refuse(call, null, RefusedCallException.UNKNOWN_METHOD, PubSubError.INTERNAL_SERVER_ERROR,
					"There is no handler for the event.");
		}
		call.release();
	}

	private void call(PubSubCall call, HubMethodDescriptor method) {
		CallLimits limits = call.session().callLimits();
		if (limits != null && limits.isTooOften(method)) {
			refuse(call, method, RefusedCallException.BEYOND_LIMIT, PubSubError.FORBIDDEN,
					ErrorTexts.tooOften(method.name()));
			call.release();
			return;
		}
		if (method.streaming() || !method.uploads().isEmpty()) {
			refuse(call, method, RefusedCallException.WRONG_KIND, PubSubError.BAD_REQUEST,
					"The method works with streams, which an event cannot.");
			call.release();
			return;
		}
		@Nullable Object[] bound;
		try {
			bound = this.arguments.bind(method.argumentTypes(), call.request().data().dataType(),
					Objects.requireNonNull(call.request().data().payload()));
		}
		catch (IllegalArgumentException ex) {
			logger.debug("Event '" + method.name() + "' could not be bound", ex);
			refuse(call, method, RefusedCallException.WRONG_ARGUMENTS, PubSubError.BAD_REQUEST,
					this.dispatcher.options().detailedErrors()
							? "The data does not fit the handler of the event: " + ex.getMessage()
							: "The data does not fit the handler of the event.");
			call.release();
			return;
		}
		call.call(method, bound);
	}

	private void refuse(PubSubCall call, @Nullable HubMethodDescriptor method, String reason, String error,
			String message) {
		HubObserver observer = this.dispatcher.observer();
		if (observer.isEnabled()) {
			observer.refused(call.session(), method, Map.of(), new RefusedCallException(reason));
		}
		call.fail(error, message);
	}

}
