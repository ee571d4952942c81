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

import dev.realtime.protocol.ServerMessage;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * A client has sent an event by name (Web PubSub, events). Published whoever handles the
 * event, before it is known what comes of it.
 *
 * @param hub the name of the hub
 * @param connectionId the id of the connection
 * @param userId the id of its user, or {@code null} if it is anonymous
 * @param event the name of the event; {@code message} for the frames of plain clients
 * @param data payload and metadata; JSON is a {@link dev.realtime.protocol.JsonText}
 * @since 0.1.0
 */
public record UserEvent(String hub, String connectionId, @Nullable String userId, String event,
		ServerMessage.Data data) implements HubEvent {

	public UserEvent {
		Assert.hasText(hub, "'hub' must not be empty");
		Assert.hasText(connectionId, "'connectionId' must not be empty");
		Assert.hasText(event, "'event' must not be empty");
		Assert.notNull(data, "'data' must not be null");
	}

}
