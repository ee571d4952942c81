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

package dev.realtime.benchmarks.load.report;

import org.jspecify.annotations.Nullable;

/**
 * What one scenario measured on one target in one round.
 *
 * @param round the number of the round, from 1 on
 * @param scenario the name of the scenario
 * @param target the name of the target
 * @param operations how many calls were answered, deliveries made or connections opened
 * @param figures the figures, or {@code null} if the visit failed
 * @param failure why the visit failed, or {@code null}
 */
public record Visit(int round, String scenario, String target, long operations, @Nullable Figures figures,
		@Nullable String failure) {

	/**
	 * Create a visit that failed.
	 * @param round the number of the round
	 * @param scenario the name of the scenario
	 * @param target the name of the target
	 * @param failure why it failed
	 * @return the visit
	 */
	public static Visit failed(int round, String scenario, String target, String failure) {
		return new Visit(round, scenario, target, 0, null, failure);
	}

}
