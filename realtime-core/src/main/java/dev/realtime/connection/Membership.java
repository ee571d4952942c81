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

import java.util.LinkedHashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The groups of one connection. Whoever changes it together with a registry of groups
 * synchronizes on it, so that both stay in step.
 *
 * @since 0.1.0
 */
public final class Membership {

	private @Nullable Set<String> groups;

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
		if (this.groups == null) {
			this.groups = new LinkedHashSet<>(4);
		}
		return this.groups.add(group);
	}

	/**
	 * Forget a group.
	 * @param group the name of the group
	 * @return {@code false} if it was not noted
	 */
	public synchronized boolean remove(String group) {
		return this.groups != null && this.groups.remove(group);
	}

	/**
	 * Return whether a group is noted.
	 * @param group the name of the group
	 * @return {@code true} if the connection is a member
	 */
	public synchronized boolean contains(String group) {
		return this.groups != null && this.groups.contains(group);
	}

	/**
	 * Return all groups.
	 * @return a copy
	 */
	public synchronized Set<String> groups() {
		return (this.groups != null) ? Set.copyOf(this.groups) : Set.of();
	}

	/**
	 * Accept no more groups.
	 */
	public synchronized void close() {
		this.closed = true;
	}

}
