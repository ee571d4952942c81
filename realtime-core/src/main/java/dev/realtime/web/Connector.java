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

import java.security.Principal;

import dev.realtime.connection.ClientConnection;
import dev.realtime.event.ConnectRejectedException;
import dev.realtime.invocation.HubEndpoint;
import dev.realtime.protocol.HubHandshake;
import org.jspecify.annotations.Nullable;

/**
 * Asks a hub for a connection.
 */
final class Connector {

	private Connector() {
	}

	/**
	 * Ask a hub for a connection.
	 * @param endpoint the hub
	 * @param principal who the client is, if known
	 * @param handshake the request
	 * @return the connection
	 * @throws HttpAnswerException if the hub refuses it
	 */
	static ClientConnection connect(HubEndpoint endpoint, @Nullable Principal principal, HubHandshake handshake)
			throws HttpAnswerException {
		try {
			return endpoint.connect(principal, handshake);
		}
		catch (ConnectRejectedException ex) {
			throw new HttpAnswerException(HttpAnswer.refused(ex.getStatus(), ex.getText()));
		}
	}

}
