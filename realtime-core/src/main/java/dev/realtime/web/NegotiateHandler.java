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

import dev.realtime.connection.ClientConnection;
import dev.realtime.hub.HubOptions;
import dev.realtime.hub.NegotiateRedirector;
import dev.realtime.hub.NegotiateRedirector.Redirect;
import dev.realtime.invocation.HubEndpoint;
import dev.realtime.observation.ConnectObservationContext;
import dev.realtime.observation.HubOutcome;
import dev.realtime.protocol.HubHandshake;
import dev.realtime.protocol.signalr.NegotiateProtocol;
import dev.realtime.transport.ConnectionRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.MediaType;

/**
 * Negotiates: creates a connection and tells the client its id, its token and what it may
 * connect with (SignalR transport protocols, "POST [endpoint-base]/negotiate request").
 */
final class NegotiateHandler implements HubRequestHandler {

	private static final String VERSION = "negotiateVersion";

	private static final String STATEFUL_RECONNECT = "useStatefulReconnect";

	private final Connector connector;

	private final NegotiateRedirector redirector;

	private final ConnectObserver observer;

	NegotiateHandler(ConnectionRegistry registry, NegotiateRedirector redirector, ConnectObserver observer) {
		this.connector = new Connector(registry);
		this.redirector = redirector;
		this.observer = observer;
	}

	@Override
	public void handle(HubEndpoint endpoint, HttpServletRequest request, HttpServletResponse response)
			throws HttpAnswerException, IOException {
		byte[] answer = this.observer.observe(endpoint.hub(), ConnectObserver.NEGOTIATE, request,
				(context) -> answer(endpoint, request, context));
		response.setContentType(MediaType.APPLICATION_JSON_VALUE);
		response.setContentLength(answer.length);
		response.getOutputStream().write(answer);
	}

	private byte[] answer(HubEndpoint endpoint, HttpServletRequest request, ConnectObservationContext context)
			throws HttpAnswerException {
		QueryString query = new QueryString(request.getQueryString());
		String requested = query.first(VERSION);
		int version;
		try {
			version = (requested != null && !requested.isEmpty()) ? Integer.parseInt(requested.trim()) : 0;
		}
		catch (NumberFormatException ex) {
			context.answered(HubOutcome.REFUSED, context.getStatus());
			return NegotiateProtocol.error(NegotiateProtocol.NON_INTEGER_VERSION);
		}
		if (version < endpoint.options().minimumProtocolVersion()) {
			context.answered(HubOutcome.REFUSED, context.getStatus());
			return NegotiateProtocol.error(NegotiateProtocol.versionNotSupported(version));
		}
		return connect(endpoint, request, version, query);
	}

	private byte[] connect(HubEndpoint endpoint, HttpServletRequest request, int version, QueryString query)
			throws HttpAnswerException {
		HubHandshake handshake = HandshakeRequests.copyOf(request);
		Redirect redirect = this.redirector.redirect(endpoint.hub(), request.getUserPrincipal(), handshake);
		if (redirect != null) {
			return NegotiateProtocol.redirect(redirect.url().toString(), redirect.accessToken());
		}
		String token = (version == 0) ? null : ConnectionRegistry.newToken();
		ClientConnection connection = this.connector.connect(endpoint, request, handshake, token);
		HubOptions options = endpoint.options();
		boolean reconnects = token != null && options.statefulReconnectBufferSize() > 0
				&& "true".equalsIgnoreCase(query.first(STATEFUL_RECONNECT));
		if (reconnects) {
			connection.agreeOnResume();
		}
		return (token != null) ? NegotiateProtocol.version1(connection.id(), token, reconnects, options.transports())
				: NegotiateProtocol.version0(connection.id(), false, options.transports());
	}

}
