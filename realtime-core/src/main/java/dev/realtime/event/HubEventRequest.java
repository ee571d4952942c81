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
 * What an {@link EventHandler @EventHandler} of an {@link EventType} is given, declared
 * as a parameter. These are no events to listen to.
 *
 * @since 0.1.0
 */
public sealed interface HubEventRequest permits ConnectEventRequest, ConnectedEventRequest, DisconnectedEventRequest {

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

	/**
	 * Return the event this is about.
	 * @return the type of the event
	 */
	EventType type();

}
