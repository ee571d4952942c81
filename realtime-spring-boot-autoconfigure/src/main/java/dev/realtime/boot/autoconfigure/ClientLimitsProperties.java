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

package dev.realtime.boot.autoconfigure;

import org.jspecify.annotations.Nullable;

/**
 * What clients may cost, of all hubs or of one. Without a number there is no limit.
 *
 * @since 0.1.0
 */
public class ClientLimitsProperties {

	/**
	 * How many connections a user may have in a hub, on one node; others are answered
	 * with status 429. By default any number.
	 */
	private @Nullable Integer connectionsPerUser;

	/**
	 * How many groups a connection may be a member of when its client asks for another
	 * one. By default any number.
	 */
	private @Nullable Integer groupsPerConnection;

	/**
	 * How many characters the name of a group that a client asks for may have. By default
	 * any number, but 1024 in Web PubSub.
	 */
	private @Nullable Integer groupNameLength;

	/**
	 * How many streams of a client may be under way at a time, in both directions
	 * together. By default any number, but 100 in Web PubSub.
	 */
	private @Nullable Integer streamsPerConnection;

	/**
	 * How many calls of a client may be under way at a time, those that wait for their
	 * turn included. By default any number: reading pauses when many wait.
	 */
	private @Nullable Integer invocationsPerConnection;

	public @Nullable Integer getConnectionsPerUser() {
		return this.connectionsPerUser;
	}

	public void setConnectionsPerUser(@Nullable Integer connectionsPerUser) {
		this.connectionsPerUser = connectionsPerUser;
	}

	public @Nullable Integer getGroupsPerConnection() {
		return this.groupsPerConnection;
	}

	public void setGroupsPerConnection(@Nullable Integer groupsPerConnection) {
		this.groupsPerConnection = groupsPerConnection;
	}

	public @Nullable Integer getGroupNameLength() {
		return this.groupNameLength;
	}

	public void setGroupNameLength(@Nullable Integer groupNameLength) {
		this.groupNameLength = groupNameLength;
	}

	public @Nullable Integer getStreamsPerConnection() {
		return this.streamsPerConnection;
	}

	public void setStreamsPerConnection(@Nullable Integer streamsPerConnection) {
		this.streamsPerConnection = streamsPerConnection;
	}

	public @Nullable Integer getInvocationsPerConnection() {
		return this.invocationsPerConnection;
	}

	public void setInvocationsPerConnection(@Nullable Integer invocationsPerConnection) {
		this.invocationsPerConnection = invocationsPerConnection;
	}

}
