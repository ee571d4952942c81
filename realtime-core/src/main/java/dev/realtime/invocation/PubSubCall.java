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
import java.util.concurrent.CompletionStage;

import dev.realtime.event.UserEventRequest;
import dev.realtime.event.UserEventResponse;
import dev.realtime.hub.HubException;
import dev.realtime.hub.WebPubSubOptions.EventFailure;
import dev.realtime.protocol.CloseReason;
import dev.realtime.protocol.ServerMessage;
import dev.realtime.protocol.webpubsub.InvokeResponseMessage;
import dev.realtime.protocol.webpubsub.PubSubError;
import dev.realtime.protocol.webpubsub.PubSubProtocol;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * An event of a Web PubSub client on its way to whoever handles it (Web PubSub, events
 * and invocations): a handler or a method of the application, else a handler outside of
 * it.
 */
final class PubSubCall extends PubSubTask implements CallAnswers {

	private static final Log logger = LogFactory.getLog(PubSubCall.class);

	private static final int ERROR_STATUS = 1011;

	private final PubSubEvents events;

	private final UserEventRequest request;

	private final @Nullable String invocationId;

	private volatile @Nullable HubCall call;

	private volatile boolean cancelled;

	/**
	 * Create a call.
	 * @param events takes it to its handlers
	 * @param session the session of the connection
	 * @param request the event
	 * @param ackId the number of the acknowledgement the client waits for, or
	 * {@code null} if it does not
	 * @param invocationId the id of the invocation, or {@code null} if it is an event
	 * @param size the size of the message in bytes
	 */
	PubSubCall(PubSubEvents events, PubSubSession session, UserEventRequest request, @Nullable Long ackId,
			@Nullable String invocationId, int size) {
		super(session, ackId, size);
		this.events = events;
		this.request = request;
		this.invocationId = invocationId;
	}

	UserEventRequest request() {
		return this.request;
	}

	@Nullable String invocationId() {
		return this.invocationId;
	}

	@Override
	void perform() {
		if (this.cancelled) {
			release();
			return;
		}
		this.events.perform(this);
	}

	/**
	 * Call a method of the application, which lets the next message go when it is done.
	 * @param method the method
	 * @param arguments its arguments
	 */
	void call(HubMethodDescriptor method, @Nullable Object[] arguments) {
		HubCall call = new HubCall(session(), this, method, this.invocationId, arguments,
				this.request.data().metadata(), Map.of(), size());
		if (this.invocationId != null && method.cancellable()) {
			session().register(call);
		}
		this.call = call;
		if (this.cancelled) {
			call.cancel();
		}
		call.run();
	}

	/**
	 * Wait for a handler outside of the application.
	 * @param answer completes with its answer
	 */
	void await(CompletionStage<UserEventResponse> answer) {
		answer.whenComplete((response, failure) -> {
			try {
				if (failure != null || response == null) {
					logger.debug("Event '" + this.request.event() + "' failed", failure);
					fail(PubSubError.INTERNAL_SERVER_ERROR, "The event handler failed.");
				}
				else {
					if (response.state() != null) {
						session().state(response.state());
					}
					succeed(response.reply());
				}
			}
			catch (Throwable ex) {
				failed(ex);
			}
			finally {
				release();
			}
		});
	}

	/**
	 * Take note that the client does not want the answer any more.
	 */
	void cancel() {
		this.cancelled = true;
		HubCall call = this.call;
		if (call != null && call.method().cancellable()) {
			call.cancel();
		}
	}

	/**
	 * Answer the client.
	 * @param reply the reply, or {@code null} for none
	 */
	void succeed(ServerMessage.@Nullable Data reply) {
		if (this.invocationId == null) {
			if (reply != null) {
				session().send(reply);
			}
			acknowledge();
		}
		else {
			session().answer(this, (reply != null) ? InvokeResponseMessage.success(this.invocationId, reply)
					: new InvokeResponseMessage(this.invocationId, null, null, Map.of(), null));
		}
	}

	/**
	 * Tell the client that the event has failed, which may end the connection.
	 * @param name the name of the error
	 * @param message a text for the client
	 */
	void fail(String name, String message) {
		if (this.invocationId != null) {
			session().answer(this, InvokeResponseMessage.failure(this.invocationId, name, message));
			return;
		}
		reject(name, message);
		boolean plain = session().protocol().name().equals(PubSubProtocol.PLAIN);
		if (plain || session().options().webPubSub().eventFailure() == EventFailure.CLOSE) {
			session().connection()
				.close(CloseReason.EVENT_FAILED.withText(message).withStatus(ERROR_STATUS), new HubException(message));
		}
	}

	@Override
	void failed(Throwable failure) {
		logger.debug("Event '" + this.request.event() + "' failed", failure);
		fail(PubSubError.INTERNAL_SERVER_ERROR, "The event could not be handled.");
	}

	@Override
	public Runnable result(HubCall call, @Nullable Object result) {
		// an invocation is forgotten before its answer is sent, an event holds nothing
		succeed(PubSubReplies.of(call.method(), result));
		return () -> {
		};
	}

	@Override
	public void error(HubCall call, Throwable failure) {
		HubDispatcher dispatcher = session().dispatcher();
		String name = call.method().name();
		if (dispatcher.isRefusal(failure)) {
			fail(PubSubError.FORBIDDEN, ErrorTexts.unauthorized(name));
		}
		else {
			fail(PubSubError.INTERNAL_SERVER_ERROR, dispatcher.errorTexts().invocation(name, failure));
		}
	}

	@Override
	public int item(HubCall call, @Nullable Object item) {
		throw new IllegalStateException("Web PubSub clients do not call methods that stream");
	}

	@Override
	public void streamEnd(HubCall call, @Nullable Throwable failure) {
		throw new IllegalStateException("Web PubSub clients do not call methods that stream");
	}

}
