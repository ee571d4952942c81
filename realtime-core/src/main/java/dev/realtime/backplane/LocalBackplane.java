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

package dev.realtime.backplane;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The {@link Backplane} of an application that runs on one node: there is nobody else.
 *
 * @since 0.1.0
 */
public final class LocalBackplane implements Backplane {

	private static final CompletionStage<Integer> NOBODY = CompletableFuture.completedStage(0);

	private static final CompletionStage<Void> DONE = CompletableFuture.completedStage(null);

	@Override
	public void start(BackplaneListener listener) {
	}

	@Override
	public CompletionStage<Integer> publish(String channel, byte[] message) {
		return NOBODY;
	}

	@Override
	public CompletionStage<Void> subscribe(String channel) {
		return DONE;
	}

	@Override
	public CompletionStage<Void> unsubscribe(String channel) {
		return DONE;
	}

	@Override
	public void stop() {
	}

	@Override
	public boolean isDistributed() {
		return false;
	}

}
