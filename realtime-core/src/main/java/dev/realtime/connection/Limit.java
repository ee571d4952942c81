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

package dev.realtime.connection;

import java.util.Locale;

/**
 * A limit that clients may come up against.
 *
 * @since 0.1.0
 */
public enum Limit {

	/**
	 * Connections of all clients.
	 */
	MAX_CONNECTIONS,

	/**
	 * Connections of one user.
	 */
	CONNECTIONS_PER_USER,

	/**
	 * Connections from one address.
	 */
	CONNECTIONS_PER_ADDRESS,

	/**
	 * Messages of a client within a time: those beyond wait.
	 */
	MESSAGES_PER_SECOND,

	/**
	 * Bytes of a client within a time: what is beyond waits.
	 */
	BYTES_PER_SECOND,

	/**
	 * Calls of one method within a time: those beyond fail.
	 */
	METHOD_RATE,

	/**
	 * Groups of a connection.
	 */
	GROUPS_PER_CONNECTION,

	/**
	 * The length of the name of a group.
	 */
	GROUP_NAME_LENGTH,

	/**
	 * Streams of a connection.
	 */
	STREAMS_PER_CONNECTION,

	/**
	 * Calls of a connection that are under way.
	 */
	INVOCATIONS_PER_CONNECTION;

	/**
	 * Return what the limit is called in meters.
	 * @return words with hyphens, as in the configuration
	 */
	public String label() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
