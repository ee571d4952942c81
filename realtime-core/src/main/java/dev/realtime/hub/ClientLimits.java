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

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What the clients of a hub may cost, beyond what is always bounded. A number of 0 and a
 * rate of {@code null} are no limit. Immutable.
 *
 * @param connectionsPerUser how many connections a user may have on one node
 * @param groupsPerConnection how many groups a connection may be a member of when its
 * client asks for another one
 * @param groupNameLength how long the name of a group that a client asks for may be, in
 * characters
 * @param streamsPerConnection how many streams of a client may be under way at a time, in
 * both directions together
 * @param invocationsPerConnection how many calls of a client may be under way at a time,
 * those that wait for their turn included
 * @param messages how fast the messages of a client are taken
 * @param bytesPerSecond how many bytes per second are read of a client
 * @param methods how often a client may call methods, by their names, which compare
 * without case
 * @since 0.1.0
 */
public record ClientLimits(int connectionsPerUser, int groupsPerConnection, int groupNameLength,
		int streamsPerConnection, int invocationsPerConnection, @Nullable RateLimit messages, long bytesPerSecond,
		Map<String, RateLimit> methods) {

	/**
	 * No limits.
	 */
	public static final ClientLimits NONE = builder().build();

	public ClientLimits {
		checkNotNegative(connectionsPerUser, "connectionsPerUser");
		checkNotNegative(groupsPerConnection, "groupsPerConnection");
		checkNotNegative(groupNameLength, "groupNameLength");
		checkNotNegative(streamsPerConnection, "streamsPerConnection");
		checkNotNegative(invocationsPerConnection, "invocationsPerConnection");
		checkNotNegative(bytesPerSecond, "bytesPerSecond");
		Map<String, RateLimit> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		copy.putAll(methods);
		methods = Collections.unmodifiableMap(copy);
	}

	private static void checkNotNegative(long value, String name) {
		Assert.isTrue(value >= 0, () -> "'" + name + "' must not be negative");
	}

	/**
	 * Return whether the speed of clients is limited in any way but by methods.
	 * @return {@code true} if messages or bytes are counted
	 */
	public boolean hasRates() {
		return this.messages != null || this.bytesPerSecond > 0;
	}

	/**
	 * Create a builder that starts without limits.
	 * @return the builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Create a builder that starts with these limits.
	 * @return the builder
	 */
	public Builder toBuilder() {
		Builder builder = new Builder();
		builder.connectionsPerUser = this.connectionsPerUser;
		builder.groupsPerConnection = this.groupsPerConnection;
		builder.groupNameLength = this.groupNameLength;
		builder.streamsPerConnection = this.streamsPerConnection;
		builder.invocationsPerConnection = this.invocationsPerConnection;
		builder.messages = this.messages;
		builder.bytesPerSecond = this.bytesPerSecond;
		builder.methods.putAll(this.methods);
		return builder;
	}

	/**
	 * Builds {@link ClientLimits}. Values are checked when they are built. Not safe for
	 * concurrent use.
	 */
	public static final class Builder {

		private int connectionsPerUser;

		private int groupsPerConnection;

		private int groupNameLength;

		private int streamsPerConnection;

		private int invocationsPerConnection;

		private @Nullable RateLimit messages;

		private long bytesPerSecond;

		private final Map<String, RateLimit> methods = new TreeMap<>();

		private Builder() {
		}

		/**
		 * Set how many connections a user may have on one node.
		 * @param connectionsPerUser the number, or 0 for any
		 * @return this builder
		 */
		public Builder connectionsPerUser(int connectionsPerUser) {
			this.connectionsPerUser = connectionsPerUser;
			return this;
		}

		/**
		 * Set how many groups a connection may be a member of.
		 * @param groupsPerConnection the number, or 0 for any
		 * @return this builder
		 */
		public Builder groupsPerConnection(int groupsPerConnection) {
			this.groupsPerConnection = groupsPerConnection;
			return this;
		}

		/**
		 * Set how long the name of a group may be.
		 * @param groupNameLength the number of characters, or 0 for any
		 * @return this builder
		 */
		public Builder groupNameLength(int groupNameLength) {
			this.groupNameLength = groupNameLength;
			return this;
		}

		/**
		 * Set how many streams of a client may be under way.
		 * @param streamsPerConnection the number, or 0 for any
		 * @return this builder
		 */
		public Builder streamsPerConnection(int streamsPerConnection) {
			this.streamsPerConnection = streamsPerConnection;
			return this;
		}

		/**
		 * Set how many calls of a client may be under way.
		 * @param invocationsPerConnection the number, or 0 for any
		 * @return this builder
		 */
		public Builder invocationsPerConnection(int invocationsPerConnection) {
			this.invocationsPerConnection = invocationsPerConnection;
			return this;
		}

		/**
		 * Set how fast the messages of a client are taken.
		 * @param messages the rate, or {@code null} for any
		 * @return this builder
		 */
		public Builder messages(@Nullable RateLimit messages) {
			this.messages = messages;
			return this;
		}

		/**
		 * Set how many bytes are read of a client.
		 * @param bytesPerSecond the number of bytes per second, or 0 for any
		 * @return this builder
		 */
		public Builder bytesPerSecond(long bytesPerSecond) {
			this.bytesPerSecond = bytesPerSecond;
			return this;
		}

		/**
		 * Set how often a client may call a method.
		 * @param name the name of the method
		 * @param limit the rate
		 * @return this builder
		 */
		public Builder method(String name, RateLimit limit) {
			this.methods.put(name, limit);
			return this;
		}

		/**
		 * Build the limits.
		 * @return the limits
		 * @throws IllegalArgumentException if a value is not valid
		 */
		public ClientLimits build() {
			return new ClientLimits(this.connectionsPerUser, this.groupsPerConnection, this.groupNameLength,
					this.streamsPerConnection, this.invocationsPerConnection, this.messages, this.bytesPerSecond,
					this.methods);
		}

	}

}
