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

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import dev.realtime.invocation.support.CallerScope;
import dev.realtime.observation.HubOutcome;
import org.jspecify.annotations.Nullable;

/**
 * The scope of a caller around all code that runs on behalf of a call. It knows when that
 * is over: when the call has ended, but not before the last thread has left the scope.
 */
abstract class CallScope implements CallerScope {

	private static final int OVER = 1 << 30;

	private final Supplier<@Nullable CallerScope> caller;

	// the number of threads within the scope, and whether the call has ended
	private final AtomicInteger state = new AtomicInteger();

	/**
	 * Create a scope.
	 * @param caller returns the scope of the caller, if there is one
	 */
	CallScope(Supplier<@Nullable CallerScope> caller) {
		this.caller = caller;
	}

	@Override
	public void run(Runnable task) {
		if (!enter()) {
			runAsCaller(task);
			return;
		}
		try {
			runWithin(task);
		}
		finally {
			leave();
		}
	}

	/**
	 * Run a task within the scope, which is not over before the task is.
	 * @param task the task
	 */
	void runWithin(Runnable task) {
		runAsCaller(task);
	}

	/**
	 * Run a task within the scope of the caller.
	 * @param task the task
	 */
	final void runAsCaller(Runnable task) {
		CallerScope scope = this.caller.get();
		if (scope != null) {
			scope.run(task);
		}
		else {
			task.run();
		}
	}

	private boolean enter() {
		return this.state.getAndUpdate((state) -> (state < OVER) ? state + 1 : state) < OVER;
	}

	private void leave() {
		if (this.state.decrementAndGet() == OVER) {
			over();
		}
	}

	/**
	 * Take note that the call has ended. Called once.
	 * @param outcome how it has ended
	 * @param failure what went wrong, or {@code null} if nothing did
	 */
	final void end(HubOutcome outcome, @Nullable Throwable failure) {
		ended(outcome, failure);
		if (this.state.addAndGet(OVER) == OVER) {
			over();
		}
	}

	/**
	 * Take note of how the call has ended. Threads may still be within the scope.
	 * @param outcome how it has ended
	 * @param failure what went wrong, or {@code null} if nothing did
	 */
	abstract void ended(HubOutcome outcome, @Nullable Throwable failure);

	/**
	 * Take note that the call has ended and nobody is within the scope any more.
	 */
	abstract void over();

	@Override
	public Object propagate(Object result) {
		CallerScope scope = this.caller.get();
		return (scope != null) ? scope.propagate(result) : result;
	}

}
