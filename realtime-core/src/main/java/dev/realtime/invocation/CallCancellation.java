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

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

import dev.realtime.hub.HubCancellation;

/**
 * Tells a method that its caller does not wait for it any more. Callbacks run on the
 * executor, never on a thread that serves connections.
 */
final class CallCancellation implements HubCancellation {

	private final Executor executor;

	private final CompletableFuture<Void> cancelled = new CompletableFuture<>();

	private volatile boolean requested;

	CallCancellation(Executor executor) {
		this.executor = executor;
	}

	void cancel() {
		this.requested = true;
		this.cancelled.completeAsync(() -> null, this.executor);
	}

	@Override
	public boolean isCancelled() {
		return this.requested;
	}

	@Override
	public void onCancel(Runnable callback) {
		this.cancelled.thenRun(callback);
	}

	@Override
	public CompletionStage<Void> cancelled() {
		return this.cancelled.minimalCompletionStage();
	}

}
