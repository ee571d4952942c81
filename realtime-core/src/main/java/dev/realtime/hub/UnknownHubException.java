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
import java.util.List;

/**
 * Thrown when a hub is asked for that does not exist.
 *
 * @since 0.1.0
 * @see Hubs#get(String)
 */
public class UnknownHubException extends IllegalArgumentException {

	private static final long serialVersionUID = 1L;

	/**
	 * The name that was asked for.
	 */
	private final String hub;

	/**
	 * The names there are.
	 */
	private final String[] knownHubs;

	/**
	 * Create a new exception.
	 * @param hub the name that was asked for
	 * @param knownHubs the names of the hubs there are
	 */
	public UnknownHubException(String hub, Collection<String> knownHubs) {
		super("There is no hub named '" + hub + "', known hubs are " + knownHubs);
		this.hub = hub;
		this.knownHubs = knownHubs.toArray(String[]::new);
	}

	/**
	 * Return the name that was asked for.
	 * @return the unknown name
	 */
	public String getHub() {
		return this.hub;
	}

	/**
	 * Return the names of the hubs there are.
	 * @return the known names, unmodifiable
	 */
	public List<String> getKnownHubs() {
		return List.of(this.knownHubs);
	}

}
