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

package dev.realtime.observation;

import org.jspecify.annotations.Nullable;

/**
 * Records calls that nobody else would hear of, which costs a fraction of an observation.
 * What is recorded of a call is what would have been recorded of its observation. Safe
 * for concurrent use.
 *
 * @since 0.1.0
 * @see HubObservations#recordingCalls(CallRecorder)
 */
public interface CallRecorder {

	/**
	 * Return the time.
	 * @return nanoseconds since some moment that is always the same
	 */
	long nanoTime();

	/**
	 * Record a call that is over.
	 * @param method the method that was called
	 * @param outcome how the call has ended
	 * @param failure what the client was answered for, or {@code null} if nothing has
	 * failed
	 * @param start when the call began, by {@link #nanoTime()}
	 */
	void record(ObservedMethod method, HubOutcome outcome, @Nullable Throwable failure, long start);

}
