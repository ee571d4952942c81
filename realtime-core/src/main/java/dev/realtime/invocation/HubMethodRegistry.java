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

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * The methods of one hub by name. Names compare without case.
 */
final class HubMethodRegistry {

	private final String hub;

	private final Map<String, HubMethodDescriptor> methods = new LinkedHashMap<>();

	HubMethodRegistry(String hub) {
		this.hub = hub;
	}

	/**
	 * Register a method.
	 * @param descriptor the method
	 * @throws InvalidHubException if there is one of that name
	 */
	void register(HubMethodDescriptor descriptor) {
		HubMethodDescriptor other = this.methods.putIfAbsent(key(descriptor.name()), descriptor);
		if (other != null) {
			throw new InvalidHubException(
					"Two methods of hub '%s' are named '%s' (names compare without case):%n%n\t- %s%n\t- %s".formatted(
							this.hub, descriptor.name(), other.method().getShortLogMessage(),
							descriptor.method().getShortLogMessage()),
					"Rename one of the methods, or give it another name with @HubMethod(\"...\").");
		}
		// most clients write the name as it is registered
		this.methods.putIfAbsent(descriptor.name(), descriptor);
	}

	/**
	 * Return the names of the methods.
	 * @return the names as they were registered
	 */
	Set<String> names() {
		return this.methods.values()
			.stream()
			.map(HubMethodDescriptor::name)
			.collect(Collectors.toCollection(TreeSet::new));
	}

	@Nullable HubMethodDescriptor find(String name) {
		HubMethodDescriptor method = this.methods.get(name);
		return (method != null) ? method : this.methods.get(key(name));
	}

	private static String key(String name) {
		return name.toLowerCase(Locale.ROOT);
	}

}
