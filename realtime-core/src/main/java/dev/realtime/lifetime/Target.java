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

import java.util.Collection;
import java.util.Set;

import dev.realtime.lifetime.filter.ConnectionFilter;

import org.springframework.util.Assert;

/**
 * Whom a message is for. Groups, users and connection ids compare with case. A target
 * addresses whoever matches when something is delivered to it; it need not exist.
 *
 * @since 0.1.0
 * @see HubLifetimeManager#deliver
 */
public sealed interface Target {

	/**
	 * Return all connections of a hub.
	 * @return the target
	 */
	static Target all() {
		return All.EVERYBODY;
	}

	/**
	 * Return all members of a group.
	 * @param name the name of the group
	 * @return the target
	 */
	static Target group(String name) {
		return new Group(name, Set.of());
	}

	/**
	 * Return all connections of a user.
	 * @param id the id of the user
	 * @return the target
	 */
	static Target user(String id) {
		return new User(id, Set.of());
	}

	/**
	 * Return one connection.
	 * @param id the id of the connection
	 * @return the target
	 */
	static Target connection(String id) {
		return new Connection(id);
	}

	/**
	 * Return the connections of a hub that match a filter.
	 * @param filter the filter
	 * @return the target
	 * @throws dev.realtime.lifetime.filter.InvalidFilterException if it is none
	 */
	static Target matching(String filter) {
		return new Filter(all(), ConnectionFilter.parse(filter));
	}

	/**
	 * Return what a filter picks from.
	 * @return this target, or that within which a {@link Filter} picks
	 */
	default Target within() {
		return this;
	}

	/**
	 * Return the ids of the connections that are left out.
	 * @return an unmodifiable set, possibly empty
	 */
	Set<String> excluded();

	private static Set<String> copy(Collection<String> excluded) {
		Assert.notNull(excluded, "'excluded' must not be null");
		return Set.copyOf(excluded);
	}

	/**
	 * All connections of the hub.
	 *
	 * @param excluded the ids of the connections that are left out
	 */
	record All(Set<String> excluded) implements Target {

		private static final All EVERYBODY = new All(Set.of());

		public All {
			excluded = copy(excluded);
		}

	}

	/**
	 * The members of a group.
	 *
	 * @param name the name of the group
	 * @param excluded the ids of the connections that are left out
	 */
	record Group(String name, Set<String> excluded) implements Target {

		public Group {
			Assert.hasText(name, "'name' must not be empty");
			excluded = copy(excluded);
		}

	}

	/**
	 * The connections of a user.
	 *
	 * @param id the id of the user
	 * @param excluded the ids of the connections that are left out
	 */
	record User(String id, Set<String> excluded) implements Target {

		public User {
			Assert.hasText(id, "'id' must not be empty");
			excluded = copy(excluded);
		}

	}

	/**
	 * One connection.
	 *
	 * @param id the id of the connection
	 */
	record Connection(String id) implements Target {

		public Connection {
			Assert.hasText(id, "'id' must not be empty");
		}

		@Override
		public Set<String> excluded() {
			return Set.of();
		}

	}

	/**
	 * Those of another target that match a filter, as they are when the message is
	 * delivered: what the sender's thread did to them before is taken into account, and
	 * what it does afterwards is not.
	 *
	 * @param within the target to pick from: all connections, a group or a user
	 * @param filter the filter
	 */
	record Filter(Target within, ConnectionFilter filter) implements Target {

		public Filter {
			Assert.isTrue(within instanceof All || within instanceof Group || within instanceof User,
					"'within' must be all connections, a group or a user");
			Assert.notNull(filter, "'filter' must not be null");
		}

		@Override
		public Set<String> excluded() {
			return this.within.excluded();
		}

	}

}
