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

package dev.realtime.invocation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.Principal;
import java.util.List;
import java.util.Set;

import dev.realtime.connection.ClientConnection;
import dev.realtime.event.ConnectEventRequest;
import dev.realtime.event.ConnectEventResponse;
import dev.realtime.event.ConnectRejectedException;
import dev.realtime.hub.HubOptions;
import dev.realtime.hub.WebPubSubOptions;
import dev.realtime.invocation.support.ClientPrincipal;
import dev.realtime.observation.RpcSystem;
import dev.realtime.protocol.HubHandshake;
import dev.realtime.protocol.OutboundLimits;
import dev.realtime.protocol.webpubsub.PubSubProtocol;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * The front door of one hub for Web PubSub clients.
 */
final class DefaultPubSubEndpoint implements PubSubEndpoint {

	private static final int MESSAGES_THAT_WAIT = 4;

	private final DefaultHubEndpoint hub;

	private final HubDispatcher dispatcher;

	private final PubSubConnectionHandler handler;

	private final List<PubSubProtocol> protocols;

	/**
	 * Create an endpoint.
	 * @param hub the hub
	 * @param dispatcher dispatches the calls of the hub
	 * @param handler handles its connections
	 * @param protocols the protocols it speaks, that of plain clients among them
	 */
	DefaultPubSubEndpoint(DefaultHubEndpoint hub, HubDispatcher dispatcher, PubSubConnectionHandler handler,
			List<PubSubProtocol> protocols) {
		this.hub = hub;
		this.dispatcher = dispatcher;
		this.handler = handler;
		this.protocols = List.copyOf(protocols);
	}

	@Override
	public String hub() {
		return this.hub.hub();
	}

	@Override
	public String observedName() {
		return this.hub.observedName();
	}

	@Override
	public HubOptions options() {
		return this.hub.options();
	}

	@Override
	public boolean speaks(String subprotocol) {
		return !isPlain(protocol(subprotocol));
	}

	@Override
	public Accepted connect(PubSubConnectRequest request, HubHandshake handshake) {
		String id = DefaultHubEndpoint.newId();
		ConnectEventResponse response = this.hub.ask(RpcSystem.WEB_PUBSUB, new ConnectEventRequest(hub(), id,
				request.userId(), request.principal(), handshake, request.claims(), request.subprotocols()));
		String subprotocol = subprotocol(request.subprotocols(), response.subprotocol());
		PubSubProtocol protocol = protocol(subprotocol);
		ClientConnection connection = new ClientConnection(id, hub(), this.handler, limits(protocol));
		connection.userId(StringUtils.hasLength(response.userId()) ? response.userId() : null);
		connection.handshake(handshake);
		Set<String> roles = (response.roles() != null) ? response.roles() : request.roles();
		connection.principal(principal(connection.userId(), roles));
		if (!roles.isEmpty()) {
			connection.permissions().grantRoles(roles);
		}
		PubSubSession session = new PubSubSession(connection, this.dispatcher, protocol, subprotocol,
				isPlain(protocol) ? request.publish() : null);
		session.initialGroups(response.groups().isEmpty() ? request.groups() : response.groups());
		session.state(response.state());
		connection.session(session);
		return new Accepted(connection, subprotocol);
	}

	// who the handlers of the connect event say the client is, whatever its token says
	private static @Nullable Principal principal(@Nullable String userId, Set<String> roles) {
		return StringUtils.hasText(userId) ? new ClientPrincipal(userId, roles) : null;
	}

	/**
	 * Choose among what the client offers: what a handler wants, else the first one that
	 * is known.
	 */
	private @Nullable String subprotocol(List<String> offered, @Nullable String wanted) {
		if (wanted != null) {
			return offered.stream()
				.filter(wanted::equalsIgnoreCase)
				.findFirst()
				.orElseThrow(() -> new ConnectRejectedException(500, "The subprotocol was not offered"));
		}
		if (offered.isEmpty()) {
			return null;
		}
		return offered.stream()
			.filter(this::speaks)
			.findFirst()
			.orElseThrow(() -> new ConnectRejectedException(400, "None of the subprotocols is known"));
	}

	private static boolean isPlain(PubSubProtocol protocol) {
		return protocol.name().equals(PubSubProtocol.PLAIN);
	}

	// whatever is not known is plain
	private PubSubProtocol protocol(@Nullable String subprotocol) {
		PubSubProtocol plain = this.protocols.get(0);
		for (PubSubProtocol protocol : this.protocols) {
			if (isPlain(protocol)) {
				plain = protocol;
			}
			else if (protocol.name().equalsIgnoreCase(subprotocol)) {
				return protocol;
			}
		}
		return plain;
	}

	// some of the longest messages fit in any case
	private OutboundLimits limits(PubSubProtocol protocol) {
		OutboundLimits limits = options().outbound();
		WebPubSubOptions options = options().webPubSub();
		long needed = protocol.reliable() ? options.reliableBufferBytes()
				: (long) MESSAGES_THAT_WAIT * options.maximumMessageSize();
		return new OutboundLimits(Math.max(limits.maxBytes(), needed), limits.maxMessages(), limits.sendTimeout(),
				limits.overflow());
	}

	@Override
	public @Nullable Accepted recover(String connectionId, String reconnectionToken) {
		ClientConnection connection = this.hub.lifetime().find(connectionId);
		if (connection == null || !(connection.session() instanceof PubSubSession session)
				|| !connection.isResumable()) {
			return null;
		}
		String token = session.reconnectionToken();
		return (token != null && isSame(token, reconnectionToken)) ? new Accepted(connection, session.subprotocol())
				: null;
	}

	private static boolean isSame(String expected, String actual) {
		return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8),
				actual.getBytes(StandardCharsets.UTF_8));
	}

}
