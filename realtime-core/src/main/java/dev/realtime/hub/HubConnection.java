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

import java.time.Instant;
import java.util.Set;

import dev.realtime.protocol.TransportType;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * A snapshot of an open connection.
 *
 * @param connectionId the id of the connection
 * @param userId the id of its user, or {@code null} if it is anonymous
 * @param protocol the name of its protocol, for example {@code json} or
 * {@code messagepack}
 * @param transport the transport it is on
 * @param groups the groups it is a member of, unmodifiable
 * @param connectedAt when it was opened
 * @param node the name of the node it is on
 * @since 0.1.0
 * @see ConnectionManager
 */
public record HubConnection(String connectionId, @Nullable String userId, String protocol, TransportType transport,
		Set<String> groups, Instant connectedAt, String node) {

	public HubConnection {
		Assert.hasText(connectionId, "'connectionId' must not be empty");
		Assert.hasText(protocol, "'protocol' must not be empty");
		Assert.notNull(transport, "'transport' must not be null");
		Assert.notNull(groups, "'groups' must not be null");
		Assert.notNull(connectedAt, "'connectedAt' must not be null");
		Assert.hasText(node, "'node' must not be empty");
		groups = Set.copyOf(groups);
	}

}
