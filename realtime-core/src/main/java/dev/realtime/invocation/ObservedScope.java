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
import io.micrometer.observation.Observation;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.util.ClassUtils;

/**
 * The scope of a caller within an observation, which is the current one wherever code
 * runs on behalf of what is observed. The observation stops when that is over, but not
 * before the last thread has left the scope.
 */
final class ObservedScope implements CallerScope {

	private static final boolean reactorPresent = ClassUtils.isPresent("reactor.core.publisher.Flux",
			ObservedScope.class.getClassLoader());

	private static final int OVER = 1 << 30;

	private final Observation observation;

	private final Supplier<@Nullable CallerScope> caller;

	// the number of threads within the scope, and whether what is observed is over
	private final AtomicInteger state = new AtomicInteger();

	/**
	 * Create a scope.
	 * @param observation the started observation
	 * @param caller returns the scope of the caller, if there is one
	 */
	ObservedScope(Observation observation, Supplier<@Nullable CallerScope> caller) {
		this.observation = observation;
		this.caller = caller;
	}

	Observation observation() {
		return this.observation;
	}

	@Override
	public void run(Runnable task) {
		if (!enter()) {
			runAsCaller(task);
			return;
		}
		try {
			Observation.Scope scope = this.observation.openScope();
			try {
				runAsCaller(task);
			}
			finally {
				scope.close();
			}
		}
		finally {
			leave();
		}
	}

	private void runAsCaller(Runnable task) {
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
			this.observation.stop();
		}
	}

	/**
	 * Take note that what is observed is over. Called once.
	 * @param failure what went wrong, or {@code null} if nothing did
	 */
	void end(@Nullable Throwable failure) {
		if (failure != null) {
			this.observation.error(failure);
		}
		if (this.state.addAndGet(OVER) == OVER) {
			this.observation.stop();
		}
	}

	@Override
	public Object propagate(Object result) {
		CallerScope scope = this.caller.get();
		Object propagated = (scope != null) ? scope.propagate(result) : result;
		return reactorPresent ? Reactor.propagate(this.observation, propagated) : propagated;
	}

	/**
	 * Keeps the types of Reactor out of sight where they are not present.
	 */
	private static final class Reactor {

		private Reactor() {
		}

		static Object propagate(Observation observation, Object result) {
			if (result instanceof Mono<?> mono) {
				return mono.contextWrite((context) -> context.put(ObservationThreadLocalAccessor.KEY, observation));
			}
			return (result instanceof Flux<?> flux)
					? flux.contextWrite((context) -> context.put(ObservationThreadLocalAccessor.KEY, observation))
					: result;
		}

	}

}
