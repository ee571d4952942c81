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

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Map;

import dev.realtime.connection.ClientConnection;
import dev.realtime.connection.Lane;
import dev.realtime.protocol.CloseReason;
import dev.realtime.protocol.HubHandshake;
import dev.realtime.protocol.TransferFormat;
import dev.realtime.transport.ReadPause;
import dev.realtime.transport.WriterPool;
import jakarta.websocket.Session;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PongMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.adapter.NativeWebSocketSession;
import org.springframework.web.socket.handler.AbstractWebSocketHandler;

/**
 * The receiving side of one WebSocket: hands on the payload of frames as it comes, text
 * or binary, in pieces of the container's buffer size (8 KB unless configured; a larger
 * message arrives in several pieces, and no buffer has to hold it whole).
 */
final class WebSocketConnectionHandler extends AbstractWebSocketHandler {

	private static final Log logger = LogFactory.getLog(WebSocketConnectionHandler.class);

	// how long a blocking send may take; Tomcat closes the session then
	private static final String TOMCAT_SEND_TIMEOUT = "org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT";

	// how long the answer to a close frame may take before the socket is dropped
	private static final String TOMCAT_CLOSE_TIMEOUT = "org.apache.tomcat.websocket.SESSION_CLOSE_TIMEOUT";

	private final ClientConnection connection;

	private final @Nullable Principal principal;

	private final HubHandshake handshake;

	private final WriterPool writers;

	private final long closeTimeoutMillis;

	// null unless attached
	private volatile @Nullable WebSocketChannel channel;

	WebSocketConnectionHandler(ClientConnection connection, @Nullable Principal principal, HubHandshake handshake,
			WriterPool writers, long closeTimeoutMillis) {
		this.connection = connection;
		this.principal = principal;
		this.handshake = handshake;
		this.writers = writers;
		this.closeTimeoutMillis = closeTimeoutMillis;
	}

	@Override
	public boolean supportsPartialMessages() {
		return true;
	}

	@Override
	public void afterConnectionEstablished(WebSocketSession session) throws Exception {
		Session nativeSession = ((NativeWebSocketSession) session).getNativeSession(Session.class);
		Assert.state(nativeSession != null, "No Jakarta WebSocket session");
		Map<String, Object> properties = nativeSession.getUserProperties();
		properties.put(TOMCAT_SEND_TIMEOUT, this.connection.queue().limits().sendTimeout().toMillis());
		properties.put(TOMCAT_CLOSE_TIMEOUT, this.closeTimeoutMillis);
		nativeSession.setMaxIdleTimeout(0);
		WebSocketChannel channel = new WebSocketChannel(this.connection, nativeSession, this.writers,
				this.closeTimeoutMillis);
		this.channel = channel;
		if (!attach(channel)) {
			this.channel = null;
			session.close(CloseStatus.POLICY_VIOLATION);
		}
	}

	private boolean attach(WebSocketChannel channel) {
		try {
			return this.connection.attach(channel, Lane.direct(), this.principal, this.handshake);
		}
		catch (Throwable ex) {
			logger.error("Failure to attach to " + this.connection, ex);
			this.connection.transportClosed(CloseReason.SERVER_ERROR, ex);
			return false;
		}
	}

	@Override
	protected void handleTextMessage(WebSocketSession session, TextMessage message) {
		receive(ByteBuffer.wrap(message.getPayload().getBytes(StandardCharsets.UTF_8)), message.isLast(),
				TransferFormat.TEXT);
	}

	@Override
	protected void handleBinaryMessage(WebSocketSession session, BinaryMessage message) {
		receive(message.getPayload(), message.isLast(), TransferFormat.BINARY);
	}

	@Override
	protected void handlePongMessage(WebSocketSession session, PongMessage message) {
		this.connection.heard();
	}

	private void receive(ByteBuffer data, boolean last, TransferFormat format) {
		WebSocketChannel channel = this.channel;
		if (channel != null) {
			try {
				channel.receive(data, last, format);
			}
			catch (Throwable ex) {
				logger.error("Failure to receive from " + this.connection, ex);
				this.connection.close(CloseReason.SERVER_ERROR, ex);
			}
			// the container reads on when this returns, and TCP stops the client
			ReadPause.await(this.connection);
			if (this.connection.isEnding()) {
				channel.awaitClose();
			}
		}
	}

	@Override
	public void handleTransportError(WebSocketSession session, Throwable exception) {
		WebSocketChannel channel = this.channel;
		if (channel != null) {
			channel.failed(exception);
		}
	}

	@Override
	public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
		WebSocketChannel channel = this.channel;
		if (channel != null) {
			channel.closed(status.getCode());
		}
	}

}
