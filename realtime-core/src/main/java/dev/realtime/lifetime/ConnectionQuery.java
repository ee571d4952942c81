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

import java.util.Arrays;
import java.util.List;

import dev.realtime.connection.ClientConnection;
import dev.realtime.protocol.ClientProtocol;
import dev.realtime.protocol.TransportType;
import org.jspecify.annotations.Nullable;

/**
 * Which connections somebody wants to see. What is {@code null} does not matter.
 * <p>
 * Internal: public for other packages of the engine, not for applications.
 *
 * @param userId the id of their user
 * @param group a group they are members of
 * @param protocol the name of their protocol
 * @param transport their transport
 * @param node the name of the node they are on
 * @since 0.1.0
 */
public record ConnectionQuery(@Nullable String userId, @Nullable String group, @Nullable String protocol,
		@Nullable TransportType transport, @Nullable String node) {

	/**
	 * All connections.
	 */
	public static final ConnectionQuery ALL = new ConnectionQuery(null, null, null, null, null);

	/**
	 * Return the query for the members of a group.
	 * @param group the name of the group
	 * @return the query
	 */
	public static ConnectionQuery ofGroup(String group) {
		return new ConnectionQuery(null, group, null, null, null);
	}

	List<@Nullable String> toArguments(int limit) {
		return Arrays.asList(String.valueOf(limit), this.userId, this.group, this.protocol,
				(this.transport != null) ? this.transport.name() : null, this.node);
	}

	static ConnectionQuery of(List<@Nullable String> arguments) {
		String transport = arguments.get(4);
		return new ConnectionQuery(arguments.get(1), arguments.get(2), arguments.get(3),
				(transport != null) ? TransportType.valueOf(transport) : null, arguments.get(5));
	}

	boolean matches(ClientConnection connection) {
		ClientProtocol protocol = connection.protocol();
		return (this.userId == null || this.userId.equals(connection.userId()))
				&& (this.group == null || connection.membership().contains(this.group))
				&& (this.protocol == null || (protocol != null && this.protocol.equals(protocol.name())))
				&& (this.transport == null || this.transport == connection.transport());
	}

}
