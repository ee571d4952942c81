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

import java.util.HashMap;
import java.util.Map;

/**
 * The paths that are taken. Each endpoint takes two: its own, and the one where its
 * clients negotiate.
 */
final class EndpointPaths {

	private static final String NEGOTIATE = "/negotiate";

	private final Map<String, HubEndpoint> owners = new HashMap<>();

	/**
	 * Take the paths of an endpoint.
	 * @param endpoint a hub, or an endpoint that is none
	 * @throws InvalidHubException if another one has one of them
	 */
	void add(HubEndpoint endpoint) {
		String path = endpoint.options().path();
		take(path, endpoint);
		take(path + NEGOTIATE, endpoint);
	}

	private void take(String path, HubEndpoint endpoint) {
		HubEndpoint other = this.owners.putIfAbsent(path, endpoint);
		if (other == null) {
			return;
		}
		if (other.options().path().equals(endpoint.options().path())) {
			throw new InvalidHubException(
					"%s and %s have the same path %s.".formatted(capitalized(other), describe(endpoint), path),
					advice(endpoint));
		}
		boolean later = endpoint.options().path().equals(path);
		HubEndpoint longer = later ? endpoint : other;
		throw new InvalidHubException("%s has the path %s, where clients of %s negotiate."
			.formatted(capitalized(longer), path, describe(later ? other : endpoint)), advice(longer));
	}

	private static String describe(HubEndpoint endpoint) {
		return (endpoint instanceof RawEndpoint raw)
				? "@ConnectionController %s (bean '%s')".formatted(raw.type().getName(), raw.beanName())
				: "hub '%s'".formatted(endpoint.hub());
	}

	private static String capitalized(HubEndpoint endpoint) {
		String description = describe(endpoint);
		return description.startsWith("hub") ? "H" + description.substring(1) : description;
	}

	private static String advice(HubEndpoint endpoint) {
		return (endpoint instanceof RawEndpoint raw)
				? "Give one of them another path, for example in the annotation of %s.".formatted(raw.type().getName())
				: "Give one of them another path, for example with realtime.hubs.%s.path.".formatted(endpoint.hub());
	}

}
