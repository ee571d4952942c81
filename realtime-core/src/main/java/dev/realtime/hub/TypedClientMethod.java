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

package dev.realtime.hub;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

import org.springframework.core.GenericTypeResolver;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.util.Assert;

/**
 * A method of an interface that describes clients.
 */
sealed interface TypedClientMethod {

	/**
	 * Call the method.
	 * @param proxy the proxy it is called on
	 * @param target the target of the proxy
	 * @param arguments the arguments
	 * @return the result for the caller
	 * @throws Throwable what the caller gets to see
	 */
	@Nullable Object invoke(Object proxy, ClientProxy target, @Nullable Object[] arguments) throws Throwable;

	/**
	 * Check a method and decide what it does.
	 * @param type the interface
	 * @param method the method, inherited or not
	 * @return the method
	 */
	static TypedClientMethod of(Class<?> type, Method method) {
		if (method.isDefault()) {
			return Default.of(method);
		}
		String description = describe(type, method);
		Assert.isTrue(method.getTypeParameters().length == 0,
				() -> "Method " + description + " must not have type parameters");
		Class<?> returnType = method.getReturnType();
		if (returnType == void.class) {
			return new Send(method.getName());
		}
		ParameterizedTypeReference<Object> resultType = resultType(type, method);
		if (returnType == CompletableFuture.class || returnType == CompletionStage.class) {
			return new Ask(method.getName(), resultType, description);
		}
		ReactiveAdapter adapter = reactiveAdapter(returnType);
		ReactiveAdapter futureAdapter = reactiveAdapter(CompletableFuture.class);
		Assert.isTrue(adapter != null && futureAdapter != null && isOfOneValue(adapter, returnType),
				() -> "Method " + description + " must return void to send, or a CompletionStage, a CompletableFuture "
						+ "or a reactive type of one value to ask a client, not " + returnType.getName());
		return new AskReactively(new Ask(method.getName(), resultType, description), adapter, futureAdapter);
	}

	private static @Nullable ReactiveAdapter reactiveAdapter(Class<?> type) {
		return ReactiveAdapterRegistry.getSharedInstance().getAdapter(type);
	}

	private static boolean isOfOneValue(ReactiveAdapter adapter, Class<?> type) {
		return adapter.getReactiveType() == type && !adapter.isMultiValue() && !adapter.isNoValue();
	}

	private static String describe(Class<?> type, Method method) {
		return Arrays.stream(method.getParameterTypes())
			.map(Class::getSimpleName)
			.collect(Collectors.joining(", ", type.getName() + "." + method.getName() + "(", ")"));
	}

	private static ParameterizedTypeReference<Object> resultType(Class<?> type, Method method) {
		Type returnType = GenericTypeResolver.resolveType(method.getGenericReturnType(), type);
		Type resultType = (returnType instanceof ParameterizedType parameterized)
				? parameterized.getActualTypeArguments()[0] : Object.class;
		if (resultType instanceof WildcardType wildcard) {
			resultType = wildcard.getUpperBounds()[0];
		}
		return ParameterizedTypeReference.forType(resultType);
	}

	/**
	 * Sends and waits for nothing.
	 *
	 * @param name the name on the wire
	 */
	record Send(String name) implements TypedClientMethod {

		@Override
		public @Nullable Object invoke(Object proxy, ClientProxy target, @Nullable Object[] arguments) {
			target.send(this.name, Arrays.asList(arguments));
			return null;
		}

	}

	/**
	 * Asks a client for a result.
	 *
	 * @param name the name on the wire
	 * @param resultType the type of the result
	 * @param description the method as messages of exceptions name it
	 */
	record Ask(String name, ParameterizedTypeReference<Object> resultType,
			String description) implements TypedClientMethod {

		@Override
		public CompletableFuture<Object> invoke(Object proxy, ClientProxy target, @Nullable Object[] arguments) {
			return ask(single(target), arguments);
		}

		CompletableFuture<Object> ask(SingleClientProxy target, @Nullable Object[] arguments) {
			return target.invoke(this.name, this.resultType, arguments);
		}

		SingleClientProxy single(ClientProxy target) {
			if (target instanceof SingleClientProxy single) {
				return single;
			}
			throw new IllegalStateException("Method " + this.description
					+ " returns a result, which only works with single clients, and not after a commit");
		}

	}

	/**
	 * Asks a client for a result when somebody subscribes to it.
	 *
	 * @param ask how to ask
	 * @param adapter the adapter for the reactive type
	 * @param futureAdapter the adapter for futures
	 */
	record AskReactively(Ask ask, ReactiveAdapter adapter, ReactiveAdapter futureAdapter) implements TypedClientMethod {

		@Override
		public Object invoke(Object proxy, ClientProxy target, @Nullable Object[] arguments) {
			SingleClientProxy single = this.ask.single(target);
			Publisher<Object> cold = (subscriber) -> this.futureAdapter.toPublisher(this.ask.ask(single, arguments))
				.subscribe(subscriber);
			return this.adapter.fromPublisher(cold);
		}

	}

	/**
	 * Runs the body that the interface has for the method.
	 *
	 * @param body the body
	 */
	record Default(MethodHandle body) implements TypedClientMethod {

		static Default of(Method method) {
			Class<?> declaringClass = method.getDeclaringClass();
			try {
				return new Default(MethodHandles.privateLookupIn(declaringClass, MethodHandles.lookup())
					.unreflectSpecial(method, declaringClass)
					.asFixedArity());
			}
			catch (IllegalAccessException ex) {
				throw new IllegalArgumentException("Method " + describe(declaringClass, method) + " is not accessible",
						ex);
			}
		}

		@Override
		public @Nullable Object invoke(Object proxy, ClientProxy target, @Nullable Object[] arguments)
				throws Throwable {
			return this.body.bindTo(proxy).invokeWithArguments(arguments);
		}

	}

}
