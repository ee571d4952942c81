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

package dev.realtime.lifetime;

import java.util.HashSet;
import java.util.Set;

import dev.realtime.connection.ClientConnection;

/**
 * A connection that has states in groups, or is subscribed to those of others.
 */
final class StateOwner {

	private final ClientConnection connection;

	// guarded by this
	private final Set<String> groups = new HashSet<>(4);

	// guarded by this
	private boolean ended;

	// guarded by this
	private long updatedAt;

	StateOwner(ClientConnection connection) {
		this.connection = connection;
	}

	ClientConnection connection() {
		return this.connection;
	}

	/**
	 * Return whether there is room for a group.
	 * @param group the name of the group
	 * @return {@code false} if there are too many others
	 */
	synchronized boolean mayEnter(String group) {
		return this.groups.contains(group) || this.groups.size() < GroupStates.MAXIMUM_GROUPS;
	}

	/**
	 * Note a group, which will hear of the end of the connection.
	 * @param group the name of the group
	 * @return {@code false} if the connection has ended already
	 */
	synchronized boolean enter(String group) {
		if (!this.ended) {
			this.groups.add(group);
		}
		return !this.ended;
	}

	synchronized void leave(String group) {
		this.groups.remove(group);
	}

	synchronized boolean isIn(String group) {
		return this.groups.contains(group);
	}

	/**
	 * Have no more states and subscriptions.
	 * @return the groups noted so far
	 */
	synchronized Set<String> end() {
		this.ended = true;
		return Set.copyOf(this.groups);
	}

	/**
	 * Return a time later than all before.
	 * @return the current time in milliseconds, or a little more
	 */
	synchronized long nextUpdate() {
		this.updatedAt = Math.max(System.currentTimeMillis(), this.updatedAt + 1);
		return this.updatedAt;
	}

}
