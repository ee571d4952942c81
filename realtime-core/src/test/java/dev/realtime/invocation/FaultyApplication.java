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

import java.security.Principal;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.realtime.event.ClientEventConnection;
import dev.realtime.event.ClientEventHandler;
import dev.realtime.event.ClientEventListener;
import dev.realtime.event.ConnectEventRequest;
import dev.realtime.event.ConnectEventResponse;
import dev.realtime.event.DisconnectedEvent;
import dev.realtime.event.EventHandler;
import dev.realtime.event.EventType;
import dev.realtime.event.GroupJoinedEvent;
import dev.realtime.event.HubEvent;
import dev.realtime.event.UserEventRequest;
import dev.realtime.event.UserEventResponse;
import dev.realtime.hub.HubCallerContext;
import dev.realtime.hub.HubCancellation;
import dev.realtime.hub.HubFilter;
import dev.realtime.hub.HubFilterChain;
import dev.realtime.hub.HubInvocation;
import dev.realtime.hub.HubLifecycleChain;
import dev.realtime.hub.StreamEmitter;
import dev.realtime.hub.UserIdProvider;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import dev.realtime.hub.annotation.Streaming;
import dev.realtime.protocol.CloseReason;
import dev.realtime.protocol.HubHandshake;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.annotation.JsonDeserialize;

import org.springframework.context.event.EventListener;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.Order;
import org.springframework.messaging.Message;
import org.springframework.messaging.handler.annotation.MessageExceptionHandler;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolver;

/**
 * An application that throws or blocks where it is told to, which concerns the user
 * {@code ann}, or whoever calls the method.
 */
final class FaultyApplication {

	static final Class<?>[] COMPONENTS = { Calls.class, Filter.class, Resolver.class, Handler.class, Listener.class,
			Listeners.class, Users.class };

	private static volatile Place place;

	private static volatile Runnable action;

	private FaultyApplication() {
	}

	static void arm(Place place, Fault fault) {
		arm(place, fault::raise);
	}

	static void arm(Place place, Runnable action) {
		FaultyApplication.action = action;
		FaultyApplication.place = place;
	}

	static void disarm() {
		FaultyApplication.place = null;
	}

	private static void at(Place place) {
		if (FaultyApplication.place == place) {
			FaultyApplication.action.run();
		}
	}

	private static void at(Place place, String user) {
		if ("ann".equals(user)) {
			at(place);
		}
	}

	/**
	 * Where an application takes part.
	 */
	enum Place {

		METHOD, EVENT_METHOD, EXCEPTION_HANDLER, FILTER, RESOLVER, READING, WRITING, LATE_WRITING, ITERATOR, EMITTER,
		SUBSCRIBE, REQUEST, ITEM, CANCEL, ON_CANCEL,

		USER_ID, CONNECT, CONNECTED, DISCONNECTED, FILTER_CONNECTED, FILTER_DISCONNECTED,

		HANDLER_HANDLES, HANDLER_CONNECT, HANDLER_CONNECTED, HANDLER_DISCONNECTED, HANDLER_JOINED, HANDLER_LEFT,
		HANDLER_EVENT,

		LISTENER_CONNECTED, LISTENER_DISCONNECTED, LISTENER_JOINED, LISTENER_LEFT, LISTENER_EVENT,

		EVENT_LISTENER

	}

	@HubController("test")
	static class Calls {

		@HubMethod
		String ping() {
			return "pong";
		}

		@HubMethod
		void method() {
			at(Place.METHOD);
		}

		@HubMethod(blocking = false)
		void methodAtOnce() {
			at(Place.METHOD);
		}

		@HubMethod
		CompletableFuture<String> later() {
			return CompletableFuture.supplyAsync(() -> {
				at(Place.METHOD);
				return "";
			});
		}

		@HubMethod
		void handled() {
			throw new UnsupportedOperationException("handled");
		}

		@MessageExceptionHandler
		void handle(UnsupportedOperationException ex) {
			at(Place.EXCEPTION_HANDLER);
		}

		@HubMethod
		void filtered() {
		}

		@HubMethod
		void resolved(Resolved resolved) {
		}

		@HubMethod
		void read(Value value) {
		}

		@HubMethod
		Value write() {
			return new Value();
		}

		@HubMethod
		CompletableFuture<Value> writeLater() {
			return CompletableFuture.supplyAsync(Value::new);
		}

		@HubMethod
		void join(HubCallerContext caller) {
			caller.join("group");
		}

		@HubMethod
		void leave(HubCallerContext caller) {
			caller.leave("group");
		}

		@HubMethod
		@Streaming
		Iterator<Integer> iterator() {
			return new Iterator<>() {

				@Override
				public boolean hasNext() {
					at(Place.ITERATOR);
					return false;
				}

				@Override
				public Integer next() {
					return 1;
				}

			};
		}

		@HubMethod
		void emitter(StreamEmitter<Integer> emitter) {
			at(Place.EMITTER);
			emitter.complete();
		}

		@HubMethod
		void onCancel(HubCancellation cancellation, StreamEmitter<Integer> emitter) {
			cancellation.onCancel(() -> at(Place.ON_CANCEL));
			emitter.send(1);
		}

