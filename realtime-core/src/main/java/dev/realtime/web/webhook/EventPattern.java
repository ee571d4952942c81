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

package dev.realtime.web.webhook;

import java.util.Set;
import java.util.TreeSet;

import dev.realtime.protocol.webpubsub.PubSubNames;

import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * Which user events a webhook gets: all, or those of some names, in any case (Web PubSub,
 * event handlers).
 */
final class EventPattern {

	static final EventPattern NONE = new EventPattern(false, Set.of());

	private static final String ALL = "*";

	private final boolean all;

	private final Set<String> names;

	private EventPattern(boolean all, Set<String> names) {
		this.all = all;
		this.names = names;
	}

	/**
	 * Parse a pattern.
	 * @param pattern {@code *}, or names separated by commas; empty for no event
	 * @return the pattern
	 * @throws IllegalArgumentException if it is none
	 */
	static EventPattern parse(String pattern) {
		if (pattern.isBlank()) {
			return NONE;
		}
		if (pattern.trim().equals(ALL)) {
			return new EventPattern(true, Set.of());
		}
		Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
		for (String name : StringUtils.delimitedListToStringArray(pattern, ",")) {
			Assert.isTrue(PubSubNames.isEvent(name.trim()),
					() -> "'%s' is not the name of an event: a letter, ".formatted(name.trim())
							+ "then up to 127 letters, digits and '_', '.', '-', or a single '*' for all");
			names.add(name.trim());
		}
		return new EventPattern(false, names);
	}

	boolean matches(String event) {
		return this.all || this.names.contains(event);
	}

	boolean matchesNothing() {
		return !this.all && this.names.isEmpty();
	}

}
