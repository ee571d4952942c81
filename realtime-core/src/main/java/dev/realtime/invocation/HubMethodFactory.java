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

import java.lang.reflect.Type;
import java.security.Principal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import dev.realtime.event.HubEventRequest;
import dev.realtime.hub.HubCallerContext;
import dev.realtime.hub.HubCancellation;
import dev.realtime.hub.StreamEmitter;
import dev.realtime.hub.annotation.Streaming;
import dev.realtime.invocation.support.ArgumentValidator;
import dev.realtime.invocation.support.StreamAdapters;
import dev.realtime.observation.ObservedMethod;
import dev.realtime.protocol.HubHandshake;
import org.jspecify.annotations.Nullable;

import org.springframework.core.GenericTypeResolver;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.messaging.handler.HandlerMethod;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolver;
import org.springframework.util.StringUtils;

/**
 * Works out, at start-up, where every argument of a method comes from and what becomes of
 * its result.
 */
final class HubMethodFactory {

	private final List<HandlerMethodArgumentResolver> resolvers;

	private final @Nullable ArgumentValidator validator;

	private final StreamAdapters adapters;

	/**
	 * Create a factory.
	 * @param resolvers resolve what clients do not send; asked in order
	 * @param validator validates constrained arguments, or {@code null}
	 * @param adapters knows the types of streams
	 */
	HubMethodFactory(List<HandlerMethodArgumentResolver> resolvers, @Nullable ArgumentValidator validator,
			StreamAdapters adapters) {
		this.resolvers = List.copyOf(resolvers);
		this.validator = validator;
		this.adapters = adapters;
	}

	/**
	 * Create the descriptor of a method that clients call.
	 * @param hub the name of the hub as those who observe it are told
	 * @param name the name clients call it by
	 * @param method the method
	 * @param blocking whether it may block
	 * @param exceptionHandlers handles its exceptions, or {@code null}
	 * @return the descriptor
	 * @throws InvalidHubException if the method cannot be called
	 */
	HubMethodDescriptor callable(String hub, String name, HandlerMethod method, boolean blocking,
			@Nullable ExceptionHandlers exceptionHandlers) {
		List<HandlerMethodArgumentResolver> sources = new ArrayList<>();
		List<Type> argumentTypes = new ArrayList<>();
		List<Type> uploads = new ArrayList<>();
		boolean reading = false;
		boolean emitter = false;
		boolean cancellable = false;
		for (MethodParameter parameter : method.getMethodParameters()) {
			Class<?> type = parameter.getParameterType();
			HandlerMethodArgumentResolver source = callSource(type);
			if (source == null) {
				source = commonSource(parameter);
			}
			if (source == null && (this.adapters.isPublisher(type) || this.adapters.isBlocking(type))) {
				source = upload(uploads.size(), type);
				uploads.add(this.adapters.elementType(resolvableType(method, parameter)).getType());
				reading |= this.adapters.isBlocking(type);
			}
			if (source == null) {
				source = positional(argumentTypes.size());
				argumentTypes
					.add(GenericTypeResolver.resolveType(parameter.getGenericParameterType(), method.getBeanType()));
			}
			emitter |= (type == StreamEmitter.class);
			cancellable |= (type == HubCancellation.class);
			sources.add(source);
		}
		boolean streaming = emitter || returnsStream(method);
		// a method that has its result when it returns may wait for a publisher, too
		boolean waiting = blocking && !uploads.isEmpty() && !streaming && !returnsSingle(method);
		return new HubMethodDescriptor(name, invocable(method, sources, exceptionHandlers), List.copyOf(argumentTypes),
				List.copyOf(uploads), streaming, streaming ? null : resultType(method), blocking,
				emitter || reading || waiting, emitter, streaming || cancellable, false, new HeldThread.Complaints(),
				ObservedMethod.of(hub, name), null);
	}

	/**
	 * Create a handler of events of the connection life cycle.
	 * @param method the method
	 * @param beforeConnection whether it is called before the connection exists
	 * @param exceptionHandlers handles its exceptions, or {@code null}
	 * @return the invocable method
	 * @throws InvalidHubException if a parameter cannot be resolved
	 */
	InvocableHubMethod handler(HandlerMethod method, boolean beforeConnection,
			@Nullable ExceptionHandlers exceptionHandlers) {
		List<HandlerMethodArgumentResolver> sources = new ArrayList<>();
		for (MethodParameter parameter : method.getMethodParameters()) {
			Class<?> type = parameter.getParameterType();
			HandlerMethodArgumentResolver source = null;
			if (HubEventRequest.class.isAssignableFrom(type)) {
				source = (ArgumentSource) (message) -> type.isInstance(message.getPayload()) ? message.getPayload()
						: null;
			}
			else if (!beforeConnection || type != HubCallerContext.class) {
				source = commonSource(parameter);
			}
			if (source == null) {
				throw unresolvable(method, parameter, beforeConnection);
			}
			sources.add(source);
		}
		return invocable(method, sources, exceptionHandlers);
	}

