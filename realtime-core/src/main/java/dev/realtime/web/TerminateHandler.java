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
import dev.realtime.invocation.HubEndpoint;
import dev.realtime.transport.ConnectionRegistry;
import dev.realtime.transport.http.HttpTransports;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Ends the connections of long polling clients: DELETE on the path of a hub.
 */
final class TerminateHandler implements HubRequestHandler {

	private final ConnectionFinder finder;

	private final HttpTransports transports;

	TerminateHandler(ConnectionRegistry registry, HttpTransports transports) {
		this.finder = new ConnectionFinder(registry);
		this.transports = transports;
	}

	@Override
	public void handle(HubEndpoint endpoint, HttpServletRequest request, HttpServletResponse response)
			throws HttpAnswerException, IOException {
		// also one that the server has ended: old clients fail if it is unknown already
		ClientConnection connection = this.finder.find(endpoint, request);
		if (!this.transports.isPolling(connection)) {
			throw new HttpAnswerException(HttpAnswer.NO_DELETE);
		}
		if (!this.transports.terminate(connection)) {
			throw new HttpAnswerException(HttpAnswer.UNKNOWN_ID);
		}
		HttpAnswer.ACCEPTED.writeTo(response);
	}

}
