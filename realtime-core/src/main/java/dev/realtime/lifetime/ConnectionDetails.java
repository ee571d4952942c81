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

package dev.realtime.lifetime;

import java.time.Instant;
import java.util.Set;

import dev.realtime.protocol.TransportType;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a connection, at a moment, but for what is secret. Sizes are those of
 * messages, without what transports add.
 * <p>
 * Internal: public for other packages of the engine, not for applications.
 *
 * @param connectionId the id of the connection
 * @param userId the id of its user, or {@code null} if it is anonymous
 * @param protocol the name of its protocol
 * @param transport the transport it is on
 * @param node the name of the node it is on
 * @param remoteAddress the address of the client, or of what is in front of the server,
 * or {@code null} if it is not known
 * @param connectedAt when the client connected
 * @param lastReceivedAt when something arrived last
 * @param suspended whether it waits for its client to come back
 * @param traffic what waits, has come and has gone
 * @param groups the groups it is a member of
 * @since 0.1.0
 */
public record ConnectionDetails(String connectionId, @Nullable String userId, String protocol, TransportType transport,
		String node, @Nullable String remoteAddress, Instant connectedAt, Instant lastReceivedAt, boolean suspended,
		Traffic traffic, Set<String> groups) {

	public ConnectionDetails {
		groups = Set.copyOf(groups);
	}

	/**
	 * What waits, has come and has gone.
	 *
	 * @param queuedMessages how many messages wait for the client
	 * @param queuedBytes their size
	 * @param droppedMessages how many messages were discarded because the queue was full
	 * @param receivedMessages how many messages have arrived
	 * @param receivedBytes their size
	 * @param sentMessages how many messages have left
	 * @param sentBytes their size
	 */
	public record Traffic(long queuedMessages, long queuedBytes, long droppedMessages, long receivedMessages,
			long receivedBytes, long sentMessages, long sentBytes) {

	}

}
