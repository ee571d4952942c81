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

package dev.realtime.lifetime;

import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.realtime.connection.ClientConnection;
import dev.realtime.connection.ConnectionHandler;
import dev.realtime.connection.Lane;
import dev.realtime.connection.TransportChannel;
import dev.realtime.protocol.ClientProtocol;
import dev.realtime.protocol.CloseReason;
import dev.realtime.protocol.EncodedBody;
import dev.realtime.protocol.HubHandshake;
import dev.realtime.protocol.OutboundLimits;
import dev.realtime.protocol.OutboundMessage;
import dev.realtime.protocol.OverflowStrategy;
import dev.realtime.protocol.TransferFormat;
import dev.realtime.protocol.TransportType;
import org.jspecify.annotations.Nullable;

import org.springframework.util.LinkedMultiValueMap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A real connection whose transport drains into a list.
 */
final class TestClient implements TransportChannel, ConnectionHandler {

	private static final OutboundLimits LIMITS = new OutboundLimits(Long.MAX_VALUE, Integer.MAX_VALUE,
			OutboundLimits.DEFAULT.sendTimeout(), OverflowStrategy.TERMINATE);

	private final HubLifetimeManager manager;

	private final ClientConnection connection;

	private final List<String> received = new ArrayList<>();

	private final List<TransferFormat> formats = new ArrayList<>();

	private volatile @Nullable CloseReason closed;

	private volatile boolean stalled;

	private TestClient(HubLifetimeManager manager, String id, @Nullable String user, ClientProtocol protocol, Lane lane,
			OutboundLimits limits) {
		this.manager = manager;
		this.connection = new ClientConnection(id, manager.hub(), this, limits);
		this.connection.userId(user);
		this.connection.attach(this, lane, null, new HubHandshake(URI.create("/hub"), new LinkedMultiValueMap<>(),
				new LinkedMultiValueMap<>(), new LinkedMultiValueMap<>(), null, Map.of()));
		this.connection.protocol(protocol);
	}

	static TestClient connect(HubLifetimeManager manager, String id, @Nullable String user, ClientProtocol protocol,
			Lane lane) {
		return connect(manager, id, user, protocol, lane, LIMITS);
	}

	static TestClient connect(HubLifetimeManager manager, String id, @Nullable String user, ClientProtocol protocol,
			Lane lane, OutboundLimits limits) {
		TestClient client = new TestClient(manager, id, user, protocol, lane, limits);
		client.connection.open();
		manager.register(client.connection).join();
		return client;
	}

	ClientConnection connection() {
		return this.connection;
	}

	String id() {
		return this.connection.id();
	}

	boolean join(String group) {
		return this.manager.join(this.connection, group);
	}

	boolean leave(String group) {
		return this.manager.leave(this.connection, group);
	}

	/**
	 * End the transport.
	 */
	void disconnect() {
		this.connection.transportClosed(CloseReason.CLIENT_GONE, null);
	}

	/**
	 * Write nothing from now on.
	 */
	void stall() {
		this.stalled = true;
	}

	/**
	 * Write again, beginning with what waits. Only without other drainers.
	 */
	void resume() {
		this.stalled = false;
		drain();
	}

	List<String> received() {
		synchronized (this.received) {
			return List.copyOf(this.received);
		}
	}

	List<TransferFormat> formats() {
		synchronized (this.received) {
			return List.copyOf(this.formats);
		}
	}

	void assertReceived(String... messages) {
		await().pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(2))
			.untilAsserted(() -> assertThat(received()).containsExactly(messages));
	}

	/**
	 * Return the id of the question that was received last.
	 */
	String awaitQuestion(String question) {
		return await().pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(2))
			.until(() -> received().stream()
				.filter((message) -> message.endsWith(" " + question))
				.map((message) -> message.substring(0, message.indexOf(' ')))
				.reduce((first, second) -> second), Optional::isPresent)
			.orElseThrow();
	}

	@Nullable CloseReason closed() {
		return this.closed;
	}

	@Override
	public TransportType type() {
		return TransportType.WEB_SOCKETS;
	}

	@Override
	public void drain() {
		if (this.stalled) {
			return;
		}
		List<OutboundMessage> batch = new ArrayList<>();
		do {
			batch.clear();
			this.connection.queue().take(batch, Integer.MAX_VALUE, System.nanoTime());
			synchronized (this.received) {
				batch.forEach((message) -> {
					this.received.add(message.body().asText());
					this.formats.add(message.body().format());
				});
			}
			this.connection.queue().written();
			if (this.connection.queue().isFinished()) {
				disconnect();
				return;
			}
		}
		while (this.connection.queue().release());
	}

	@Override
	public void abort() {
		this.connection.transportClosed(CloseReason.CLIENT_GONE, null);
	}

	@Override
	public void onAttached(ClientConnection connection) {
	}

	@Override
	public void onData(ClientConnection connection, ByteBuffer data) {
	}

	@Override
	public @Nullable EncodedBody onClosing(ClientConnection connection, CloseReason reason) {
		return null;
	}

	@Override
	public void onClosed(ClientConnection connection, CloseReason reason, @Nullable Throwable cause) {
		this.closed = reason;
		this.manager.unregister(connection);
	}

	@Override
	public void onHeartbeat(ClientConnection connection, long nanoTime) {
	}

}
