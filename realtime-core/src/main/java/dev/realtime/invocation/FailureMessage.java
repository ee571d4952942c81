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
import java.util.Map;

import dev.realtime.hub.HubCallerContext;
import dev.realtime.invocation.support.CallerScope;
import dev.realtime.protocol.HubHandshake;
import org.jspecify.annotations.Nullable;

/**
 * Something that was dispatched and failed, on its way to an exception handler.
 */
final class FailureMessage extends DispatchMessage {

	private final DispatchMessage failed;

	private final Throwable failure;

	FailureMessage(DispatchMessage failed, Throwable failure) {
		this.failed = failed;
		this.failure = failure;
	}

	/**
	 * Return the failure as a parameter wants it.
	 * @param type the type of the parameter
	 * @return the failure, or the first of its causes that is of the type
	 */
	@Nullable Throwable failure(Class<?> type) {
		Throwable candidate = this.failure;
		while (candidate != null && !type.isInstance(candidate)) {
			candidate = candidate.getCause();
		}
		return candidate;
	}

	@Override
	public Object getPayload() {
		return this.failed.getPayload();
	}

	@Override
	@Nullable Principal principal() {
		return this.failed.principal();
	}

	@Override
	HubHandshake handshake() {
		return this.failed.handshake();
	}

	@Override
	@Nullable HubCallerContext caller() {
		return this.failed.caller();
	}

	@Override
	@Nullable CallerScope scope() {
		return this.failed.scope();
	}

	@Override
	Map<String, String> invocationHeaders() {
		return this.failed.invocationHeaders();
	}

}
