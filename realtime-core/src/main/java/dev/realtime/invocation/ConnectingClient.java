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

import dev.realtime.event.ClientEventConnection;
import dev.realtime.protocol.HubHandshake;
import org.jspecify.annotations.Nullable;

/**
 * A connection to be, whose client waits for a decision.
 *
 * @param hub the name of the hub
 * @param connectionId the id the connection is going to have
 * @param userId the id of the user as determined so far, or {@code null}
 * @param handshake the request
 */
record ConnectingClient(String hub, String connectionId, @Nullable String userId,
		HubHandshake handshake) implements ClientEventConnection {

	@Override
	public @Nullable String subprotocol() {
		return null;
	}

	@Override
	public @Nullable String state() {
		return null;
	}

}
