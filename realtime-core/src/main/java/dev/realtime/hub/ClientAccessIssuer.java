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

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Issues what clients of Web PubSub connect with. Internal: applications use
 * {@link HubContext#clientAccess()}.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ClientAccessIssuer {

	/**
	 * Return an issuer that can issue nothing.
	 * @return the issuer, which throws an {@link IllegalStateException}
	 */
	static ClientAccessIssuer none() {
		return (grant) -> {
			throw new IllegalStateException("There is no access key to sign access tokens of clients with. Set "
					+ "realtime.web-pubsub.access-key.");
		};
	}

	/**
	 * Issue access to a hub.
	 * @param grant what is granted
	 * @return the access
	 * @throws IllegalStateException if there is no access key
	 */
	Issued issue(Grant grant);

	/**
	 * What a client is granted.
	 *
	 * @param hub the hub it may connect to
	 * @param userId the id of its user, or {@code null}
	 * @param roles the permissions it starts with
	 * @param groups the groups it is in from the beginning
	 * @param lifetime how long it may connect
	 */
	record Grant(String hub, @Nullable String userId, List<String> roles, List<String> groups, Duration lifetime) {

		public Grant {
			Assert.hasText(hub, "'hub' must not be empty");
			roles = List.copyOf(roles);
			groups = List.copyOf(groups);
			Assert.notNull(lifetime, "'lifetime' must not be null");
		}

	}

	/**
	 * What a client connects with.
	 *
	 * @param url the URL of the hub without the token
	 * @param token the access token
	 */
	record Issued(String url, String token) {

		/**
		 * Return the URL, and nothing of the token.
		 */
		@Override
		public String toString() {
			return "Issued[url=" + this.url + "]";
		}

	}

}
