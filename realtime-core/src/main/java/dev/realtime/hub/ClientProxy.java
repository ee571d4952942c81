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

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Sends to the connections of one target.
 * <p>
 * Messages are encoded on the calling thread before a method returns, so that arguments
 * may be changed afterwards. A value that cannot be encoded throws
 * {@link org.springframework.messaging.converter.MessageConversionException} right there.
 * A method returns when the message is in the queues of the local receivers and waits for
 * none of them; its future completes when the backplane, if there is one, accepted the
 * message, and exceptionally if it did not. Sends of one thread to one target arrive in
 * order.
 * <p>
 * Implementations are safe for concurrent use.
 *
 * @since 0.1.0
 */
public interface ClientProxy {

	/**
	 * Call a method of the clients, without an answer.
	 * <p>
	 * A single argument that is a {@link List} selects {@link #send(String, List)}: its
	 * elements become the arguments. To send a list as one argument, wrap it:
	 * {@code send("history", List.of(messages))}.
	 * @param target the name of the clients' method, never re-cased
	 * @param arguments the positional arguments
	 * @return completes when the message was accepted
	 * @throws org.springframework.messaging.converter.MessageConversionException if an
	 * argument cannot be encoded
	 */
	default CompletableFuture<Void> send(String target, @Nullable Object... arguments) {
		Assert.notNull(arguments, "'arguments' must not be null");
		return send(target, Arrays.asList(arguments));
	}

	/**
	 * Call a method of the clients, without an answer.
	 * @param target the name of the clients' method, never re-cased
	 * @param arguments the positional arguments, one per element
	 * @return completes when the message was accepted
	 * @throws org.springframework.messaging.converter.MessageConversionException if an
	 * argument cannot be encoded
	 */
	CompletableFuture<Void> send(String target, List<?> arguments);

	/**
	 * Send data rather than a call.
	 * @param message the message
	 * @return completes when the message was accepted
	 * @throws org.springframework.messaging.converter.MessageConversionException if the
	 * payload cannot be encoded
	 */
	CompletableFuture<Void> publish(PlainMessage message);

}
