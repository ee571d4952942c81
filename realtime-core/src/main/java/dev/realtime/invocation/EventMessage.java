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

import dev.realtime.event.HubEventRequest;
import dev.realtime.hub.HubCallerContext;
import dev.realtime.invocation.support.CallerScope;
import dev.realtime.protocol.HubHandshake;
import org.jspecify.annotations.Nullable;

/**
 * An event of the connection life cycle on its way to the handlers that take part in it.
 */
class EventMessage extends DispatchMessage {

	private final HubEventRequest request;

	private final @Nullable Principal principal;

	private final HubHandshake handshake;

	private final @Nullable HubCallerContext caller;

	private final @Nullable CallerScope scope;

	EventMessage(HubEventRequest request, @Nullable Principal principal, HubHandshake handshake,
			@Nullable HubCallerContext caller, @Nullable CallerScope scope) {
		this.request = request;
		this.principal = principal;
		this.handshake = handshake;
		this.caller = caller;
		this.scope = scope;
	}

	/**
	 * Take note that a handler has returned and its result is still to come, or that it
	 * has come.
	 * @param awaited whether the result is waited for
	 */
	void resultAwaited(boolean awaited) {
	}

	@Override
	public HubEventRequest getPayload() {
		return this.request;
	}

	@Override
	@Nullable Principal principal() {
		return this.principal;
	}

	@Override
	HubHandshake handshake() {
		return this.handshake;
	}

	@Override
	@Nullable HubCallerContext caller() {
		return this.caller;
	}

	@Override
	@Nullable CallerScope scope() {
		return this.scope;
	}

}
