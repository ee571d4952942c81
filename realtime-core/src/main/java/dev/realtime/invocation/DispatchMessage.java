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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.realtime.hub.HubCallerContext;
import dev.realtime.invocation.support.CallerScope;
import dev.realtime.invocation.support.HubMessageHeaders;
import dev.realtime.protocol.HubHandshake;
import org.jspecify.annotations.Nullable;

import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;

/**
 * What is dispatched to a method, in the form in which argument resolvers see it. The
 * object itself is the message; headers are made for those that look at them.
 */
abstract class DispatchMessage implements Message<Object> {

	private @Nullable MessageHeaders messageHeaders;

	/**
	 * Return who the client is.
	 * @return the principal, or {@code null}
	 */
	abstract @Nullable Principal principal();

	/**
	 * Return the request the client connected with.
	 * @return the handshake
	 */
	abstract HubHandshake handshake();

	/**
	 * Return the caller.
	 * @return the context, or {@code null} before the connection exists
	 */
	abstract @Nullable HubCallerContext caller();

	/**
	 * Return the scope in which code runs on behalf of the client.
	 * @return the scope, or {@code null} if there is none
	 */
	abstract @Nullable CallerScope scope();

	/**
	 * Return the headers the client sent along.
	 * @return the headers, possibly empty
	 */
	Map<String, String> invocationHeaders() {
		return Map.of();
	}

	@Override
	public MessageHeaders getHeaders() {
		if (this.messageHeaders == null) {
			Map<String, Object> headers = new HashMap<>();
			putIfPresent(headers, HubMessageHeaders.CALLER_CONTEXT, caller());
			putIfPresent(headers, HubMessageHeaders.PRINCIPAL, principal());
			headers.put(HubMessageHeaders.HANDSHAKE, handshake());
			Map<String, List<String>> invocationHeaders = new LinkedHashMap<>();
			invocationHeaders().forEach((name, value) -> invocationHeaders.put(name, List.of(value)));
			headers.put(HubMessageHeaders.INVOCATION_HEADERS, invocationHeaders);
			this.messageHeaders = new MessageHeaders(headers);
		}
		return this.messageHeaders;
	}

	private static void putIfPresent(Map<String, Object> headers, String name, @Nullable Object value) {
		if (value != null) {
			headers.put(name, value);
		}
	}

}
