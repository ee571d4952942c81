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

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import dev.realtime.connection.ClientConnection;
import dev.realtime.connection.ConnectionState;
import dev.realtime.connection.OutboundQueue;
import dev.realtime.lifetime.ConnectionDetails.Traffic;
import dev.realtime.protocol.HubHandshake;
import dev.realtime.protocol.TransportType;
import org.jspecify.annotations.Nullable;

/**
 * Connections in detail, as nodes describe them to each other. A row also tells how many
 * connections of its node match what was asked for.
 */
final class DetailRows {

	private static final int CONNECTION_ID = 0;

	private static final int USER_ID = 1;

	private static final int PROTOCOL = 2;

	private static final int TRANSPORT = 3;

	private static final int NODE = 4;

	private static final int MATCHING = 5;

	private static final int REMOTE_ADDRESS = 6;

	private static final int CONNECTED_AT = 7;

	private static final int LAST_RECEIVED_AT = 8;

	private static final int SUSPENDED = 9;

	private static final int TRAFFIC = 10;

	private static final int GROUPS = 17;

	private DetailRows() {
	}

	static List<@Nullable String> of(ClientConnection connection, String node, int matching) {
		OutboundQueue queue = connection.queue();
		long silence = Math.max(0, System.nanoTime() - connection.lastReceived());
		List<@Nullable String> row = new ArrayList<>();
		row.add(connection.id());
		row.add(connection.userId());
		row.add(ProtocolUsage.of(connection).name());
		row.add(Objects.requireNonNull(connection.transport()).name());
		row.add(node);
		row.add(String.valueOf(matching));
		row.add(remoteAddress(connection));
		row.add(connection.connectedAt().toString());
		row.add(Instant.now().minusNanos(silence).toString());
		row.add(String.valueOf(connection.state() == ConnectionState.SUSPENDED));
		for (long figure : new long[] { queue.messages(), queue.bytes(), queue.dropped(), connection.receivedMessages(),
				connection.receivedBytes(), queue.sentMessages(), queue.sentBytes() }) {
			row.add(String.valueOf(figure));
		}
		row.addAll(connection.membership().groups());
		return row;
	}

	// never asks a name server
	private static @Nullable String remoteAddress(ClientConnection connection) {
		HubHandshake handshake = connection.handshake();
		InetSocketAddress address = (handshake != null) ? handshake.remoteAddress() : null;
		if (address == null) {
			return null;
		}
		String host = (address.getAddress() != null) ? address.getAddress().getHostAddress() : address.getHostString();
		String literal = (host.indexOf(':') != -1) ? "[" + host + "]" : host;
		return (address.getPort() > 0) ? literal + ":" + address.getPort() : literal;
	}

	static ConnectionDetails toDetails(List<@Nullable String> row) {
		Traffic traffic = new Traffic(figure(row, 0), figure(row, 1), figure(row, 2), figure(row, 3), figure(row, 4),
				figure(row, 5), figure(row, 6));
		Set<String> groups = new HashSet<>();
		row.subList(GROUPS, row.size()).forEach((group) -> groups.add(Objects.requireNonNull(group)));
		return new ConnectionDetails(required(row, CONNECTION_ID), row.get(USER_ID), required(row, PROTOCOL),
				TransportType.valueOf(required(row, TRANSPORT)), required(row, NODE), row.get(REMOTE_ADDRESS),
				Instant.parse(required(row, CONNECTED_AT)), Instant.parse(required(row, LAST_RECEIVED_AT)),
				Boolean.parseBoolean(row.get(SUSPENDED)), traffic, groups);
	}

	static ConnectionPage toPage(List<List<@Nullable String>> rows, int offset, int limit) {
		Map<String, Integer> matching = new HashMap<>();
		rows.forEach((row) -> matching.put(required(row, NODE), Integer.valueOf(required(row, MATCHING))));
		List<ConnectionDetails> connections = rows.stream()
			.sorted(Comparator.comparing((row) -> required(row, CONNECTION_ID)))
			.skip(offset)
			.limit(limit)
			.map(DetailRows::toDetails)
			.toList();
		return new ConnectionPage(matching.values().stream().mapToInt(Integer::intValue).sum(), connections);
	}

	private static long figure(List<@Nullable String> row, int index) {
		return Long.parseLong(required(row, TRAFFIC + index));
	}

	private static String required(List<@Nullable String> row, int column) {
		return Objects.requireNonNull(row.get(column));
	}

}
