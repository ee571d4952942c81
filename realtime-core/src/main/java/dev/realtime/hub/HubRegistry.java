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

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

import org.springframework.util.Assert;

/**
 * The hubs that a {@link HubConfigurer} declares and configures. Names compare without
 * case. Not safe for concurrent use.
 *
 * @since 0.1.0
 */
public class HubRegistry {

	private final Function<String, HubOptions> defaults;

	private final Map<String, HubRegistration> registrations = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

	/**
	 * Create a new registry.
	 * @param defaults the options a hub starts with, by its name
	 */
	public HubRegistry(Function<String, HubOptions> defaults) {
		Assert.notNull(defaults, "'defaults' must not be null");
		this.defaults = defaults;
	}

	/**
	 * Return the registration of a hub. The hub is declared by this if it was not.
	 * @param name the name of the hub
	 * @return the registration, the same for each call with the name
	 */
	public HubRegistration hub(String name) {
		Assert.hasText(name, "'name' must not be empty");
		return this.registrations.computeIfAbsent(name, (key) -> new HubRegistration(key, this.defaults.apply(key)));
	}

	/**
	 * Return a registration for a hub that nobody has declared, with the default options.
	 * It is not kept.
	 * @param name the name of the hub
	 * @return a new registration
	 */
	public HubRegistration undeclared(String name) {
		return new HubRegistration(name, this.defaults.apply(name), false);
	}

	/**
	 * Return all registrations.
	 * @return an unmodifiable view, sorted by name
	 */
	public Collection<HubRegistration> registrations() {
		return Collections.unmodifiableCollection(this.registrations.values());
	}

}
