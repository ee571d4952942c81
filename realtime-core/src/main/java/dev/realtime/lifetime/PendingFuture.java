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

package dev.realtime.lifetime;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.springframework.util.Assert;

/**
 * Completes after a transaction. Whoever waits for it in the thread of the transaction
 * would keep it from ending, and gets an exception instead; so does whoever waits for
 * what depends on it.
 *
 * @param <T> the type of the result
 */
final class PendingFuture<T> extends CompletableFuture<T> {

	private final PendingSends sends;

	PendingFuture(PendingSends sends) {
		this.sends = sends;
	}

	@Override
	public <U> CompletableFuture<U> newIncompleteFuture() {
		return new PendingFuture<>(this.sends);
	}

	private void checkThread() {
		Assert.state(isDone() || !this.sends.isAwaitedBy(Thread.currentThread()),
				"What is sent after the commit cannot be waited for before the commit");
	}

	@Override
	public T join() {
		checkThread();
		return super.join();
	}

	@Override
	public T get() throws InterruptedException, ExecutionException {
		checkThread();
		return super.get();
	}

	@Override
	public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
		checkThread();
		return super.get(timeout, unit);
	}

}
