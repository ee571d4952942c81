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

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

import dev.realtime.lifetime.ConnectionDetails;
import dev.realtime.lifetime.ConnectionDetails.Traffic;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * A connection.
 *
 * @param id the id of the connection
 * @param user the id of its user, or {@code null} if it is anonymous
 * @param protocol the name of its protocol
 * @param transport the name of its transport
 * @param node the name of the node it is on
 * @param remoteAddress the address of the client, or of what is in front of the server,
 * or {@code null} if it is not known
 * @param connectedAt when the client connected
 * @param age how long ago that was
 * @param lastReceivedAt when something arrived last
 * @param suspended whether it waits for its client to come back
 * @param queued what waits for the client
 * @param received what has arrived
 * @param sent what has left
 * @param droppedMessages how many messages were discarded because the queue was full
 * @param groups the groups it is a member of, in order
 * @since 0.1.0
 */
public record ConnectionDescriptor(String id, @Nullable String user, String protocol, String transport, String node,
		@Nullable String remoteAddress, Instant connectedAt, Duration age, Instant lastReceivedAt, boolean suspended,
		TrafficDescriptor queued, TrafficDescriptor received, TrafficDescriptor sent, long droppedMessages,
		List<String> groups) implements OperationResponseBody {

	static ConnectionDescriptor of(ConnectionDetails details) {
		Traffic traffic = details.traffic();
		Duration age = Duration.between(details.connectedAt(), Instant.now());
		return new ConnectionDescriptor(details.connectionId(), details.userId(), details.protocol(),
				details.transport().wireName(), details.node(), details.remoteAddress(), details.connectedAt(),
				age.isNegative() ? Duration.ZERO : age.truncatedTo(ChronoUnit.MILLIS), details.lastReceivedAt(),
				details.suspended(), new TrafficDescriptor(traffic.queuedMessages(), traffic.queuedBytes()),
				new TrafficDescriptor(traffic.receivedMessages(), traffic.receivedBytes()),
				new TrafficDescriptor(traffic.sentMessages(), traffic.sentBytes()), traffic.droppedMessages(),
				details.groups().stream().sorted().toList());
	}

}
