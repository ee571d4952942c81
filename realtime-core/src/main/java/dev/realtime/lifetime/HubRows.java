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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import dev.realtime.connection.ClientConnection;
import dev.realtime.hub.HubConnection;
import dev.realtime.hub.HubMember;
import dev.realtime.protocol.ClientProtocol;
import dev.realtime.protocol.TransportType;
import dev.realtime.protocol.webpubsub.GroupStateItem;
import org.jspecify.annotations.Nullable;

/**
 * Connections as nodes describe them to each other, and as applications get to see them.
 */
final class HubRows {

	private static final int CONNECTION_ID = 0;

	private static final int USER_ID = 1;

	private static final int PROTOCOL = 2;

	private static final int TRANSPORT = 3;

	private static final int CONNECTED_AT = 4;

	private static final int NODE = 5;

	private static final int GROUPS = 6;

	private static final int PERMITTED = 2;

	private static final int UPDATED_AT = 2;

	private HubRows() {
	}

	static List<@Nullable String> ofMember(ClientConnection connection) {
		return Arrays.asList(connection.id(), connection.userId());
	}

	static HubMember toMember(List<@Nullable String> row) {
		return new HubMember(required(row, CONNECTION_ID), row.get(USER_ID));
	}

	static List<@Nullable String> ofPermission(ClientConnection connection, boolean permitted) {
		return Arrays.asList(connection.id(), connection.userId(), String.valueOf(permitted));
	}

	static boolean toPermission(List<@Nullable String> row) {
		return Boolean.parseBoolean(row.get(PERMITTED));
	}

	static List<@Nullable String> ofState(GroupStateItem item) {
		List<@Nullable String> row = new ArrayList<>();
		row.add(item.connectionId());
		row.add(item.userId());
		row.add(String.valueOf(item.updatedAt()));
		if (item.state() != null) {
			item.state().forEach((key, value) -> {
				row.add(key);
				row.add(value);
			});
		}
		return row;
	}

	static GroupStateItem toState(List<@Nullable String> row) {
		Map<String, String> state = new HashMap<>();
		for (int i = UPDATED_AT + 1; i < row.size() - 1; i += 2) {
			state.put(required(row, i), required(row, i + 1));
		}
		return new GroupStateItem(required(row, CONNECTION_ID), row.get(USER_ID), state,
				Long.parseLong(required(row, UPDATED_AT)));
	}

	static List<@Nullable String> ofConnection(ClientConnection connection, String node) {
		ClientProtocol protocol = connection.protocol();
		TransportType transport = connection.transport();
		List<@Nullable String> row = new ArrayList<>();
		row.add(connection.id());
		row.add(connection.userId());
		row.add((protocol != null) ? protocol.name() : null);
		row.add((transport != null) ? transport.name() : null);
		row.add(connection.connectedAt().toString());
		row.add(node);
		row.addAll(connection.membership().groups());
		return row;
	}

	static HubConnection toConnection(List<@Nullable String> row) {
		Set<String> groups = new HashSet<>();
		row.subList(GROUPS, row.size()).forEach((group) -> groups.add(Objects.requireNonNull(group)));
		return new HubConnection(required(row, CONNECTION_ID), row.get(USER_ID), required(row, PROTOCOL),
				TransportType.valueOf(required(row, TRANSPORT)), groups, Instant.parse(required(row, CONNECTED_AT)),
				required(row, NODE));
	}

	private static String required(List<@Nullable String> row, int column) {
		return Objects.requireNonNull(row.get(column));
	}

}
