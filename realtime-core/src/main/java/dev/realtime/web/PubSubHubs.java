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

package dev.realtime.web;

import java.util.regex.Pattern;

import dev.realtime.invocation.PubSubEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * Finds the hubs that Web PubSub clients connect to.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface PubSubHubs {

	/**
	 * Find a hub, or create it if that is allowed.
	 * @param name the name of the hub, in any case
	 * @param authenticated whether the client has a valid token: others create no hub
	 * that they could not connect to
	 * @return the hub, or {@code null} if there is none
	 */
	@Nullable PubSubEndpoint find(String name, boolean authenticated);

	/**
	 * Return whether a text may be the name of a hub (Web PubSub, client endpoint).
	 * @param name the text
	 * @return {@code true} if it may
	 */
	static boolean isName(String name) {
		return Names.PATTERN.matcher(name).matches();
	}

	/**
	 * Keeps the pattern out of the interface.
	 */
	final class Names {

		private static final Pattern PATTERN = Pattern.compile("[A-Za-z][A-Za-z0-9_`,.\\[\\]]{0,127}");

		private Names() {
		}

	}

}
