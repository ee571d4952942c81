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

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.Selector.Match;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;
import org.springframework.util.Assert;

/**
 * {@link EndpointWebExtension @EndpointWebExtension} for the {@link RealtimeEndpoint}:
 * what a hub has is found at paths below it. Names may contain slashes, which need not be
 * encoded.
 *
 * @since 0.1.0
 */
@EndpointWebExtension(endpoint = RealtimeEndpoint.class)
public class RealtimeEndpointWebExtension {

	private static final String CONNECTIONS = "connections";

	private static final String GROUPS = "groups";

	private static final String USERS = "users";

	private final RealtimeEndpoint endpoint;

	/**
	 * Create an extension.
	 * @param endpoint the endpoint
	 */
	public RealtimeEndpointWebExtension(RealtimeEndpoint endpoint) {
		Assert.notNull(endpoint, "'endpoint' must not be null");
		this.endpoint = endpoint;
	}

	/**
	 * Return a connection, a group with a page of its members, or a page of all groups.
	 * @param hub the name of the hub
	 * @param connectionsOrGroups {@code connections} or {@code groups}
	 * @param name the id of the connection, or the name of the group, which may be left
	 * out
	 * @param page the number of the page
	 * @param size how many members or groups a page has
	 * @return the answer, with status 404 if there is nothing of that kind
	 */
	@ReadOperation
	public WebEndpointResponse<Object> connectionOrGroups(@Selector String hub, @Selector String connectionsOrGroups,
			@Selector(match = Match.ALL_REMAINING) String[] name, @Nullable Integer page, @Nullable Integer size) {
		Object body = switch (connectionsOrGroups) {
			case CONNECTIONS -> this.endpoint.connection(hub, join(name));
			case GROUPS -> (name.length > 0) ? this.endpoint.group(hub, join(name), page, size)
					: this.endpoint.groups(hub, page, size);
			default -> null;
		};
		return found(body);
	}

	private static WebEndpointResponse<Object> found(@Nullable Object body) {
		return (body != null) ? new WebEndpointResponse<>(body)
				: new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
	}

	/**
	 * Close all connections of a hub.
	 * @param hub the name of the hub
	 * @param reason what to tell the clients
	 * @param reconnect whether the clients are told that they may come back; by default
	 * they are not
	 * @return the number of connections, or status 404 if there is no such hub
	 */
	@DeleteOperation
	public WebEndpointResponse<Object> closeAll(@Selector String hub, @Nullable String reason,
			@Nullable Boolean reconnect) {
		return found(this.endpoint.closeAll(hub, reason, Boolean.TRUE.equals(reconnect)));
	}

	/**
	 * Close a connection, or all connections of a user.
	 * @param hub the name of the hub
	 * @param connectionsOrUsers {@code connections} or {@code users}
	 * @param name the id of the connection, or that of the user
	 * @param reason what to tell the clients
	 * @param reconnect whether the clients are told that they may come back; by default
	 * they are not
	 * @return the number of connections, or status 404 if there are none
	 */
	@DeleteOperation
	public WebEndpointResponse<Object> close(@Selector String hub, @Selector String connectionsOrUsers,
			@Selector(match = Match.ALL_REMAINING) String[] name, @Nullable String reason,
			@Nullable Boolean reconnect) {
		boolean mayReconnect = Boolean.TRUE.equals(reconnect);
		ClosedDescriptor closed = switch (connectionsOrUsers) {
			case CONNECTIONS -> this.endpoint.closeConnection(hub, join(name), reason, mayReconnect);
			case USERS -> this.endpoint.closeUser(hub, join(name), reason, mayReconnect);
			default -> null;
		};
		return found((closed != null && closed.closed() > 0) ? closed : null);
	}

	private static String join(String[] segments) {
		return String.join("/", segments);
	}

}
