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

package dev.realtime.event;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * What an {@link EventHandler @EventHandler} says, checked.
 * <p>
 * Internal: public for other packages of the engine, not for applications.
 *
 * @param name the name of a client's event, or {@code null} if there are types
 * @param types the events of a connection's life, unmodifiable; empty if there is a name
 * @param hubs the names of hubs as written; empty if the annotation names none
 * @since 0.1.0
 */
public record EventMapping(@Nullable String name, Set<EventType> types, List<String> hubs) {

	public EventMapping {
		Assert.isTrue((name != null) != !types.isEmpty(), "Either 'name' or 'types' must be given, not both");
		types = types.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(types));
		hubs = List.copyOf(hubs);
	}

	/**
	 * Read and check an annotation.
	 * @param method the annotated method, for messages
	 * @param annotation its annotation
	 * @return the mapping
	 * @throws IllegalStateException if the annotation contradicts itself; the message
	 * names the method
	 */
	public static EventMapping of(Method method, EventHandler annotation) {
		boolean named = StringUtils.hasText(annotation.value());
		boolean typed = annotation.type().length > 0;
		Assert.state(named || typed, () -> message(method, "must have an event name or a type"));
		Assert.state(!(named && typed), () -> message(method, "must have either an event name or a type, not both '"
				+ annotation.value() + "' and " + List.of(annotation.type())));
		List<String> hubs = List.of(annotation.hub());
		Assert.state(hubs.stream().allMatch(StringUtils::hasText),
				() -> message(method, "must not have an empty hub name"));
		return new EventMapping(named ? annotation.value() : null,
				new LinkedHashSet<>(Arrays.asList(annotation.type())), hubs);
	}

	private static String message(Method method, String problem) {
		return "@EventHandler on " + method.getDeclaringClass().getName() + "." + method.getName() + " " + problem;
	}

	/**
	 * Return whether this is a mapping for a hub.
	 * @param hub the name of the hub
	 * @return {@code true} if the annotation names the hub, in whatever case, or none
	 */
	public boolean matchesHub(String hub) {
		return this.hubs.isEmpty() || this.hubs.stream().anyMatch(hub::equalsIgnoreCase);
	}

}
