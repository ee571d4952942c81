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

package dev.realtime.event;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The answer to a {@link ConnectEventRequest}. Immutable; the methods that add something
 * return a new answer.
 *
 * @since 0.1.0
 */
public final class ConnectEventResponse {

	private static final ConnectEventResponse ACCEPTED = new ConnectEventResponse(null, null, Set.of(), null, null,
			null);

	private final @Nullable ConnectRejectedException rejection;

	private final @Nullable String userId;

	private final Set<String> groups;

	private final @Nullable Set<String> roles;

	private final @Nullable String subprotocol;

	private final @Nullable String state;

	private ConnectEventResponse(@Nullable ConnectRejectedException rejection, @Nullable String userId,
			Set<String> groups, @Nullable Set<String> roles, @Nullable String subprotocol, @Nullable String state) {
		this.rejection = rejection;
		this.userId = userId;
		this.groups = groups;
		this.roles = roles;
		this.subprotocol = subprotocol;
		this.state = state;
	}

	/**
	 * Accept the connection.
	 * @return an answer that accepts
	 */
	public static ConnectEventResponse accept() {
		return ACCEPTED;
	}

	/**
	 * Reject the connection.
	 * @param status the status of the HTTP answer, 400 to 599
	 * @param text the body of the HTTP answer, or {@code null} for none
	 * @return an answer that rejects
	 */
	public static ConnectEventResponse reject(int status, @Nullable String text) {
		return new ConnectEventResponse(new ConnectRejectedException(status, text), null, Set.of(), null, null, null);
	}

	/**
	 * Return whether the connection is accepted.
	 * @return {@code true} if there is no {@link #rejection()}
	 */
	public boolean accepted() {
		return this.rejection == null;
	}

	/**
	 * Return the rejection.
	 * @return an exception with status and text, or {@code null} if the connection is
	 * accepted
	 */
	public @Nullable ConnectRejectedException rejection() {
		return this.rejection;
	}

	/**
	 * Return the id of the user that the handler set.
	 * @return the id, empty to make the connection anonymous, or {@code null} if it stays
	 * as it is
	 */
	public @Nullable String userId() {
		return this.userId;
	}

	/**
	 * Set the id of the user, instead of the one determined so far.
	 * @param userId the id, or an empty string to make the connection anonymous
	 * @return an answer with the id
	 * @throws IllegalStateException if this answer rejects
	 */
	public ConnectEventResponse userId(String userId) {
		Assert.notNull(userId, "'userId' must not be null");
		checkAccepted();
		return new ConnectEventResponse(null, userId, this.groups, this.roles, this.subprotocol, this.state);
	}

	/**
	 * Return the groups that the connection joins before it opens.
	 * @return the names of the groups, unmodifiable and in the order in which they were
	 * given
	 */
	public Set<String> groups() {
		return this.groups;
	}

	/**
	 * Add groups that the connection joins before it opens. What handlers give replaces
	 * the groups of a Web PubSub access token.
	 * @param groups the names of the groups, none of them empty
	 * @return an answer with the groups in addition to those it has
	 * @throws IllegalArgumentException if a name is empty
	 * @throws IllegalStateException if this answer rejects
	 */
	public ConnectEventResponse groups(String... groups) {
		Assert.notNull(groups, "'groups' must not be null");
		for (String group : groups) {
			Assert.hasText(group, "'groups' must not contain empty names");
		}
		checkAccepted();
		return new ConnectEventResponse(null, this.userId, merge(this.groups, groups), this.roles, this.subprotocol,
				this.state);
	}

	/**
	 * Return the roles of the connection.
	 * @return the roles, unmodifiable, or {@code null} if they stay as they are
	 */
	public @Nullable Set<String> roles() {
		return this.roles;
	}

	/**
	 * Add roles that a Web PubSub connection has (Web PubSub, permissions). What handlers
	 * give replaces the roles of the access token; without arguments all are removed.
	 * @param roles the roles, none of them empty
	 * @return an answer with the roles in addition to those it has
	 * @throws IllegalArgumentException if a role is empty
	 * @throws IllegalStateException if this answer rejects
	 */
	public ConnectEventResponse roles(String... roles) {
		Assert.notNull(roles, "'roles' must not be null");
		for (String role : roles) {
			Assert.hasText(role, "'roles' must not contain empty strings");
		}
		checkAccepted();
		return new ConnectEventResponse(null, this.userId, this.groups,
				merge((this.roles != null) ? this.roles : Set.of(), roles), this.subprotocol, this.state);
	}

	/**
	 * Return the subprotocol of the WebSocket.
	 * @return one that the client offers, or {@code null} if the handler does not care
	 */
	public @Nullable String subprotocol() {
		return this.subprotocol;
	}

	/**
	 * Select the subprotocol of a Web PubSub client's WebSocket.
	 * @param subprotocol one of those the client offers
	 * @return an answer with the subprotocol
	 * @throws IllegalStateException if this answer rejects
	 */
	public ConnectEventResponse subprotocol(String subprotocol) {
		Assert.hasText(subprotocol, "'subprotocol' must not be empty");
		checkAccepted();
		return new ConnectEventResponse(null, this.userId, this.groups, this.roles, subprotocol, this.state);
	}

	/**
	 * Return the state of the connection.
	 * @return an opaque text, or {@code null} if there is none
	 */
	public @Nullable String state() {
		return this.state;
	}

	/**
	 * Set the state of the connection, which is there for its handlers.
	 * @param state an opaque text, possibly empty
	 * @return an answer with the state
	 * @throws IllegalStateException if this answer rejects
	 * @see ClientEventConnection#state()
	 */
	public ConnectEventResponse state(String state) {
		Assert.notNull(state, "'state' must not be null");
		checkAccepted();
		return new ConnectEventResponse(null, this.userId, this.groups, this.roles, this.subprotocol, state);
	}

	private static Set<String> merge(Set<String> present, String... added) {
		Set<String> merged = new LinkedHashSet<>(present);
		merged.addAll(Arrays.asList(added));
		return Collections.unmodifiableSet(merged);
	}

	private void checkAccepted() {
		Assert.state(accepted(), "A rejected connection has neither user nor groups");
	}

	@Override
	public String toString() {
		return (this.rejection != null) ? "ConnectEventResponse[rejected with " + this.rejection.getStatus() + "]"
				: "ConnectEventResponse[accepted]";
	}

}
