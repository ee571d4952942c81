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

import java.util.ArrayList;
import java.util.List;

import dev.realtime.invocation.support.CallerScope;
import dev.realtime.observation.HubOutcome;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ObservedScope}.
 */
class ObservedScopeTests {

	private final List<String> steps = new ArrayList<>();

	private final ObservationRegistry registry = ObservationRegistry.create();

	private final ObservedScope scope;

	ObservedScopeTests() {
		this.registry.observationConfig().observationHandler(new ObservationHandler<>() {

			@Override
			public boolean supportsContext(Observation.Context context) {
				return true;
			}

			@Override
			public void onError(Observation.Context context) {
				ObservedScopeTests.this.steps.add("error");
			}

			@Override
			public void onStop(Observation.Context context) {
				ObservedScopeTests.this.steps.add("stop");
			}

		});
		this.scope = new ObservedScope(Observation.start("test", this.registry), () -> (Caller) this.steps::add);
	}

	private void run(Runnable task) {
		this.scope.run(() -> {
			this.steps.add((this.registry.getCurrentObservation() != null) ? "observed" : "not observed");
			task.run();
		});
	}

	@Test
	void stopsAtOnceIfNobodyIsWithin() {
		run(() -> {
		});
		this.scope.end(HubOutcome.ERROR, new IllegalStateException());
		assertThat(this.steps).containsExactly("caller", "observed", "error", "stop");
	}

	@Test
	void stopsWhenTheLastHasLeft() {
		run(() -> {
			Thread other = new Thread(() -> run(() -> this.scope.end(HubOutcome.SUCCESS, null)));
			other.start();
			join(other);
			this.steps.add("left by the other");
		});
		assertThat(this.steps).containsExactly("caller", "observed", "caller", "observed", "left by the other", "stop");
	}

	@Test
	void nobodyEntersAfterwards() {
		run(() -> {
			this.scope.end(HubOutcome.SUCCESS, null);
			Thread other = new Thread(() -> run(() -> {
			}));
			other.start();
			join(other);
		});
		run(() -> {
		});
		assertThat(this.steps).containsExactly("caller", "observed", "caller", "not observed", "stop", "caller",
				"not observed");
	}

	@Test
	void failureOfATaskLeavesTheScope() {
		try {
			run(() -> {
				throw new IllegalStateException();
			});
		}
		catch (IllegalStateException ex) {
			this.steps.add("thrown");
		}
		assertThat(this.registry.getCurrentObservation()).isNull();
		this.scope.end(HubOutcome.SUCCESS, null);
		assertThat(this.steps).containsExactly("caller", "observed", "thrown", "stop");
	}

	private static void join(Thread thread) {
		try {
			thread.join();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private interface Caller extends CallerScope {

		void add(String step);

		@Override
		default void run(Runnable task) {
			add("caller");
			task.run();
		}

		@Override
		default Object propagate(Object result) {
			return result;
		}

	}

}
