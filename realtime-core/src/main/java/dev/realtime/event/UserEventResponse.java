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

/**
 * The answer to a {@link UserEventRequest}.
 *
 * @param reply a message for the client that has sent the event, or {@code null} for none
 * @param state the new {@linkplain ClientEventConnection#state() state} of the
 * connection, or {@code null} if it stays as it is
 * @since 0.1.0
 */
public record UserEventResponse(ServerMessage.@Nullable Data reply, @Nullable String state) {

	/**
	 * The answer that says nothing but that the event was handled.
	 */
	public static final UserEventResponse NONE = new UserEventResponse(null, null);

}
