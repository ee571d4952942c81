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

import java.util.Set;

/**
 * All hubs of the application. Names of hubs compare without case.
 *
 * @since 0.1.0
 */
public interface Hubs {

	/**
	 * Look a hub up.
	 * @param name the name of the hub
	 * @return the hub
	 * @throws UnknownHubException if there is no such hub
	 */
	HubContext get(String name);

	/**
	 * Return whether there is a hub of a name.
	 * @param name the name of the hub
	 * @return {@code true} if the hub exists
	 */
	boolean contains(String name);

	/**
	 * Return the names of all hubs.
	 * @return the names as they were declared, sorted and unmodifiable
	 */
	Set<String> names();

}
