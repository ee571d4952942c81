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

package dev.realtime.transport.websocket;

import java.io.IOException;
import java.security.Principal;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;

import dev.realtime.connection.ClientConnection;
import dev.realtime.protocol.HubHandshake;
import dev.realtime.protocol.SubProtocolSelector;
import dev.realtime.protocol.WebSocketOptions;
import dev.realtime.transport.SubProtocolHandshakeHandler;
import dev.realtime.transport.UpgradeRequest;
import dev.realtime.transport.WebSocketEngine;
import dev.realtime.transport.WriterPool;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.web.socket.WebSocketHttpHeaders;
import org.springframework.web.socket.server.HandshakeHandler;
import org.springframework.web.socket.server.RequestUpgradeStrategy;
import org.springframework.web.socket.server.standard.StandardWebSocketUpgradeStrategy;
import org.springframework.web.socket.server.support.DefaultHandshakeHandler;

/**
 * The portable engine: Jakarta WebSocket as the servlet container offers it.
 *
 * @since 0.1.0
 */
public final class ServletWebSocketEngine implements WebSocketEngine {

	private final RequestUpgradeStrategy upgradeStrategy = new StandardWebSocketUpgradeStrategy();

	private final HandshakeHandler handshakeHandler = new DefaultHandshakeHandler(this.upgradeStrategy);

	private final WriterPool writers;

	/**
	 * Create an engine.
	 * @param writers the threads it writes on
	 */
	public ServletWebSocketEngine(WriterPool writers) {
		this.writers = writers;
	}

	@Override
	public boolean upgrade(HttpServletRequest request, HttpServletResponse response, ClientConnection connection,
			@Nullable Principal principal, HubHandshake handshake, WebSocketOptions options) throws IOException {
		WebSocketConnectionHandler handler = new WebSocketConnectionHandler(connection, principal, handshake,
				this.writers, options.closeTimeout().toMillis());
		ServletServerHttpResponse httpResponse = new ServletServerHttpResponse(response);
		HttpServletRequest visible = (options.compression() != null) ? request : new WithoutExtensions(request);
		boolean upgraded = handshakeHandler(options.subProtocolSelector()).doHandshake(new UpgradeRequest(visible),
				httpResponse, handler, new HashMap<>());
		httpResponse.close();
		return upgraded && response.getStatus() < HttpServletResponse.SC_BAD_REQUEST;
	}

	private HandshakeHandler handshakeHandler(@Nullable SubProtocolSelector selector) {
		return (selector != null) ? new SubProtocolHandshakeHandler(this.upgradeStrategy, selector)
				: this.handshakeHandler;
	}

	/**
	 * Hides the extensions a client offers, in other words compression: browsers always
	 * offer it, and in the container it costs each connection some 300 KB of native
	 * memory.
	 */
	private static final class WithoutExtensions extends HttpServletRequestWrapper {

		WithoutExtensions(HttpServletRequest request) {
			super(request);
		}

		@Override
		public @Nullable String getHeader(String name) {
			return isHidden(name) ? null : super.getHeader(name);
		}

		@Override
		public Enumeration<String> getHeaders(String name) {
			return isHidden(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
		}

		private static boolean isHidden(String name) {
			return WebSocketHttpHeaders.SEC_WEBSOCKET_EXTENSIONS.equalsIgnoreCase(name);
		}

	}

}
