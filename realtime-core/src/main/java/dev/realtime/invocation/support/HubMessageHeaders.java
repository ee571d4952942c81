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

package dev.realtime.invocation.support;

import org.springframework.messaging.support.NativeMessageHeaderAccessor;

/**
 * The headers of the messages that argument resolvers see.
 *
 * @since 0.1.0
 */
public final class HubMessageHeaders {

	/**
	 * The {@link dev.realtime.hub.HubCallerContext} of the connection; absent while the
	 * connect event is handled.
	 */
	public static final String CALLER_CONTEXT = "hubCallerContext";

	/**
	 * The {@link java.security.Principal}, if there is one.
	 */
	public static final String PRINCIPAL = "hubPrincipal";

	/**
	 * The {@link dev.realtime.protocol.HubHandshake}.
	 */
	public static final String HANDSHAKE = "hubHandshake";

	/**
	 * The headers of an invocation, where Spring's own resolvers look for them.
	 */
	public static final String INVOCATION_HEADERS = NativeMessageHeaderAccessor.NATIVE_HEADERS;

	private HubMessageHeaders() {
	}

}
