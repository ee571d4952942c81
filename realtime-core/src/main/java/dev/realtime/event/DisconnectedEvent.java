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

import java.util.Set;

import dev.realtime.protocol.CloseReason;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * A connection has ended.
 *
 * @param hub the name of the hub
 * @param connectionId the id of the connection
 * @param userId the id of its user, or {@code null} if it is anonymous
 * @param groups the groups it was a member of, unmodifiable
 * @param reason why it ended
 * @param error what went wrong, if that is known
 * @since 0.1.0
 */
public record DisconnectedEvent(String hub, String connectionId, @Nullable String userId, Set<String> groups,
		CloseReason reason, @Nullable Throwable error) implements HubEvent {

	public DisconnectedEvent {
		Assert.hasText(hub, "'hub' must not be empty");
		Assert.hasText(connectionId, "'connectionId' must not be empty");
		Assert.notNull(groups, "'groups' must not be null");
		Assert.notNull(reason, "'reason' must not be null");
		groups = Set.copyOf(groups);
	}

}
