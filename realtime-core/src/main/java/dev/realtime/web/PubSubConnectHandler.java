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

package dev.realtime.web;

import java.io.IOException;
import java.security.Principal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.realtime.event.ConnectRejectedException;
import dev.realtime.invocation.PubSubConnectRequest;
import dev.realtime.invocation.PubSubConnectRequest.PublishMode;
import dev.realtime.invocation.PubSubEndpoint;
import dev.realtime.invocation.PubSubEndpoint.Accepted;
import dev.realtime.invocation.support.ClientPrincipal;
import dev.realtime.observation.HubObservations;
import dev.realtime.protocol.CloseReason;
import dev.realtime.protocol.HubHandshake;
import dev.realtime.protocol.TransportType;
import dev.realtime.protocol.WebSocketOptions;
import dev.realtime.protocol.webpubsub.PubSubNames;
import dev.realtime.transport.Admission;
import dev.realtime.transport.ConnectionRegistry;
import dev.realtime.transport.WebSocketEngine;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;
import org.springframework.web.socket.WebSocketHttpHeaders;

/**
 * Connects Web PubSub clients: WebSocket upgrades on {@code /client} (Web PubSub, client
 * endpoint). They are authenticated here, by their access tokens.
 */
final class PubSubConnectHandler {

	private static final Log logger = LogFactory.getLog(PubSubConnectHandler.class);

	private static final String CONNECTION_ID = "awps_connection_id";

	private static final String MODE = "webpubsub_mode";

	private static final Duration REFUSAL_TIMEOUT = Duration.ofSeconds(2);

	private static final WebSocketOptions REFUSAL_OPTIONS = new WebSocketOptions(null, REFUSAL_TIMEOUT, null);

	private final PubSubHubs hubs;

	private final @Nullable AccessTokens tokens;

	private final ConnectionRegistry registry;

	private final Door door;

	private final WebSocketEngine webSockets;

	private final ConnectObserver observer;

	PubSubConnectHandler(PubSubHubs hubs, @Nullable AccessTokens tokens, ConnectionRegistry registry,
			WebSocketEngine webSockets, ConnectObserver observer) {
		this.hubs = hubs;
		this.tokens = tokens;
		this.registry = registry;
		this.door = new Door(registry, HttpAnswer.TOO_MANY_PUB_SUB_CONNECTIONS);
		this.webSockets = webSockets;
		this.observer = observer;
	}

	/**
	 * Handle a request.
	 * @param hub the name of the hub as the client wrote it, or {@code null} if there is
	 * none
	 * @param request the request
	 * @param response its response
	 * @throws HttpAnswerException if the client is refused
	 * @throws IOException if the response cannot be written
	 */
	void handle(@Nullable String hub, HttpServletRequest request, HttpServletResponse response)
			throws HttpAnswerException, IOException {
		if (!ConnectHandler.isUpgrade(request)) {
			throw new HttpAnswerException(new HttpAnswer(400, "WebSocket upgrade required"));
		}
		if (hub == null || !PubSubHubs.isName(hub)) {
			throw new HttpAnswerException(new HttpAnswer(400, "Invalid hub name"));
		}
		QueryString query = new QueryString(request.getQueryString());
		String connectionId = query.first(CONNECTION_ID);
		if (connectionId != null) {
			recover(hub, connectionId, query, request, response);
			return;
		}
		PubSubEndpoint known = this.hubs.find(hub, false);
		this.observer.observe((known != null) ? known.observedName() : HubObservations.UNDECLARED_HUB, request,
				response, () -> connect(hub, query, request, response));
	}

	private boolean connect(String hub, QueryString query, HttpServletRequest request, HttpServletResponse response)
			throws HttpAnswerException, IOException {
		ClientAccessToken token = authenticate(hub, request);
		PubSubEndpoint endpoint = this.hubs.find(hub, token != null);
		if (token == null && (endpoint == null || !endpoint.options().webPubSub().allowAnonymous())) {
			throw new HttpAnswerException(new HttpAnswer(401, "Access token required"));
		}
		if (endpoint == null) {
			throw new HttpAnswerException(new HttpAnswer(404, "No hub with that name"));
		}
		return connect(endpoint, describe(endpoint, token, query, request), request, response);
	}

	private @Nullable ClientAccessToken authenticate(String hub, HttpServletRequest request)
			throws HttpAnswerException {
		String token = AccessTokens.clientToken(request);
		if (token == null) {
			return null;
		}
		try {
			if (this.tokens != null) {
				return this.tokens.verifyClient(token, hub, request);
			}
		}
		catch (InvalidAccessTokenException ex) {
			logger.debug("Refused a client of hub '" + hub + "': " + ex.getMessage());
		}
		throw new HttpAnswerException(new HttpAnswer(401, "Invalid access token"));
	}

	private static PubSubConnectRequest describe(PubSubEndpoint endpoint, @Nullable ClientAccessToken token,
			QueryString query, HttpServletRequest request) throws HttpAnswerException {
		List<String> subprotocols = subprotocols(request);
		boolean mayBePlain = subprotocols.isEmpty() || !subprotocols.stream().allMatch(endpoint::speaks);
		PublishMode publish = mayBePlain ? publishMode(query) : null;
		if (token == null) {
			return new PubSubConnectRequest(null, null, Set.of(), Set.of(), Map.of(), subprotocols, publish);
		}
		if (!token.groups().stream().allMatch(PubSubNames::isGroup)) {
			throw new HttpAnswerException(new HttpAnswer(400, "Invalid group name"));
		}
		Set<String> roles = new LinkedHashSet<>(token.roles());
		String userId = StringUtils.hasText(token.userId()) ? token.userId() : null;
		Principal principal = (userId != null) ? new ClientPrincipal(userId, roles) : null;
		return new PubSubConnectRequest(userId, principal, new LinkedHashSet<>(token.groups()), roles, token.claims(),
				subprotocols, publish);
	}

