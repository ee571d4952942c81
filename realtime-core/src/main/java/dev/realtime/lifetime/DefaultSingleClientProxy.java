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

package dev.realtime.lifetime;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.realtime.hub.ClientProxy;
import dev.realtime.hub.PlainMessage;
import dev.realtime.hub.SingleClientProxy;
import org.jspecify.annotations.Nullable;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.util.Assert;

/**
 * Sends to one connection and asks it.
 *
 * @param proxy sends
 * @param calls asks
 * @param connectionId the id of the connection
 */
record DefaultSingleClientProxy(ClientProxy proxy, ClientCalls calls,
		String connectionId) implements SingleClientProxy {

	@Override
	public CompletableFuture<Void> send(String target, List<?> arguments) {
		return this.proxy.send(target, arguments);
	}

	@Override
	public CompletableFuture<Void> publish(PlainMessage message) {
		return this.proxy.publish(message);
	}

	@Override
	public <T> CompletableFuture<T> invoke(String target, ParameterizedTypeReference<T> resultType,
			@Nullable Object... arguments) {
		return ask(target, null, resultType, arguments);
	}

	@Override
	public <T> CompletableFuture<T> invoke(String target, Duration timeout, ParameterizedTypeReference<T> resultType,
			@Nullable Object... arguments) {
		Assert.notNull(timeout, "'timeout' must not be null");
		Assert.isTrue(!timeout.isNegative() && !timeout.isZero(), "'timeout' must be positive");
		return ask(target, timeout, resultType, arguments);
	}

	@SuppressWarnings("unchecked")
	private <T> CompletableFuture<T> ask(String target, @Nullable Duration timeout,
			ParameterizedTypeReference<T> resultType, @Nullable Object[] arguments) {
		Assert.hasText(target, "'target' must not be empty");
		Assert.notNull(resultType, "'resultType' must not be null");
		Assert.notNull(arguments, "'arguments' must not be null");
		return (CompletableFuture<T>) this.calls.ask(this.connectionId, target, arguments, resultType.getType(),
				timeout);
	}

	@Override
	public String toString() {
		return this.proxy.toString();
	}

}
