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

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.realtime.connection.ClientConnection;
import dev.realtime.protocol.ClientProtocol;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The protocols of a hub, and which of them local connections speak at the moment.
 */
final class ProtocolUsage {

	private final Map<String, ClientProtocol> protocols;

	// guarded by this
	private final Map<String, Integer> connections = new LinkedHashMap<>();

	private volatile List<ClientProtocol> spoken = List.of();

	ProtocolUsage(Collection<? extends ClientProtocol> protocols) {
		Map<String, ClientProtocol> byName = new LinkedHashMap<>();
		protocols.forEach((protocol) -> byName.put(protocol.name(), protocol));
		this.protocols = byName;
	}

	/**
	 * Return the protocol of a connection.
	 * @param connection the connection, after its handshake
	 * @return the protocol
	 */
	static ClientProtocol of(ClientConnection connection) {
		ClientProtocol protocol = connection.protocol();
		Assert.state(protocol != null, () -> connection + " has no protocol yet");
		return protocol;
	}

	synchronized void add(ClientProtocol protocol) {
		if (this.connections.merge(protocol.name(), 1, Integer::sum) == 1) {
			List<ClientProtocol> spoken = new ArrayList<>(this.spoken);
			spoken.add(protocol);
			this.spoken = List.copyOf(spoken);
		}
	}

	synchronized void remove(ClientProtocol protocol) {
		String name = protocol.name();
		if (this.connections.computeIfPresent(name, (key, number) -> (number > 1) ? number - 1 : null) == null) {
			this.spoken = this.spoken.stream().filter((other) -> !other.name().equals(name)).toList();
		}
	}

	/**
	 * Return the protocols that local connections speak. Neither locks nor waits.
	 * @return an unmodifiable list
	 */
	List<ClientProtocol> spoken() {
		return this.spoken;
	}

	/**
	 * Return all protocols of the hub.
	 * @return the protocols
	 */
	Collection<ClientProtocol> all() {
		return this.protocols.values();
	}

	@Nullable ClientProtocol find(String name) {
		return this.protocols.get(name);
	}

}
