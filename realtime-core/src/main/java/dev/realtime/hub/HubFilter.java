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

import dev.realtime.protocol.CloseReason;
import org.jspecify.annotations.Nullable;

/**
 * Wraps the calls of clients and the begin and end of connections. Filters are beans, or
 * {@linkplain HubRegistration#addFilter(HubFilter...) registered} for one hub; they run
 * in order, the first one outermost, on the thread that runs what they wrap. A filter
 * that does not call the chain keeps the rest from happening; it must not call it twice.
 *
 * @since 0.1.0
 * @see org.springframework.core.annotation.Order
 */
public interface HubFilter {

	/**
	 * Wrap the call of a hub method or of a handler of a client's event.
	 * @param invocation the call
	 * @param next the rest of the chain
	 * @return the result of the call, as the method returned it: it may be a
	 * {@link java.util.concurrent.CompletionStage} or a stream
	 * @throws Throwable to fail the call: the message of a {@link HubException} reaches
	 * the client
	 */
	default @Nullable Object invoke(HubInvocation invocation, HubFilterChain next) throws Throwable {
		return next.proceed(invocation);
	}

	/**
	 * Wrap what happens when a connection opened.
	 * @param caller the connection
	 * @param next the rest of the chain
	 * @throws Throwable to close the connection
	 */
	default void connected(HubCallerContext caller, HubLifecycleChain next) throws Throwable {
		next.proceed();
	}

	/**
	 * Wrap what happens when a connection ends. It is still a member of its groups, but
	 * nothing can be sent to it any more.
	 * @param caller the connection
	 * @param reason why the connection ends
	 * @param error what went wrong, if that is known
	 * @param next the rest of the chain
	 * @throws Throwable is logged
	 */
	default void disconnected(HubCallerContext caller, CloseReason reason, @Nullable Throwable error,
			HubLifecycleChain next) throws Throwable {
		next.proceed();
	}

}
