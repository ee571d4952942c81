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

import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a connection, published to Spring's
 * {@link org.springframework.context.event.EventListener @EventListener}s. Listeners are
 * called after the fact, in order per connection, and cannot interfere.
 *
 * @since 0.1.0
 */
public sealed interface HubEvent
		permits ConnectedEvent, DisconnectedEvent, GroupJoinedEvent, GroupLeftEvent, UserEvent {

	/**
	 * Return the name of the hub.
	 * @return the name as it was declared
	 */
	String hub();

	/**
	 * Return the id of the connection.
	 * @return the id
	 */
	String connectionId();

	/**
	 * Return the id of the user.
	 * @return the id, or {@code null} if the connection is anonymous
	 */
	@Nullable String userId();

}
