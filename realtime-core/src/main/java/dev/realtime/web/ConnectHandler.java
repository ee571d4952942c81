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
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import dev.realtime.connection.ClientConnection;
import dev.realtime.hub.HubOptions;
import dev.realtime.invocation.HubEndpoint;
import dev.realtime.protocol.CloseReason;
import dev.realtime.protocol.HubHandshake;
import dev.realtime.protocol.TransportType;
import dev.realtime.transport.ConnectionRegistry;
import dev.realtime.transport.WebSocketEngine;
import dev.realtime.transport.http.HttpTransports;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.util.StringUtils;

/**
 * Connects transports: GET on the path of a hub.
 */
final class ConnectHandler implements HubRequestHandler {

	private final ConnectionFinder finder;

	private final ConnectionRegistry registry;

	private final Connector connector;

	private final WebSocketEngine webSockets;

	private final HttpTransports transports;

	private final OriginCheck originCheck;

	private final ConnectObserver observer;

	ConnectHandler(ConnectionRegistry registry, WebSocketEngine webSockets, HttpTransports transports,
			OriginCheck originCheck, ConnectObserver observer) {
		this.finder = new ConnectionFinder(registry);
		this.registry = registry;
		this.connector = new Connector(registry);
		this.webSockets = webSockets;
		this.transports = transports;
		this.originCheck = originCheck;
		this.observer = observer;
	}

	@Override
	public void handle(HubEndpoint endpoint, HttpServletRequest request, HttpServletResponse response)
			throws HttpAnswerException, IOException {
		if (isUpgrade(request)) {
			upgrade(endpoint, request, response);
		}
		else if (accepts(request, MediaType.TEXT_EVENT_STREAM_VALUE)) {
			streamEvents(endpoint, request, response);
		}
		else {
			poll(endpoint, request, response);
		}
	}

	private void upgrade(HubEndpoint endpoint, HttpServletRequest request, HttpServletResponse response)
			throws HttpAnswerException, IOException {
		Principal principal = request.getUserPrincipal();
		String token = ConnectionFinder.token(request);
		if (token == null) {
			this.observer.observe(endpoint.hub(), request, response,
					() -> connectAndUpgrade(endpoint, request, response));
			return;
		}
		this.originCheck.check(request);
		ClientConnection connection = this.finder.findLive(endpoint, request);
		if (connection.isResumable()) {
			this.webSockets.upgrade(request, response, connection, principal, HandshakeRequests.copyOf(request),
					endpoint.options().webSockets());
			return;
		}
		claim(endpoint, token, TransportType.WEB_SOCKETS);
		boolean upgraded = false;
		try {
			upgraded = this.webSockets.upgrade(request, response, connection, principal,
					HandshakeRequests.copyOf(request), endpoint.options().webSockets());
		}
		finally {
			if (!upgraded) {
				this.registry.unclaim(token);
			}
		}
	}

	private boolean connectAndUpgrade(HubEndpoint endpoint, HttpServletRequest request, HttpServletResponse response)
			throws HttpAnswerException, IOException {
		this.originCheck.check(request);
		checkEnabled(endpoint, TransportType.WEB_SOCKETS);
		HubHandshake handshake = HandshakeRequests.copyOf(request);
		String token = ConnectionRegistry.newToken();
		ClientConnection connection = this.connector.connect(endpoint, request, handshake, token);
		boolean upgraded = false;
		try {
			claim(endpoint, token, TransportType.WEB_SOCKETS);
			upgraded = this.webSockets.upgrade(request, response, connection, request.getUserPrincipal(), handshake,
					endpoint.options().webSockets());
		}
		finally {
			if (!upgraded) {
				connection.close(CloseReason.CLIENT_GONE, null);
			}
		}
		return upgraded;
	}

	private void streamEvents(HubEndpoint endpoint, HttpServletRequest request, HttpServletResponse response)
			throws HttpAnswerException {
		ClientConnection connection = this.finder.findLive(endpoint, request);
		claim(endpoint, this.finder.requiredToken(request), TransportType.SERVER_SENT_EVENTS);
		if (!this.transports.streamEvents(request, response, connection, request.getUserPrincipal(),
				HandshakeRequests.copyOf(request))) {
			throw new HttpAnswerException(HttpAnswer.UNKNOWN_ID);
		}
	}

	private void poll(HubEndpoint endpoint, HttpServletRequest request, HttpServletResponse response)
			throws HttpAnswerException {
		ClientConnection connection = this.finder.find(endpoint, request);
		checkEnabled(endpoint, TransportType.LONG_POLLING);
		if (this.transports.poll(request, response, connection, request.getUserPrincipal())) {
			return;
		}
		String token = this.finder.requiredToken(request);
		claim(endpoint, token, TransportType.LONG_POLLING);
		HubOptions options = endpoint.options();
		if (!this.transports.startPolling(request, response, token, connection, request.getUserPrincipal(),
				HandshakeRequests.copyOf(request), options.pollTimeout(), options.disconnectTimeout())) {
			throw new HttpAnswerException(HttpAnswer.UNKNOWN_ID);
		}
	}

	private void claim(HubEndpoint endpoint, String token, TransportType transport) throws HttpAnswerException {
		checkEnabled(endpoint, transport);
		TransportType first = this.registry.claim(token, transport);
		if (first != null) {
			throw new HttpAnswerException((first == transport) ? HttpAnswer.CONFLICT : HttpAnswer.TRANSPORT_CHANGED);
		}
		if (this.registry.isRefusing()) {
			this.registry.unclaim(token);
			throw new HttpAnswerException(HttpAnswer.GOING_AWAY);
		}
	}

	private static void checkEnabled(HubEndpoint endpoint, TransportType transport) throws HttpAnswerException {
		if (!endpoint.options().transports().contains(transport)) {
			throw new HttpAnswerException(
					new HttpAnswer(404, transport.wireName() + " transport not supported by this end point type"));
		}
	}

	static boolean isUpgrade(HttpServletRequest request) {
		return "websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE))
				&& contains(request, HttpHeaders.CONNECTION, "upgrade");
	}

	private static boolean accepts(HttpServletRequest request, String mediaType) {
		return contains(request, HttpHeaders.ACCEPT, mediaType);
	}

	private static boolean contains(HttpServletRequest request, String header, String value) {
		List<String> lines = Collections.list(request.getHeaders(header));
		for (String line : lines) {
			Set<String> elements = StringUtils.commaDelimitedListToSet(line.toLowerCase(Locale.ROOT));
			if (elements.stream().anyMatch((element) -> value.equals(withoutParameters(element)))) {
				return true;
			}
		}
		return false;
	}

	private static String withoutParameters(String element) {
		int semicolon = element.indexOf(';');
		return ((semicolon != -1) ? element.substring(0, semicolon) : element).trim();
	}

}
