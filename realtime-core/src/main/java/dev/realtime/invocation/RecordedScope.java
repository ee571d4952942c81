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
import dev.realtime.observation.CallRecorder;
import dev.realtime.observation.HubOutcome;
import dev.realtime.observation.ObservedMethod;
import org.jspecify.annotations.Nullable;

/**
 * The scope of a call that is recorded when it is over, and not observed.
 */
final class RecordedScope extends CallScope {

	private final CallRecorder recorder;

	private final ObservedMethod method;

	private final long start;

	private HubOutcome outcome = HubOutcome.SUCCESS;

	private @Nullable Throwable failure;

	/**
	 * Create a scope.
	 * @param recorder records the call, which begins now
	 * @param method the method that is called
	 * @param caller returns the scope of the caller, if there is one
	 */
	RecordedScope(CallRecorder recorder, ObservedMethod method, Supplier<@Nullable CallerScope> caller) {
		super(caller);
		this.recorder = recorder;
		this.method = method;
		this.start = recorder.nanoTime();
	}

	@Override
	void ended(HubOutcome outcome, @Nullable Throwable failure) {
		this.outcome = outcome;
		this.failure = failure;
	}

	@Override
	void over() {
		this.recorder.record(this.method, this.outcome, this.failure, this.start);
	}

}
