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

package dev.realtime.boot.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * How fast clients of a hub may send, and how often they may call its methods.
 *
 * @since 0.1.0
 */
public class HubRateLimitProperties extends RateLimitProperties {

	/**
	 * How often a client may call methods, by their names. Calls beyond that fail.
	 */
	private final Map<String, MethodRate> methods = new LinkedHashMap<>();

	public Map<String, MethodRate> getMethods() {
		return this.methods;
	}

	/**
	 * How often a client may call a method.
	 *
	 * @since 0.1.0
	 */
	public static class MethodRate {

		/**
		 * How many calls per second on the average; may be less than 1.
		 */
		private @Nullable Double callsPerSecond;

		/**
		 * How many calls at once after a while without any. By default those of one
		 * second.
		 */
		private @Nullable Integer burst;

		public @Nullable Double getCallsPerSecond() {
			return this.callsPerSecond;
		}

		public void setCallsPerSecond(@Nullable Double callsPerSecond) {
			this.callsPerSecond = callsPerSecond;
		}

		public @Nullable Integer getBurst() {
			return this.burst;
		}

		public void setBurst(@Nullable Integer burst) {
			this.burst = burst;
		}

	}

}
