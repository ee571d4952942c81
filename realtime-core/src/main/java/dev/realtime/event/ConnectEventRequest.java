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

package dev.realtime.event;

import java.security.Principal;
import java.util.List;
import java.util.Map;

import dev.realtime.protocol.HubHandshake;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * A client wants to connect. An {@link EventHandler @EventHandler} of
 * {@link EventType#CONNECT} answers with a {@link ConnectEventResponse}, or throws a
 * {@link ConnectRejectedException}; {@code void} or {@code null} is no opinion.
 *
 * @param hub the name of the hub
 * @param connectionId the id that the connection is going to have
 * @param userId the id of the user as determined so far, or {@code null}
 * @param principal the principal of the request, or {@code null}
 * @param handshake the HTTP request
 * @param claims the claims of a Web PubSub access token by name, each with its values;
 * empty for other clients
 * @param subprotocols the subprotocols a Web PubSub client offers, in its order; empty
 * for other clients
 * @since 0.1.0
 */
public record ConnectEventRequest(String hub, String connectionId, @Nullable String userId,
		@Nullable Principal principal, HubHandshake handshake, Map<String, List<String>> claims,
		List<String> subprotocols) implements HubEventRequest {

	public ConnectEventRequest {
		Assert.hasText(hub, "'hub' must not be empty");
		Assert.hasText(connectionId, "'connectionId' must not be empty");
		Assert.notNull(handshake, "'handshake' must not be null");
		claims = Map.copyOf(claims);
		subprotocols = List.copyOf(subprotocols);
	}

	/**
	 * Create a request without claims and subprotocols.
	 * @param hub see {@link #hub()}
	 * @param connectionId see {@link #connectionId()}
	 * @param userId see {@link #userId()}
	 * @param principal see {@link #principal()}
	 * @param handshake see {@link #handshake()}
	 */
	public ConnectEventRequest(String hub, String connectionId, @Nullable String userId, @Nullable Principal principal,
			HubHandshake handshake) {
		this(hub, connectionId, userId, principal, handshake, Map.of(), List.of());
	}

	@Override
	public EventType type() {
		return EventType.CONNECT;
	}

	/**
	 * Return a parameter of the request's query.
	 * @param name the name of the parameter
	 * @return its first value, or {@code null}
	 */
	public @Nullable String query(String name) {
		return this.handshake.query().getFirst(name);
	}

	/**
	 * Return a header of the request.
	 * @param name the name of the header, in any case
	 * @return its first value, or {@code null}
	 */
	public @Nullable String header(String name) {
		return this.handshake.headers().getFirst(name);
	}

	/**
	 * Return a cookie of the request.
	 * @param name the name of the cookie
	 * @return its first value, or {@code null}
	 */
	public @Nullable String cookie(String name) {
		return this.handshake.cookies().getFirst(name);
	}

}
