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

package dev.realtime.transport.netty;

import java.io.IOException;
import java.security.Principal;
import java.util.HashMap;
import java.util.Map;

import dev.realtime.connection.ClientConnection;
import dev.realtime.protocol.HubHandshake;
import dev.realtime.protocol.SubProtocolSelector;
import dev.realtime.protocol.WebSocketOptions;
import dev.realtime.transport.SubProtocolHandshakeHandler;
import dev.realtime.transport.UpgradeRequest;
import dev.realtime.transport.WebSocketEngine;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.util.Assert;
import org.springframework.web.socket.WebSocketHttpHeaders;
import org.springframework.web.socket.handler.AbstractWebSocketHandler;
import org.springframework.web.socket.server.HandshakeHandler;
import org.springframework.web.socket.server.support.DefaultHandshakeHandler;

/**
 * The fast engine: after the handshake the socket leaves the servlet container for an
 * event loop of Netty. Requests whose socket cannot leave are passed on to another
 * engine.
 *
 * @since 0.1.0
 */
public final class NettyWebSocketEngine implements WebSocketEngine, AutoCloseable {

	private final SocketTakeover takeover;

	private final WebSocketEngine fallback;

	private final EventLoops loops;

	private final TakeoverUpgradeStrategy upgradeStrategy;

	private final HandshakeHandler handshakeHandler;

	/**
	 * Create an engine with as many event loops as there are processors.
	 * @param takeover takes the sockets from the container
	 * @param fallback serves requests whose socket cannot be taken over
	 */
	public NettyWebSocketEngine(SocketTakeover takeover, WebSocketEngine fallback) {
		Assert.notNull(takeover, "'takeover' must not be null");
		Assert.notNull(fallback, "'fallback' must not be null");
		this.takeover = takeover;
		this.fallback = fallback;
		this.loops = new EventLoops(Runtime.getRuntime().availableProcessors());
		this.upgradeStrategy = new TakeoverUpgradeStrategy(takeover);
		this.handshakeHandler = new DefaultHandshakeHandler(this.upgradeStrategy);
	}

	@Override
	public boolean upgrade(HttpServletRequest request, HttpServletResponse response, ClientConnection connection,
			@Nullable Principal principal, HubHandshake handshake, WebSocketOptions options) throws IOException {
		if (this.takeover.refusal(request) != null) {
			return this.fallback.upgrade(request, response, connection, principal, handshake, options);
		}
		boolean compressed = options.compression() != null
				&& PerMessageDeflate.isOffered(request.getHeaders(WebSocketHttpHeaders.SEC_WEBSOCKET_EXTENSIONS));
		UpgradedSocket socket = new UpgradedSocket(this.loops.of(connection.lane()), connection, principal, handshake,
				compressed ? options : options.withCompression(null));
		Map<String, Object> attributes = new HashMap<>();
		attributes.put(TakeoverUpgradeStrategy.SOCKET, socket);
		ServletServerHttpResponse httpResponse = new ServletServerHttpResponse(response);
		boolean upgraded = handshakeHandler(options.subProtocolSelector()).doHandshake(new UpgradeRequest(request),
				httpResponse, NoHandler.INSTANCE, attributes);
		httpResponse.close();
		return upgraded && response.getStatus() == HttpServletResponse.SC_SWITCHING_PROTOCOLS;
	}

	private HandshakeHandler handshakeHandler(@Nullable SubProtocolSelector selector) {
		return (selector != null) ? new SubProtocolHandshakeHandler(this.upgradeStrategy, selector)
				: this.handshakeHandler;
	}

	/**
	 * End the event loops. Connections that are open still are dropped.
	 */
	@Override
	public void close() {
		this.loops.close();
	}

	/**
	 * What Spring's handshake wants to see, and the upgrade does not need.
	 */
	private static final class NoHandler extends AbstractWebSocketHandler {

		static final NoHandler INSTANCE = new NoHandler();

	}

}