		@HubMethod
		Flow.Publisher<Value> publisher() {
			return (subscriber) -> {
				at(Place.SUBSCRIBE);
				subscriber.onSubscribe(new Flow.Subscription() {

					@Override
					public void request(long n) {
						at(Place.REQUEST);
						// as a publisher does that keeps its troubles to itself
						try {
							subscriber.onNext(new Value());
						}
						catch (Throwable ex) {
							subscriber.onComplete();
						}
					}

					@Override
					public void cancel() {
						at(Place.CANCEL);
					}

				});
			};
		}

		@EventHandler("named")
		void named() {
			at(Place.EVENT_METHOD);
		}

		@EventHandler(type = EventType.CONNECT)
		void connect(ConnectEventRequest request) {
			at(Place.CONNECT, request.userId());
		}

		@EventHandler(type = EventType.CONNECTED)
		void connected(HubCallerContext caller) {
			at(Place.CONNECTED, caller.userId());
		}

		@EventHandler(type = EventType.DISCONNECTED)
		void disconnected(HubCallerContext caller) {
			at(Place.DISCONNECTED, caller.userId());
		}

	}

	static class Reader extends ValueDeserializer<Value> {

		@Override
		public Value deserialize(JsonParser parser, DeserializationContext context) {
			at(Place.READING);
			return new Value();
		}

	}

	@JsonDeserialize(using = Reader.class)
	static class Value {

		@JsonProperty
		int getNumber() {
			at(Place.WRITING);
			at(Place.LATE_WRITING);
			at(Place.ITEM);
			return 1;
		}

	}

	static final class Resolved {

	}

	static class Resolver implements HandlerMethodArgumentResolver {

		@Override
		public boolean supportsParameter(MethodParameter parameter) {
			return parameter.getParameterType() == Resolved.class;
		}

		@Override
		public Object resolveArgument(MethodParameter parameter, Message<?> message) {
			at(Place.RESOLVER);
			return new Resolved();
		}

	}

	static class Filter implements HubFilter {

		@Override
		public Object invoke(HubInvocation invocation, HubFilterChain next) throws Throwable {
			if (invocation.target().equals("filtered")) {
				at(Place.FILTER);
			}
			return next.proceed(invocation);
		}

		@Override
		public void connected(HubCallerContext caller, HubLifecycleChain next) throws Throwable {
			at(Place.FILTER_CONNECTED, caller.userId());
			next.proceed();
		}

		@Override
		public void disconnected(HubCallerContext caller, CloseReason reason, Throwable error, HubLifecycleChain next)
				throws Throwable {
			at(Place.FILTER_DISCONNECTED, caller.userId());
			next.proceed();
		}

	}

	static class Users implements UserIdProvider {

		@Override
		public String userId(Principal principal, HubHandshake handshake) {
			at(Place.USER_ID);
			return UserIdProvider.principalName().userId(principal, handshake);
		}

	}

	static class Handler implements ClientEventHandler {

		@Override
		public boolean handles(String hub, EventType type) {
			if (type != EventType.CONNECT) {
				at(Place.HANDLER_HANDLES);
			}
			return true;
		}

		@Override
		public boolean handles(String hub, String event) {
			return true;
		}

		@Override
		public CompletionStage<ConnectEventResponse> connect(ConnectEventRequest request,
				ClientEventConnection connection) {
			at(Place.HANDLER_CONNECT, request.userId());
			return CompletableFuture.completedFuture(null);
		}

		@Override
		public void connected(ClientEventConnection connection) {
			at(Place.HANDLER_CONNECTED, connection.userId());
		}

		@Override
		public void disconnected(ClientEventConnection connection, String reason) {
			at(Place.HANDLER_DISCONNECTED, connection.userId());
		}

		@Override
		public CompletionStage<UserEventResponse> userEvent(UserEventRequest request,
				ClientEventConnection connection) {
			at(Place.HANDLER_EVENT);
			return CompletableFuture.completedFuture(new UserEventResponse(null, null));
		}

		@Override
		public boolean handlesGroups(String hub) {
			return true;
		}

		@Override
		public void joined(ClientEventConnection connection, String group) {
			at(Place.HANDLER_JOINED);
		}

		@Override
		public void left(ClientEventConnection connection, String group) {
			at(Place.HANDLER_LEFT);
		}

	}

	static class Listener implements ClientEventListener {

		@Override
		public boolean listensTo(String hub, String event) {
			at(Place.LISTENER_EVENT);
			return true;
		}

		@Override
		public void connected(ClientEventConnection connection) {
			at(Place.LISTENER_CONNECTED, connection.userId());
		}

		@Override
		public void disconnected(ClientEventConnection connection, String reason) {
			at(Place.LISTENER_DISCONNECTED, connection.userId());
		}

		@Override
		public void joined(ClientEventConnection connection, String group) {
			at(Place.LISTENER_JOINED);
		}

		@Override
		public void left(ClientEventConnection connection, String group) {
			at(Place.LISTENER_LEFT);
		}

	}

	static class Listeners {

		final List<String> gone = new CopyOnWriteArrayList<>();

		@EventListener
		void on(HubEvent event) {
			if (event instanceof GroupJoinedEvent) {
				Thread.currentThread().interrupt();
			}
			at(Place.EVENT_LISTENER);
		}

		// before the one that throws, after which Spring asks no more
		@Order(0)
		@EventListener
		void on(DisconnectedEvent event) {
			this.gone.add(event.connectionId());
		}

	}

}
