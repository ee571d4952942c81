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

package dev.realtime.transport;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import org.jspecify.annotations.Nullable;

/**
 * Counts connections by whatever they have in common, and lets there be no more than so
 * many of each kind. Safe for concurrent use.
 */
final class ConnectionSlots {

	private final ConcurrentMap<String, Integer> taken = new ConcurrentHashMap<>();

	/**
	 * Take a slot.
	 * @param key what the connections have in common
	 * @param maximum how many there may be
	 * @return {@code false} if there are as many already
	 */
	boolean take(String key, int maximum) {
		boolean[] granted = new boolean[1];
		this.taken.compute(key, (same, count) -> {
			int present = (count != null) ? count : 0;
			if (present >= maximum) {
				return count;
			}
			granted[0] = true;
			return present + 1;
		});
		return granted[0];
	}

	/**
	 * Give a slot back.
	 * @param key what the connections have in common
	 */
	void giveBack(String key) {
		this.taken.computeIfPresent(key, (same, count) -> less(count));
	}

	// none is left with the last one
	private static @Nullable Integer less(int count) {
		return (count > 1) ? Integer.valueOf(count - 1) : null;
	}

	/**
	 * Return how many slots are taken.
	 * @param key what the connections have in common
	 * @return the number of connections
	 */
	int count(String key) {
		return this.taken.getOrDefault(key, 0);
	}

	/**
	 * Return how many kinds of connections there are.
	 * @return 0 if there are no connections
	 */
	int kinds() {
		return this.taken.size();
	}

}
