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

package dev.realtime.transport;

import java.io.IOException;
import java.security.Principal;

import dev.realtime.connection.ClientConnection;
import dev.realtime.protocol.HubHandshake;
import dev.realtime.protocol.WebSocketOptions;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * Turns an HTTP request into a WebSocket that carries a connection. Nothing above knows
 * which engine does it.
 *
 * @since 0.1.0
 */
public interface WebSocketEngine {

	/**
	 * Answer an upgrade request. Called on the thread of the request.
	 * @param request the request, a WebSocket upgrade whose origin is allowed
	 * @param response the response, not committed
	 * @param connection the connection, which the engine attaches to once the WebSocket
	 * is open
	 * @param principal who the client is, if known
	 * @param handshake the copy of the request
	 * @param options how the WebSocket is opened and closed
	 * @return {@code false} if the request was not a valid upgrade, so that it was
	 * answered with an error status and the connection was not touched
	 * @throws IOException if the answer cannot be written
	 */
	boolean upgrade(HttpServletRequest request, HttpServletResponse response, ClientConnection connection,
			@Nullable Principal principal, HubHandshake handshake, WebSocketOptions options) throws IOException;

}
