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

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

import dev.realtime.connection.ClientConnection;
import dev.realtime.protocol.EncodedBody;
import dev.realtime.protocol.EncodedMessage;
import dev.realtime.protocol.HubHandshake;
import dev.realtime.protocol.OutboundLimits;
import dev.realtime.protocol.OutboundMessage;
import dev.realtime.protocol.WebSocketOptions;
import dev.realtime.web.EchoHandler;
import io.netty.buffer.Unpooled;

import org.springframework.util.LinkedMultiValueMap;

/**
 * A client of the engine without a network.
 */
final class EmbeddedClient {

	final EchoHandler hub = new EchoHandler();

	final EmbeddedSocket socket = new EmbeddedSocket();

	final ClientConnection connection;

	final NettyChannel channel;

	final EventLoopLane lane;

	EmbeddedClient() {
		this(null);
	}

	/**
	 * Create a client.
	 * @param lane the lane of another client, or {@code null} for its own
	 */
	EmbeddedClient(EventLoopLane lane) {
		this.lane = (lane != null) ? lane : new EventLoopLane(this.socket.eventLoop(), () -> true);
		this.connection = new ClientConnection("1", "chat", this.hub, OutboundLimits.DEFAULT);
		this.channel = new NettyChannel(this.connection, this.socket, this.lane, WebSocketOptions.DEFAULT);
	}

	EmbeddedClient open() {
		return open(new byte[0]);
	}

	EmbeddedClient open(byte[] leftOver) {
		open(this.socket, this.channel, leftOver);
		return this;
	}

	/**
	 * Open another socket for the connection.
	 */
	EmbeddedSocket openSecond() {
		EmbeddedSocket second = new EmbeddedSocket();
		open(second, new NettyChannel(this.connection, second, this.lane, WebSocketOptions.DEFAULT), new byte[0]);
		return second;
	}

	void open(EmbeddedSocket socket, NettyChannel channel, byte[] leftOver) {
		HubHandshake handshake = new HubHandshake(URI.create("/chat"), new LinkedMultiValueMap<>(),
				new LinkedMultiValueMap<>(), new LinkedMultiValueMap<>(), null, new ConcurrentHashMap<>());
		socket.open(new ConnectionChannelHandler(this.connection, channel, this.lane, null, handshake, false,
				Unpooled.wrappedBuffer(leftOver)));
	}

	static OutboundMessage broadcast(String text) {
		return new OutboundMessage(EncodedBody.text(text.getBytes(StandardCharsets.UTF_8)), null, true,
				EncodedMessage.NO_DEADLINE);
	}

	void send(String text) {
		this.connection.send(this.hub.body(text));
	}

	void receive(byte[]... pieces) {
		this.socket.receive(pieces);
	}

	List<String> sent() {
		return this.socket.sent();
	}

}
