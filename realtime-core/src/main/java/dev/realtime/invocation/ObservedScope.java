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

import java.util.function.Supplier;

import dev.realtime.invocation.support.CallerScope;
import dev.realtime.observation.HubCallObservationContext;
import dev.realtime.observation.HubOutcome;
import io.micrometer.observation.Observation;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.util.ClassUtils;

/**
 * The scope of a caller within an observation, which is the current one wherever code
 * runs on behalf of what is observed. The observation stops when that is over.
 */
final class ObservedScope extends CallScope {

	private static final boolean reactorPresent = ClassUtils.isPresent("reactor.core.publisher.Flux",
			ObservedScope.class.getClassLoader());

	private final Observation observation;

	/**
	 * Create a scope.
	 * @param observation the started observation
	 * @param caller returns the scope of the caller, if there is one
	 */
	ObservedScope(Observation observation, Supplier<@Nullable CallerScope> caller) {
		super(caller);
		this.observation = observation;
	}

	@Override
	void runWithin(Runnable task) {
		Observation.Scope scope = this.observation.openScope();
		try {
			runAsCaller(task);
		}
		finally {
			scope.close();
		}
	}

	@Override
	void ended(HubOutcome outcome, @Nullable Throwable failure) {
		if (this.observation.getContext() instanceof HubCallObservationContext context) {
			context.setOutcome(outcome);
		}
		if (failure != null) {
			this.observation.error(failure);
		}
	}

	@Override
	void over() {
		this.observation.stop();
	}

	@Override
	public Object propagate(Object result) {
		Object propagated = super.propagate(result);
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
