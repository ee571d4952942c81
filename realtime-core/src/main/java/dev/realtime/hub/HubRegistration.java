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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

import dev.realtime.protocol.TransportType;

import org.springframework.util.Assert;

/**
 * Configures one hub. Not safe for concurrent use.
 *
 * @since 0.1.0
 * @see HubRegistry#hub(String)
 */
public class HubRegistration {

	private final String name;

	private final boolean declared;

	private final HubOptions.Builder options;

	private final List<HubFilter> filters = new ArrayList<>();

	/**
	 * Create a new registration.
	 * @param name the name of the hub
	 * @param options the options to start with
	 */
	public HubRegistration(String name, HubOptions options) {
		this(name, options, true);
	}

	HubRegistration(String name, HubOptions options, boolean declared) {
		Assert.hasText(name, "'name' must not be empty");
		Assert.notNull(options, "'options' must not be null");
		this.name = name;
		this.declared = declared;
		this.options = options.toBuilder();
	}

	/**
	 * Set the path of the hub.
	 * @param path starts with a slash and does not end with one
	 * @return this registration
	 */
	public HubRegistration path(String path) {
		this.options.path(path);
		return this;
	}

	/**
	 * Set the transports clients may use.
	 * @param transports at least one transport
	 * @return this registration
	 */
	public HubRegistration transports(TransportType... transports) {
		this.options.transports(transports);
		return this;
	}

	/**
	 * Set the protocols clients may speak.
	 * @param protocols the names of at least one protocol
	 * @return this registration
	 */
	public HubRegistration protocols(String... protocols) {
		this.options.protocols(protocols);
		return this;
	}

	/**
	 * Set any other options.
	 * @param customizer sets options
	 * @return this registration
	 */
	public HubRegistration options(Consumer<HubOptions.Builder> customizer) {
		Assert.notNull(customizer, "'customizer' must not be null");
		customizer.accept(this.options);
		return this;
	}

	/**
	 * Add filters for this hub only. They run within those that are beans, in the order
	 * in which they were added.
	 * @param filters the filters
	 * @return this registration
	 */
	public HubRegistration addFilter(HubFilter... filters) {
		Assert.noNullElements(filters, "'filters' must not contain null elements");
		this.filters.addAll(Arrays.asList(filters));
		return this;
	}

	/**
	 * Return the name of the hub.
	 * @return the name as it was first given
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Return whether the application knows the hub.
	 * @return {@code false} if a client has chosen its name
	 * @see HubRegistry#undeclared(String)
	 */
	public boolean isDeclared() {
		return this.declared;
	}

	/**
	 * Return the options of the hub.
	 * @return the options as set so far
	 * @throws IllegalArgumentException if the options are not valid
	 */
	public HubOptions options() {
		return this.options.build();
	}

	/**
	 * Return the filters for this hub only.
	 * @return a copy, in order
	 */
	public List<HubFilter> filters() {
		return List.copyOf(this.filters);
	}

}