	/**
	 * Create a handler of exceptions.
	 * @param method the method
	 * @return the invocable method
	 * @throws InvalidHubException if a parameter cannot be resolved
	 */
	InvocableHubMethod exceptionHandler(HandlerMethod method) {
		List<HandlerMethodArgumentResolver> sources = new ArrayList<>();
		for (MethodParameter parameter : method.getMethodParameters()) {
			Class<?> type = parameter.getParameterType();
			HandlerMethodArgumentResolver source = Throwable.class.isAssignableFrom(type)
					? (ArgumentSource) (message) -> ((FailureMessage) message).failure(type) : commonSource(parameter);
			if (source == null) {
				throw new InvalidHubException(
						"Parameter %d of exception handler %s, of type %s, cannot be resolved."
							.formatted(parameter.getParameterIndex(), method.getShortLogMessage(), type.getName()),
						"Use the exception, HubCallerContext, Principal, HubHandshake, Locale, @Header or what a "
								+ "HandlerMethodArgumentResolver bean supports. If the handler is not meant for hubs, "
								+ "restrict its @ControllerAdvice, for example to annotations = Controller.class.");
			}
			sources.add(source);
		}
		return invocable(method, sources, null);
	}

	private InvalidHubException unresolvable(HandlerMethod method, MethodParameter parameter,
			boolean beforeConnection) {
		return new InvalidHubException("Parameter %d of event handler %s, of type %s, cannot be resolved%s.".formatted(
				parameter.getParameterIndex(), method.getShortLogMessage(), parameter.getParameterType().getName(),
				beforeConnection ? " before the connection exists" : ""),
				"Use the request of the event, Principal, HubHandshake, Locale"
						+ (beforeConnection ? "" : ", HubCallerContext")
						+ " or what a HandlerMethodArgumentResolver bean supports.");
	}

	private InvocableHubMethod invocable(HandlerMethod method, List<HandlerMethodArgumentResolver> sources,
			@Nullable ExceptionHandlers exceptionHandlers) {
		boolean constrained = this.validator != null && this.validator.appliesTo(method.getMethod());
		return new InvocableHubMethod(method, sources, constrained ? this.validator : null, exceptionHandlers);
	}

	private @Nullable ArgumentSource callSource(Class<?> type) {
		if (type == HubCancellation.class) {
			return (message) -> {
				HubCall call = (HubCall) message;
				call.session().watch(call);
				return call.cancellation();
			};
		}
		if (type == StreamEmitter.class) {
			return (message) -> ((HubCall) message).resultStream();
		}
		return null;
	}

	private @Nullable HandlerMethodArgumentResolver commonSource(MethodParameter parameter) {
		Class<?> type = parameter.getParameterType();
		if (type == HubCallerContext.class) {
			return (ArgumentSource) DispatchMessage::caller;
		}
		if (type == HubHandshake.class) {
			return (ArgumentSource) DispatchMessage::handshake;
		}
		if (type == Locale.class) {
			return (ArgumentSource) (message) -> locale(message.handshake());
		}
		for (HandlerMethodArgumentResolver resolver : this.resolvers) {
			if (resolver.supportsParameter(parameter)) {
				return resolver;
			}
		}
		if (Principal.class.isAssignableFrom(type)) {
			return (ArgumentSource) (message) -> type.isInstance(message.principal()) ? message.principal() : null;
		}
		return null;
	}

	private static Locale locale(HubHandshake handshake) {
		String header = handshake.headers().getFirst("Accept-Language");
		try {
			if (StringUtils.hasText(header)) {
				Locale locale = Locale.forLanguageTag(Locale.LanguageRange.parse(header).get(0).getRange());
				return locale.getLanguage().isEmpty() ? Locale.getDefault() : locale;
			}
		}
		catch (IllegalArgumentException ex) {
			// not a language range
		}
		return Locale.getDefault();
	}

	private ArgumentSource positional(int index) {
		return (message) -> ((HubCall) message).arguments()[index];
	}

	private ArgumentSource upload(int index, Class<?> type) {
		if (type == Iterator.class) {
			return (message) -> ((HubCall) message).upload(index).iterator();
		}
		if (type == Stream.class) {
			return (message) -> StreamSupport.stream(Spliterators
				.spliteratorUnknownSize(((HubCall) message).upload(index).iterator(), Spliterator.ORDERED), false);
		}
		return (message) -> {
			Flow.Publisher<Object> publisher = ((HubCall) message).upload(index).publisher();
			return this.adapters.fromPublisher(publisher, type);
		};
	}

	private ResolvableType resolvableType(HandlerMethod method, MethodParameter parameter) {
		return ResolvableType.forMethodParameter(parameter.withContainingClass(method.getBeanType()));
	}

	/**
	 * Return the type of the value that a method returns, now or later.
	 * @param method the method
	 * @return the type, or {@code null} if it returns nothing
	 */
	@Nullable Class<?> resultType(HandlerMethod method) {
		ResolvableType type = returnType(method);
		if (this.adapters.isSingle(type.resolve(Object.class))) {
			type = this.adapters.elementType(type);
		}
		if (type.resolve() == Optional.class) {
			type = this.adapters.elementType(type);
		}
		Class<?> result = type.resolve(Object.class);
		return (result == void.class || result == Void.class) ? null : result;
	}

	private boolean returnsSingle(HandlerMethod method) {
		return this.adapters.isSingle(returnType(method).resolve(Object.class));
	}

	private static ResolvableType returnType(HandlerMethod method) {
		return ResolvableType.forMethodReturnType(method.getMethod(), method.getBeanType());
	}

	private boolean returnsStream(HandlerMethod method) {
		ResolvableType type = returnType(method);
		Class<?> returned = type.resolve(Object.class);
		if (this.adapters.isSingle(returned)) {
			returned = this.adapters.elementType(type).resolve(Object.class);
		}
		if (this.adapters.isPublisher(returned) || this.adapters.isBlocking(returned) && returned == Stream.class) {
			return true;
		}
		boolean iterable = Iterator.class.isAssignableFrom(returned) || Iterable.class.isAssignableFrom(returned);
		return iterable && method.hasMethodAnnotation(Streaming.class);
	}

}
