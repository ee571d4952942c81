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

import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.messaging.Message;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolver;

/**
 * Where an argument comes from that the dispatcher itself provides.
 */
@FunctionalInterface
interface ArgumentSource extends HandlerMethodArgumentResolver {

	@Override
	default boolean supportsParameter(MethodParameter parameter) {
		return true;
	}

	@Override
	default @Nullable Object resolveArgument(MethodParameter parameter, Message<?> message) {
		return get((DispatchMessage) message);
	}

	/**
	 * Return the argument.
	 * @param message what is dispatched
	 * @return the argument
	 */
	@Nullable Object get(DispatchMessage message);

}
