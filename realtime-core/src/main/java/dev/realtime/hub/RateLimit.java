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

package dev.realtime.hub;

import org.springframework.util.Assert;

/**
 * How often something may happen, on the average and at once.
 *
 * @param perSecond how often per second on the average; may be less than 1
 * @param burst how often at once after a while of nothing, at least 1
 * @since 0.1.0
 */
public record RateLimit(double perSecond, int burst) {

	public RateLimit {
		Assert.isTrue(perSecond > 0 && Double.isFinite(perSecond), "'perSecond' must be positive");
		Assert.isTrue(burst > 0, "'burst' must be positive");
	}

	/**
	 * Return a limit whose burst is what may happen within one second, or 1 if that is
	 * less.
	 * @param perSecond how often per second on the average
	 * @return the limit
	 */
	public static RateLimit perSecond(double perSecond) {
		return new RateLimit(perSecond, (int) Math.max(1, Math.min(Integer.MAX_VALUE, Math.ceil(perSecond))));
	}

}
