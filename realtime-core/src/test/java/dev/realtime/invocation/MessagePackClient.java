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

package dev.realtime.invocation;

import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.realtime.connection.ClientConnection;
import dev.realtime.connection.Lane;
import dev.realtime.connection.TransportChannel;
import dev.realtime.protocol.CloseReason;
import dev.realtime.protocol.EncodedBody;
import dev.realtime.protocol.InboundBuffer;
import dev.realtime.protocol.InvocationBinder;
import dev.realtime.protocol.OutboundMessage;
import dev.realtime.protocol.TransferFormat;
import dev.realtime.protocol.TransportType;
import dev.realtime.protocol.signalr.HubMessage;
import dev.realtime.protocol.signalr.MessagePackHubProtocol;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.LinkedMultiValueMap;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client of a hub in the same process that speaks MessagePack. Calls of the server have
 * one argument.
 */
final class MessagePackClient implements TransportChannel, InvocationBinder {

	private static final MessagePackHubProtocol PROTOCOL = new MessagePackHubProtocol(JsonMapper.builder().build());

	private final BlockingQueue<EncodedBody> received = new LinkedBlockingQueue<>();

	private final TransportType type;

	private final ClientConnection connection;

	MessagePackClient(HubEndpoint endpoint, TransportType type) {
		var handshake = TestClient.handshake(new LinkedMultiValueMap<>(), new LinkedMultiValueMap<>());
		this.type = type;
		this.connection = endpoint.connect(null, handshake);
		assertThat(this.connection.attach(this, Lane.direct(), null, handshake)).isTrue();
	}

	MessagePackClient handshake() throws InterruptedException {
		send("{\"protocol\":\"messagepack\",\"version\":1}\u001e".getBytes(StandardCharsets.UTF_8));
		EncodedBody answer = nextBody();
		assertThat(answer.asText()).isEqualTo("{}\u001e");
		assertThat(answer.format()).isEqualTo(TransferFormat.BINARY);
		return this;
	}

	String id() {
		return this.connection.id();
	}

	void send(byte[] bytes) {
		this.connection.receive(ByteBuffer.wrap(bytes));
	}

	void send(HubMessage message) {
		send(PROTOCOL.encode(message).bytes());
	}

	EncodedBody nextBody() throws InterruptedException {
		EncodedBody body = this.received.poll(10, TimeUnit.SECONDS);
		assertThat(body).isNotNull();
		return body;
	}

	HubMessage next() throws InterruptedException {
		EncodedBody body = nextBody();
		assertThat(body.format()).isEqualTo(TransferFormat.BINARY);
		InboundBuffer buffer = new InboundBuffer();
		buffer.append(ByteBuffer.wrap(body.bytes()));
		HubMessage message = PROTOCOL.decode(buffer, this, Integer.MAX_VALUE);
		assertThat(buffer.remaining()).isZero();
		return message;
	}

	@Override
	public List<Type> parameterTypes(String target) {
		return Collections.nCopies(1, Object.class);
	}

	@Override
	public Type resultType(String invocationId) {
		return Object.class;
	}

	@Override
	public Type streamItemType(String streamId) {
		return Object.class;
	}

	@Override
	public TransportType type() {
		return this.type;
	}

	@Override
	public synchronized void drain() {
		do {
			List<OutboundMessage> batch = new ArrayList<>();
			this.connection.queue().take(batch, 65536, System.nanoTime());
			batch.forEach((message) -> this.received.add(message.body()));
			this.connection.queue().written();
			if (this.connection.queue().isFinished()) {
				this.connection.transportClosed(CloseReason.SERVER_CLOSED, null);
				return;
			}
		}
		while (this.connection.queue().release());
	}

	@Override
	public void abort() {
		this.connection.transportClosed(CloseReason.CLIENT_GONE, null);
	}

}