	private static List<String> subprotocols(HttpServletRequest request) {
		List<String> subprotocols = new ArrayList<>();
		for (String line : Collections.list(request.getHeaders(WebSocketHttpHeaders.SEC_WEBSOCKET_PROTOCOL))) {
			Collections.addAll(subprotocols, StringUtils.tokenizeToStringArray(line, ","));
		}
		return subprotocols;
	}

	private static @Nullable PublishMode publishMode(QueryString query) throws HttpAnswerException {
		String mode = query.last(MODE);
		if (mode == null || mode.equalsIgnoreCase("sendEvent")) {
			return null;
		}
		String group = query.last("group");
		String noEcho = query.last("noEcho");
		if (!mode.equalsIgnoreCase("sendToGroup") || group == null || !PubSubNames.isGroup(group)
				|| !(noEcho == null || noEcho.equalsIgnoreCase("true") || noEcho.equalsIgnoreCase("false"))) {
			throw new HttpAnswerException(new HttpAnswer(400, "Invalid " + MODE));
		}
		return new PublishMode(group, Boolean.parseBoolean(noEcho));
	}

	private static HubHandshake copyOf(HttpServletRequest request) {
		return HandshakeRequests.copyOf(request, HandshakeRequests.PUB_SUB_SECRETS);
	}

	private boolean connect(PubSubEndpoint endpoint, PubSubConnectRequest client, HttpServletRequest request,
			HttpServletResponse response) throws HttpAnswerException, IOException {
		HubHandshake handshake = copyOf(request);
		Accepted accepted = accept(endpoint, client, handshake);
		return open(endpoint.options().webSockets(), accepted, handshake, request, response);
	}

	private Accepted accept(PubSubEndpoint endpoint, PubSubConnectRequest client, HubHandshake handshake)
			throws HttpAnswerException {
		try (Admission admission = this.door.enter(endpoint.hub(), handshake)) {
			Accepted accepted = endpoint.connect(client, handshake);
			String token = ConnectionRegistry.newToken();
			this.door.register(token, accepted.connection(), endpoint.options(), accepted.connection().principal(),
					admission);
			this.registry.claim(token, TransportType.WEB_SOCKETS);
			if (this.registry.isRefusing()) {
				accepted.connection().close(CloseReason.CLIENT_GONE, null);
				throw new HttpAnswerException(HttpAnswer.GOING_AWAY);
			}
			return accepted;
		}
		catch (ConnectRejectedException ex) {
			throw new HttpAnswerException(HttpAnswer.refused(ex.getStatus(), ex.getText()));
		}
	}

	private void recover(String hub, String connectionId, QueryString query, HttpServletRequest request,
			HttpServletResponse response) throws HttpAnswerException, IOException {
		PubSubEndpoint endpoint = this.hubs.find(hub, false);
		String token = query.first(QueryString.RECONNECTION_TOKEN);
		Accepted recovered = (endpoint != null) ? endpoint.recover(connectionId, (token != null) ? token : "") : null;
		if (endpoint == null || recovered == null) {
			refuseRecovery((endpoint != null) ? endpoint.hub() : HubObservations.UNDECLARED_HUB, request, response);
			return;
		}
		upgrade(endpoint.options().webSockets(), recovered, copyOf(request), request, response);
	}

	// whoever comes back is told in a close frame that it may not, also while clients are
	// refused: it takes an HTTP error for a reason to try again
	private void refuseRecovery(String hub, HttpServletRequest request, HttpServletResponse response)
			throws HttpAnswerException, IOException {
		List<String> subprotocols = subprotocols(request);
		HubHandshake handshake = copyOf(request);
		Accepted refused = new Accepted(PubSubEndpoint.refuseRecovery(hub),
				subprotocols.isEmpty() ? null : subprotocols.get(0));
		try (Admission admission = this.door.admit(hub, handshake)) {
			this.door.register(ConnectionRegistry.newToken(), refused.connection(), REFUSAL_TIMEOUT, null, admission);
		}
		open(REFUSAL_OPTIONS, refused, handshake, request, response);
	}

	// a new connection, which ends if it cannot be opened
	private boolean open(WebSocketOptions options, Accepted accepted, HubHandshake handshake,
			HttpServletRequest request, HttpServletResponse response) throws HttpAnswerException, IOException {
		boolean upgraded = false;
		try {
			upgraded = upgrade(options, accepted, handshake, request, response);
		}
		finally {
			if (!upgraded) {
				accepted.connection().close(CloseReason.CLIENT_GONE, null);
			}
		}
		return upgraded;
	}

	private boolean upgrade(WebSocketOptions options, Accepted accepted, HubHandshake handshake,
			HttpServletRequest request, HttpServletResponse response) throws IOException {
		WebSocketOptions selecting = new WebSocketOptions(options.compression(), options.closeTimeout(),
				(requested) -> accepted.subprotocol());
		return this.webSockets.upgrade(request, response, accepted.connection(), accepted.connection().principal(),
				handshake, selecting);
	}

}
