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

	private static final ConnectEventResponse ACCEPTED = new ConnectEventResponse(null, null, Set.of());

	private final @Nullable ConnectRejectedException rejection;

	private final @Nullable String userId;

	private final Set<String> groups;

	private ConnectEventResponse(@Nullable ConnectRejectedException rejection, @Nullable String userId,
			Set<String> groups) {
		this.rejection = rejection;
		this.userId = userId;
		this.groups = groups;
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
		return new ConnectEventResponse(new ConnectRejectedException(status, text), null, Set.of());
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
	 * @return the id, or {@code null} if it stays as it is
	 */
	public @Nullable String userId() {
		return this.userId;
	}

	/**
	 * Set the id of the user, instead of the one determined so far.
	 * @param userId the id
	 * @return an answer with the id
	 * @throws IllegalStateException if this answer rejects
	 */
	public ConnectEventResponse userId(String userId) {
		Assert.hasText(userId, "'userId' must not be empty");
		checkAccepted();
		return new ConnectEventResponse(null, userId, this.groups);
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
	 * Add groups that the connection joins before it opens.
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
		Set<String> merged = new LinkedHashSet<>(this.groups);
		merged.addAll(Arrays.asList(groups));
		return new ConnectEventResponse(null, this.userId, Collections.unmodifiableSet(merged));
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
