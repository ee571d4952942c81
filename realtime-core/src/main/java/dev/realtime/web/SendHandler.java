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
import dev.realtime.connection.ConnectionState;
import dev.realtime.invocation.HubEndpoint;
import dev.realtime.protocol.TransportType;
import dev.realtime.transport.ConnectionRegistry;
import dev.realtime.transport.http.HttpTransports;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Receives what clients of the HTTP transports send: POST on the path of a hub.
 */
final class SendHandler implements HubRequestHandler {

	private final ConnectionFinder finder;

	private final ConnectionRegistry registry;

	private final HttpTransports transports;

	SendHandler(ConnectionRegistry registry, HttpTransports transports) {
		this.finder = new ConnectionFinder(registry);
		this.registry = registry;
		this.transports = transports;
	}

	@Override
	public void handle(HubEndpoint endpoint, HttpServletRequest request, HttpServletResponse response)
			throws HttpAnswerException, IOException {
		ClientConnection connection = this.finder.findLive(endpoint, request);
		if (this.registry.claimant(this.finder.requiredToken(request)) == TransportType.WEB_SOCKETS) {
			throw new HttpAnswerException(HttpAnswer.NO_POST);
		}
		if (!receive(request, connection)) {
			throw new HttpAnswerException(
					(connection.state() == ConnectionState.CLOSED) ? HttpAnswer.UNKNOWN_ID : HttpAnswer.BAD_REQUEST);
		}
		HttpAnswer.OK.writeTo(response);
	}

	private boolean receive(HttpServletRequest request, ClientConnection connection) throws HttpAnswerException {
		try {
			return this.transports.receive(request, connection);
		}
		catch (IOException ex) {
			throw new HttpAnswerException(HttpAnswer.BAD_REQUEST);
		}
	}

}
