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

/**
 * The events in the life of a connection that an {@link EventHandler @EventHandler} can
 * take part in.
 *
 * @since 0.1.0
 */
public enum EventType {

	/**
	 * A client wants to connect. The answer decides whether it may.
	 * @see ConnectEventRequest
	 * @see ConnectEventResponse
	 */
	CONNECT,

	/**
	 * A connection is open: messages can be sent to it. It is not read from before the
	 * handlers have returned.
	 * @see ConnectedEventRequest
	 */
	CONNECTED,

	/**
	 * A connection has ended. It is still a member of its groups.
	 * @see DisconnectedEventRequest
	 */
	DISCONNECTED

}
