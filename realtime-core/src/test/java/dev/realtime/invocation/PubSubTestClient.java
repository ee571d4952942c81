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

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import dev.realtime.connection.ClientConnection;
import dev.realtime.connection.Lane;
import dev.realtime.connection.TransportChannel;
import dev.realtime.invocation.PubSubConnectRequest.PublishMode;
import dev.realtime.invocation.PubSubEndpoint.Accepted;
import dev.realtime.protocol.CloseReason;
import dev.realtime.protocol.HubHandshake;
import dev.realtime.protocol.OutboundMessage;
import dev.realtime.protocol.TransferFormat;
import dev.realtime.protocol.TransportType;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

import org.springframework.util.LinkedMultiValueMap;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A Web PubSub client of a hub in the same process: the transport's end of a connection,
 * with the frames it has received.
 */
final class PubSubTestClient implements TransportChannel {

	static final String JSON = "json.webpubsub.azure.v1";

	static final String RELIABLE = "json.reliable.webpubsub.azure.v1";

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private final ClientConnection connection;

	private final List<String> received = new ArrayList<>();

	private final BlockingQueue<byte[]> frames = new LinkedBlockingQueue<>();

	private volatile boolean closed;

	private volatile boolean cut;

	volatile int pings;

	private PubSubTestClient(ClientConnection connection) {
		this.connection = connection;
	}

	static Builder to(PubSubEndpoint endpoint) {
		return new Builder(endpoint);
	}

	private static PubSubTestClient attach(ClientConnection connection, HubHandshake handshake) {
		PubSubTestClient client = new PubSubTestClient(connection);
		assertThat(connection.attach(client, Lane.direct(), connection.principal(), handshake)).isTrue();
		return client;
	}

	/**
	 * Go on with a connection over another transport.
	 */
	static PubSubTestClient recover(PubSubEndpoint endpoint, String connectionId, String token) {
		Accepted accepted = endpoint.recover(connectionId, token);
		ClientConnection connection = (accepted != null) ? accepted.connection()
				: PubSubEndpoint.refuseRecovery(endpoint.hub());
		return attach(connection, handshake());
	}

	private static HubHandshake handshake() {
		return TestClient.handshake(new LinkedMultiValueMap<>(), new LinkedMultiValueMap<>());
	}

	ClientConnection connection() {
		return this.connection;
	}

	String id() {
		return this.connection.id();
	}

	String reconnectionToken() {
		return String.valueOf(PubSubSession.of(this.connection).reconnectionToken());
	}

	/**
	 * Send frames of text; single quotes stand for double quotes.
	 */
	void send(String... frames) {
		for (String frame : frames) {
			sendRaw(frame.replace('\'', '"').getBytes(StandardCharsets.UTF_8), TransferFormat.TEXT);
		}
	}

	void sendRaw(byte[] message, TransferFormat format) {
		this.connection.messageBegun(format);
		int middle = message.length / 2;
		this.connection.receive(ByteBuffer.wrap(message, 0, middle));
		this.connection.receive(ByteBuffer.wrap(message, middle, message.length - middle));
		this.connection.messageReceived(format);
	}

	/**
	 * Send a frame and wait for its acknowledgement.
	 */
	String ask(String frame) {
		send(frame);
		return next((received) -> received.startsWith("{'type':'ack'"));
	}

	/**
	 * Wait for the next frame; double quotes are returned as single quotes, and bytes in
	 * square brackets.
	 */
	String next() {
		return next((frame) -> true);
	}

	String next(Predicate<String> condition) {
		long deadline = System.nanoTime() + TIMEOUT.toNanos();
		synchronized (this.received) {
			while (true) {
				for (String frame : this.received) {
					if (condition.test(frame)) {
						this.received.remove(frame);
						return frame;
					}
				}
				long remaining = (deadline - System.nanoTime()) / 1_000_000;
				assertThat(remaining).as("time to wait for a frame, having received " + this.received).isPositive();
				try {
					this.received.wait(remaining);
				}
				catch (InterruptedException ex) {
					throw new IllegalStateException(ex);
				}
			}
		}
	}

