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

package dev.realtime.boot.actuate;

import java.time.Instant;

import dev.realtime.lifetime.ConnectionDetails;
import org.jspecify.annotations.Nullable;

/**
 * A connection among others.
 *
 * @param id the id of the connection
 * @param user the id of its user, or {@code null} if it is anonymous
 * @param protocol the name of its protocol
 * @param transport the name of its transport
 * @param node the name of the node it is on
 * @param connectedAt when the client connected
 * @param suspended whether it waits for its client to come back
 * @param groups how many groups it is a member of
 * @param queued what waits for the client
 * @since 0.1.0
 */
public record ConnectionDescriptor(String id, @Nullable String user, String protocol, String transport, String node,
		Instant connectedAt, boolean suspended, int groups, TrafficDescriptor queued) {

	static ConnectionDescriptor of(ConnectionDetails details) {
		return new ConnectionDescriptor(details.connectionId(), details.userId(), details.protocol(),
				details.transport().wireName(), details.node(), details.connectedAt(), details.suspended(),
				details.groups().size(),
				new TrafficDescriptor(details.traffic().queuedMessages(), details.traffic().queuedBytes()));
	}

}
