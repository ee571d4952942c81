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

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.util.ClassUtils;

/**
 * Sends to one connection, which can also be asked for a result.
 * <p>
 * The future of a question completes with what the client answered ({@code null} if it
 * answered nothing), on a thread of the server that must not be blocked. It completes
 * exceptionally
 * <ul>
 * <li>with a {@link HubException} if the client answered with an error, does not know the
 * method or cannot be asked because of its protocol,</li>
 * <li>with an {@link java.io.IOException} if the connection does not exist or ends before
 * the answer,</li>
 * <li>with a {@link java.util.concurrent.TimeoutException} when a given timeout has
 * passed,</li>
 * <li>with a {@link org.springframework.messaging.converter.MessageConversionException}
 * if the answer cannot be bound to the result type.</li>
 * </ul>
 * Without a timeout it waits as long as the connection lives. Cancelling the future gives
 * up the question; an answer that still arrives is ignored.
 *
 * @since 0.1.0
 */
public interface SingleClientProxy extends ClientProxy {

	/**
	 * Ask the client and wait for its answer as long as the connection lives.
	 * @param <T> the type of the answer
	 * @param target the name of the client's method, never re-cased
	 * @param resultType the type of the answer
	 * @param arguments the positional arguments
	 * @return the answer
	 * @throws org.springframework.messaging.converter.MessageConversionException if an
	 * argument cannot be encoded
	 */
	<T> CompletableFuture<T> invoke(String target, ParameterizedTypeReference<T> resultType,
			@Nullable Object... arguments);

	/**
	 * Ask the client and wait for its answer as long as the connection lives.
	 * @param <T> the type of the answer
	 * @param target the name of the client's method, never re-cased
	 * @param resultType the type of the answer; {@code Void.class} to wait for its
	 * completion only
	 * @param arguments the positional arguments
	 * @return the answer
	 * @throws org.springframework.messaging.converter.MessageConversionException if an
	 * argument cannot be encoded
	 */
	default <T> CompletableFuture<T> invoke(String target, Class<T> resultType, @Nullable Object... arguments) {
		return invoke(target, ParameterizedTypeReference.<T>forType(ClassUtils.resolvePrimitiveIfNecessary(resultType)),
				arguments);
	}

	/**
	 * Ask the client and wait for its answer no longer than a timeout. The timeout stands
	 * before the type of the answer, so that it cannot be mistaken for an argument.
	 * @param <T> the type of the answer
	 * @param target the name of the client's method, never re-cased
	 * @param timeout how long to wait, must be positive
	 * @param resultType the type of the answer
	 * @param arguments the positional arguments
	 * @return the answer
	 * @throws org.springframework.messaging.converter.MessageConversionException if an
	 * argument cannot be encoded
	 */
	<T> CompletableFuture<T> invoke(String target, Duration timeout, ParameterizedTypeReference<T> resultType,
			@Nullable Object... arguments);

	/**
	 * Ask the client and wait for its answer no longer than a timeout. The timeout stands
	 * before the type of the answer, so that it cannot be mistaken for an argument.
	 * @param <T> the type of the answer
	 * @param target the name of the client's method, never re-cased
	 * @param timeout how long to wait, must be positive
	 * @param resultType the type of the answer; {@code Void.class} to wait for its
	 * completion only
	 * @param arguments the positional arguments
	 * @return the answer
	 * @throws org.springframework.messaging.converter.MessageConversionException if an
	 * argument cannot be encoded
	 */
	default <T> CompletableFuture<T> invoke(String target, Duration timeout, Class<T> resultType,
			@Nullable Object... arguments) {
		return invoke(target, timeout,
				ParameterizedTypeReference.<T>forType(ClassUtils.resolvePrimitiveIfNecessary(resultType)), arguments);
	}

}
