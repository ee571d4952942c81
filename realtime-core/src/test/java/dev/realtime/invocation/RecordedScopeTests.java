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
import dev.realtime.observation.CallRecorder;
import dev.realtime.observation.HubOutcome;
import dev.realtime.observation.ObservedMethod;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RecordedScope}.
 */
class RecordedScopeTests {

	private final List<String> steps = new ArrayList<>();

	private long time = 1;

	private final RecordedScope scope = new RecordedScope(new Recorder(), ObservedMethod.of("chat", "ping"),
			() -> new Caller());

	@Test
	void recordsAtOnceIfNobodyIsWithin() {
		this.time = 5;
		this.scope.run(() -> this.steps.add("run"));
		this.scope.end(HubOutcome.ERROR, new IllegalStateException("failed"));
		assertThat(this.steps).containsExactly("caller", "run", "recorded ERROR failed from 1");
	}

	@Test
	void recordsWhenTheLastHasLeft() {
		this.scope.run(() -> {
			this.scope.run(() -> this.scope.end(HubOutcome.CANCELLED, null));
			this.steps.add("still within");
		});
		this.scope.run(() -> this.steps.add("run afterwards"));
		assertThat(this.steps).containsExactly("caller", "caller", "still within", "recorded CANCELLED null from 1",
				"caller", "run afterwards");
	}

	@Test
	void resultsAreTheCallers() {
		assertThat(this.scope.propagate("result")).isEqualTo("result of the caller");
	}

	private final class Recorder implements CallRecorder {

		@Override
		public long nanoTime() {
			return RecordedScopeTests.this.time;
		}

		@Override
		public void record(ObservedMethod method, HubOutcome outcome, @Nullable Throwable failure, long start) {
			RecordedScopeTests.this.steps.add(
					"recorded " + outcome + " " + ((failure != null) ? failure.getMessage() : null) + " from " + start);
		}

	}

	private final class Caller implements CallerScope {

		@Override
		public void run(Runnable task) {
			RecordedScopeTests.this.steps.add("caller");
			task.run();
		}

		@Override
		public Object propagate(Object result) {
			return result + " of the caller";
		}

	}

}
