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

import java.util.concurrent.CompletionStage;

/**
 * Tells a hub method that nobody waits for its result any more: the client cancelled the
 * call or its connection ended. Declared as a parameter. Safe for concurrent use.
 *
 * @since 0.1.0
 */
public interface HubCancellation {

	/**
	 * Return whether the call has been cancelled.
	 * @return {@code true} if the result is not needed any more
	 */
	boolean isCancelled();

	/**
	 * Register a callback for the cancellation. It runs at once if the call has been
	 * cancelled already, and not at all if the call ends first.
	 * @param callback runs once, on a thread of the server that must not be blocked; what
	 * it throws is logged
	 */
	void onCancel(Runnable callback);

	/**
	 * Return a stage that completes when the call is cancelled.
	 * @return a stage that completes normally, and never if the call ends first
	 */
	CompletionStage<Void> cancelled();

}
