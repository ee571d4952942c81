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

package dev.realtime.invocation;

import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A Web PubSub client that wants to connect, as its request and its access token describe
 * it.
 *
 * @param userId the id of its user, or {@code null} if it is anonymous
 * @param principal who it is, or {@code null} if it is anonymous
 * @param groups the groups it is to join
 * @param roles what it may do
 * @param claims the claims of its access token
 * @param subprotocols the subprotocols of WebSockets it offers, in its order
 * @param publish how its frames are published if it is a plain client, or {@code null} if
 * they are events
 * @since 0.1.0
 */
public record PubSubConnectRequest(@Nullable String userId, @Nullable Principal principal, Set<String> groups,
		Set<String> roles, Map<String, List<String>> claims, List<String> subprotocols, @Nullable PublishMode publish) {

	public PubSubConnectRequest {
		groups = Set.copyOf(groups);
		roles = Set.copyOf(roles);
		claims = Map.copyOf(claims);
		subprotocols = List.copyOf(subprotocols);
	}

	/**
	 * A plain client whose frames are published to a group.
	 *
	 * @param group the name of the group
	 * @param noEcho whether it does not get its own messages
	 */
	public record PublishMode(String group, boolean noEcho) {

	}

}
