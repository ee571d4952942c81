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

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;

import dev.realtime.connection.ClientConnection;
import dev.realtime.protocol.EncodedMessage;
import org.jspecify.annotations.Nullable;

/**
 * Members by key. A key exists from its first member to its last. Adding and removing
 * lock briefly, per key; deliveries and queries neither lock nor wait.
 */
final class MemberIndex {

	private final Map<String, Members> keys = new ConcurrentHashMap<>();

	void add(String key, ClientConnection connection) {
		this.keys.compute(key, (name, existing) -> {
			Members members = (existing != null) ? existing : new Members();
			members.add(connection);
			return members;
		});
	}

	void remove(String key, ClientConnection connection) {
		this.keys.computeIfPresent(key, (name, members) -> {
			members.remove(connection);
			return members.isEmpty() ? null : members;
		});
	}

	void deliver(String key, EncodedMessage message, Set<String> excluded, @Nullable Fanout fanout) {
		Members members = this.keys.get(key);
		if (members != null) {
			members.deliver(message, excluded, fanout);
		}
	}

	@Nullable Members members(String key) {
		return this.keys.get(key);
	}

	void forEach(String key, Consumer<? super ClientConnection> action) {
		Members members = this.keys.get(key);
		if (members != null) {
			members.forEach(action);
		}
	}

	void sizes(ObjIntConsumer<String> action) {
		this.keys.forEach((key, members) -> action.accept(key, members.size()));
	}

	int size() {
		return this.keys.size();
	}

}
