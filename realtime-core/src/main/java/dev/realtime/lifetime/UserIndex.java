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

import java.util.Set;
import java.util.function.Consumer;

import dev.realtime.backplane.BackplaneNode;
import dev.realtime.backplane.HubChannels;
import dev.realtime.connection.ClientConnection;
import dev.realtime.protocol.EncodedMessage;
import org.jspecify.annotations.Nullable;

/**
 * The users of a hub and their connections on this node. Anonymous connections are in
 * nobody's name. Adding and removing one connection is serialized by the caller.
 */
final class UserIndex {

	private final MemberIndex users = new MemberIndex();

	private final BackplaneNode node;

	private final HubChannels channels;

	UserIndex(BackplaneNode node, HubChannels channels) {
		this.node = node;
		this.channels = channels;
	}

	void add(ClientConnection connection) {
		String user = connection.userId();
		if (user != null) {
			this.users.add(user, connection);
			this.node.subscribe(this.channels.user(user));
		}
	}

	void remove(ClientConnection connection) {
		String user = connection.userId();
		if (user != null) {
			this.users.remove(user, connection);
			this.node.unsubscribe(this.channels.user(user));
		}
	}

	void deliver(String user, EncodedMessage message, Set<String> excluded) {
		this.users.deliver(user, message, excluded, null);
	}

	@Nullable Members members(String user) {
		return this.users.members(user);
	}

	void forEach(String user, Consumer<? super ClientConnection> action) {
		this.users.forEach(user, action);
	}

	int size() {
		return this.users.size();
	}

}
