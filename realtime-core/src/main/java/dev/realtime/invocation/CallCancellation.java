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

import dev.realtime.hub.HubCancellation;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Tells a method that its caller does not wait for it any more. Callbacks never run on a
 * thread that serves connections.
 */
final class CallCancellation implements HubCancellation {

	private static final Log logger = LogFactory.getLog(CallCancellation.class);

	private final HubExecutors executors;

	private final CompletableFuture<Void> cancelled = new CompletableFuture<>();

	private volatile boolean requested;

	CallCancellation(HubExecutors executors) {
		this.executors = executors;
	}

	void cancel() {
		this.requested = true;
		this.executors.complete(() -> this.cancelled.complete(null));
	}

	@Override
	public boolean isCancelled() {
		return this.requested;
	}

	@Override
	public void onCancel(Runnable callback) {
		this.cancelled.thenRun(() -> {
			try {
				callback.run();
			}
			catch (RuntimeException | Error ex) {
				logger.error("Callback of a cancelled call failed", ex);
			}
		});
	}

	@Override
	public CompletionStage<Void> cancelled() {
		return this.cancelled.minimalCompletionStage();
	}

}