	/**
	 * Wait for the next frame, as it goes over the wire.
	 */
	byte[] nextFrame() throws InterruptedException {
		byte[] frame = this.frames.poll(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
		assertThat(frame).as("a frame").isNotNull();
		return frame;
	}

	List<String> received() {
		synchronized (this.received) {
			return List.copyOf(this.received);
		}
	}

	/**
	 * Wait until everything sent so far was processed: nothing else may have arrived.
	 */
	PubSubTestClient hasNothing() {
		send("{'type':'ping'}");
		assertThat(next()).isEqualTo("{'type':'pong'}");
		return this;
	}

	void awaitClosed(int status) {
		Awaitility.await().atMost(TIMEOUT).until(() -> this.closed);
		CloseReason reason = this.connection.closeReason();
		assertThat(reason).isNotNull();
		assertThat(reason.webSocketStatus()).isEqualTo(status);
	}

	boolean isClosed() {
		return this.closed;
	}

	/**
	 * Lose the transport without a word.
	 */
	void cut() {
		stop();
		this.connection.transportLost(this, null);
	}

	void disconnect() {
		this.closed = true;
		this.connection.transportClosed(CloseReason.CLIENT_CLOSED, null);
	}

	@Override
	public TransportType type() {
		return TransportType.WEB_SOCKETS;
	}

	@Override
	public synchronized void drain() {
		if (this.cut) {
			this.connection.giveBack(this);
			return;
		}
		do {
			List<OutboundMessage> batch = new ArrayList<>();
			this.connection.queue().take(batch, 65536, System.nanoTime());
			batch.forEach(this::record);
			this.connection.queue().written();
			if (this.connection.queue().isFinished()) {
				this.closed = true;
				this.connection.transportClosed(CloseReason.SERVER_CLOSED, null);
				return;
			}
		}
		while (this.connection.queue().release());
	}

	private void record(OutboundMessage message) {
		ByteArrayOutputStream frame = new ByteArrayOutputStream();
		frame.writeBytes(message.body().bytes());
		if (message.tail() != null) {
			frame.writeBytes(message.tail());
		}
		this.frames.add(frame.toByteArray());
		String text = frame.toString(StandardCharsets.UTF_8).replace('"', '\'');
		synchronized (this.received) {
			this.received.add((message.body().format() == TransferFormat.TEXT) ? text : "[" + text + "]");
			this.received.notifyAll();
		}
	}

	@Override
	public void ping() {
		this.pings++;
	}

	@Override
	public boolean detach() {
		stop();
		return true;
	}

	// not in the middle of a drain, whose messages would be lost
	private synchronized void stop() {
		this.cut = true;
	}

	@Override
	public void abort() {
		this.closed = true;
		this.connection.transportLost(this, null);
	}

	/**
	 * Describes a client that is to connect.
	 */
	static final class Builder {

		private final PubSubEndpoint endpoint;

		private @Nullable String user;

		private final Set<String> groups = new LinkedHashSet<>();

		private Set<String> roles = Set.of("webpubsub.joinLeaveGroup", "webpubsub.sendToGroup");

		private List<String> subprotocols = List.of(JSON);

		private @Nullable PublishMode publish;

		private Builder(PubSubEndpoint endpoint) {
			this.endpoint = endpoint;
		}

		Builder user(String user) {
			this.user = user;
			return this;
		}

		Builder groups(String... groups) {
			this.groups.addAll(List.of(groups));
			return this;
		}

		Builder roles(String... roles) {
			this.roles = Set.of(roles);
			return this;
		}

		Builder subprotocols(String... subprotocols) {
			this.subprotocols = List.of(subprotocols);
			return this;
		}

		Builder publish(String group, boolean noEcho) {
			this.publish = new PublishMode(group, noEcho);
			return this;
		}

		Accepted accept() {
			return this.endpoint.connect(new PubSubConnectRequest(this.user, null, this.groups, this.roles,
					Map.of("claim", List.of("value")), this.subprotocols, this.publish), handshake());
		}

		/**
		 * Connect, and take note of the introduction unless the client is plain.
		 */
		PubSubTestClient connect() {
			PubSubTestClient client = open();
			if (PubSubSession.of(client.connection()).introduction() != null) {
				assertThat(client.next()).contains(client.id());
				client.frames.clear();
			}
			return client;
		}

		PubSubTestClient open() {
			return attach(accept().connection(), handshake());
		}

	}

}
