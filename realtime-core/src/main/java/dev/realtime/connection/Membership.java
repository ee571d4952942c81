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

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * The groups of one connection. Whoever changes it together with a registry of groups
 * synchronizes on it, so that both stay in step. Whoever only reads neither locks nor
 * waits.
 *
 * @since 0.1.0
 */
public final class Membership {

	// changes are guarded by this
	private volatile @Nullable Set<String> groups;

	// guarded by this
	private boolean closed;

	Membership() {
	}

	/**
	 * Note a group.
	 * @param group the name of the group
	 * @return {@code false} if it was noted before or the connection has left for good
	 */
	public synchronized boolean add(String group) {
		if (this.closed) {
			return false;
		}
		Set<String> groups = this.groups;
		if (groups == null) {
			groups = ConcurrentHashMap.newKeySet(1);
			this.groups = groups;
		}
		return groups.add(group);
	}

	/**
	 * Forget a group.
	 * @param group the name of the group
	 * @return {@code false} if it was not noted
	 */
	public synchronized boolean remove(String group) {
		Set<String> groups = this.groups;
		return groups != null && groups.remove(group);
	}

	/**
	 * Return whether a group is noted.
	 * @param group the name of the group
	 * @return {@code true} if the connection is a member
	 */
	public boolean contains(String group) {
		Set<String> groups = this.groups;
		return groups != null && groups.contains(group);
	}

	/**
	 * Return how many groups are noted.
	 * @return the number of groups
	 */
	public int size() {
		Set<String> groups = this.groups;
		return (groups != null) ? groups.size() : 0;
	}

	/**
	 * Return all groups.
	 * @return a copy
	 */
	public synchronized Set<String> groups() {
		Set<String> groups = this.groups;
		return (groups != null) ? Set.copyOf(groups) : Set.of();
	}

	/**
	 * Accept no more groups.
	 */
	public synchronized void close() {
		this.closed = true;
	}

}
