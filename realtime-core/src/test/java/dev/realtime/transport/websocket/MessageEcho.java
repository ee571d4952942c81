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

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.Principal;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.realtime.connection.ClientConnection;
import dev.realtime.connection.ConnectionHandler;
import dev.realtime.hub.HubOptions;
import dev.realtime.invocation.HubEndpoint;
import dev.realtime.protocol.CloseReason;
import dev.realtime.protocol.EncodedBody;
import dev.realtime.protocol.HubHandshake;
import dev.realtime.protocol.OutboundLimits;
import dev.realtime.protocol.OverflowStrategy;
import dev.realtime.protocol.TransferFormat;
import dev.realtime.protocol.WebSocketCompression;
import dev.realtime.transport.ConnectionRegistry;

/**
 * Sends back every message as it was.
 */
final class MessageEcho implements HubEndpoint, ConnectionHandler {

	private static final OutboundLimits LIMITS = new OutboundLimits(64 * 1024 * 1024, 100_000, Duration.ofSeconds(30),
			OverflowStrategy.TERMINATE);

	private final Map<ClientConnection, ByteArrayOutputStream> begun = new ConcurrentHashMap<>();

	@Override
	public String hub() {
		return "echo";
	}

	@Override
	public HubOptions options() {
		return HubOptions.builder("/echo").outbound(LIMITS).compression(new WebSocketCompression(0)).build();
	}

	@Override
	public ClientConnection connect(Principal principal, HubHandshake handshake) {
		return new ClientConnection(ConnectionRegistry.newToken(), "echo", this, LIMITS);
	}

	@Override
	public void onAttached(ClientConnection connection) {
		connection.open();
	}

	@Override
	public void onData(ClientConnection connection, ByteBuffer data) {
		byte[] bytes = new byte[data.remaining()];
		data.get(bytes);
		this.begun.get(connection).writeBytes(bytes);
	}

	@Override
	public boolean isMessageOriented() {
		return true;
	}

	@Override
	public void onMessageBegin(ClientConnection connection, TransferFormat format) {
		this.begun.put(connection, new ByteArrayOutputStream());
	}

	@Override
	public void onMessageEnd(ClientConnection connection, TransferFormat format) {
		byte[] message = this.begun.remove(connection).toByteArray();
		connection.send((format == TransferFormat.TEXT) ? EncodedBody.text(message) : EncodedBody.binary(message));
	}

	@Override
	public EncodedBody onClosing(ClientConnection connection, CloseReason reason) {
		return null;
	}

	@Override
	public void onClosed(ClientConnection connection, CloseReason reason, Throwable cause) {
		this.begun.remove(connection);
	}

	@Override
	public void onHeartbeat(ClientConnection connection, long nanoTime) {
	}

}
