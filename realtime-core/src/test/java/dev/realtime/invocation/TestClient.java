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

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import dev.realtime.connection.ClientConnection;
import dev.realtime.connection.Lane;
import dev.realtime.connection.TransportChannel;
import dev.realtime.protocol.CloseReason;
import dev.realtime.protocol.HubHandshake;
import dev.realtime.protocol.OutboundMessage;
import dev.realtime.protocol.TransportType;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client of a hub in the same process: the transport's end of a connection, with the
 * records it has received.
 */
final class TestClient implements TransportChannel {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final String SEPARATOR = "\u001e";

	private final ClientConnection connection;

	private final TransportType type;

	private final List<String> received = new ArrayList<>();

	private final AtomicInteger calls = new AtomicInteger();

	private volatile boolean stalled;

	private volatile boolean closed;

	private TestClient(ClientConnection connection, TransportType type) {
		this.connection = connection;
		this.type = type;
	}

	static HubHandshake handshake(MultiValueMap<String, String> query, MultiValueMap<String, String> headers) {
		return new HubHandshake(URI.create("/hubs/test"), query, headers, new LinkedMultiValueMap<>(), null,
				new ConcurrentHashMap<>());
	}

	static TestClient attach(HubEndpoint endpoint, TransportType type, @Nullable Principal principal,
			HubHandshake handshake) {
		ClientConnection connection = endpoint.connect(principal, handshake);
		TestClient client = new TestClient(connection, type);
		assertThat(connection.attach(client, Lane.direct(), principal, handshake)).isTrue();
		return client;
	}

	TestClient handshake() {
		send("{'protocol':'json','version':1}");
		assertThat(next()).isEqualTo("{}");
		return this;
	}

	ClientConnection connection() {
		return this.connection;
	}

	String id() {
		return this.connection.id();
	}

	/**
	 * Send records; single quotes stand for double quotes.
	 */
	void send(String... records) {
		this.connection.receive(frame(records));
	}

	static ByteBuffer frame(String... records) {
		StringBuilder frame = new StringBuilder();
		for (String record : records) {
			frame.append(record.replace('\'', '"')).append(SEPARATOR);
		}
		return ByteBuffer.wrap(frame.toString().getBytes(StandardCharsets.UTF_8));
	}

	void sendRaw(String frame) {
		sendRaw(frame.getBytes(StandardCharsets.UTF_8));
	}

	void sendRaw(byte[] frame) {
		this.connection.receive(ByteBuffer.wrap(frame));
	}

	/**
	 * Wait for the next record; double quotes are returned as single quotes.
	 */
	String next() {
		return next((record) -> true);
	}

	String next(Predicate<String> condition) {
		long deadline = System.nanoTime() + TIMEOUT.toNanos();
		synchronized (this.received) {
			while (true) {
				for (String record : this.received) {
					if (condition.test(record)) {
						this.received.remove(record);
						return record;
					}
				}
				long remaining = (deadline - System.nanoTime()) / 1_000_000;
				assertThat(remaining).as("time to wait for a record, having received " + this.received).isPositive();
				waitForRecord(remaining);
			}
		}
	}

	private void waitForRecord(long millis) {
		try {
			this.received.wait(millis);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Call a method and wait for its completion.
	 */
	String invoke(String target, String arguments) {
		String id = "i" + this.calls.incrementAndGet();
		send("{'type':1,'invocationId':'" + id + "','target':'" + target + "','arguments':" + arguments + "}");
		return completion(id).replaceFirst("'invocationId':'[^']*',", "");
	}

	/**
	 * Wait for the completion of a call.
	 */
	String completion(String id) {
		return next((record) -> record.startsWith("{'type':3,'invocationId':'" + id + "'"));
	}

	/**
	 * Wait as a transport does until more may be read.
	 */
	void awaitReadable() {
		assertThat(this.connection.readGate().readable()).succeedsWithin(TIMEOUT);
	}

	/**
	 * Wait until no call, stream or upload is noted any more.
	 */
	void awaitIdle() {
		HubSession session = HubSession.of(this.connection);
		Awaitility.await().atMost(TIMEOUT).untilAsserted(() -> assertThat(session.underWay()).isZero());
	}

	List<String> received() {
		synchronized (this.received) {
			return List.copyOf(this.received);
		}
	}

	boolean isClosed() {
		return this.closed;
	}

	void awaitClosed() {
		Awaitility.await().atMost(TIMEOUT).until(() -> this.closed);
	}

	void disconnect() {
		this.closed = true;
		this.connection.transportClosed(CloseReason.CLIENT_GONE, null);
	}

	void stall() {
		this.stalled = true;
	}

	void resume() {
		this.stalled = false;
		write();
	}

	@Override
	public TransportType type() {
		return this.type;
	}

	@Override
	public void drain() {
		if (!this.stalled) {
			write();
		}
	}

	private synchronized void write() {
		do {
			List<OutboundMessage> batch = new ArrayList<>();
			this.connection.queue().take(batch, 65536, System.nanoTime());
			batch.forEach((message) -> record(message.body().asText()));
			this.connection.queue().written();
			if (!batch.isEmpty()) {
				this.connection.sent(System.nanoTime());
			}
			if (this.connection.queue().isFinished()) {
				this.closed = true;
				this.connection.transportClosed(CloseReason.SERVER_CLOSED, null);
				return;
			}
		}
		while (this.connection.queue().release());
	}

	private void record(String text) {
		assertThat(text).endsWith(SEPARATOR);
		synchronized (this.received) {
			this.received.add(text.substring(0, text.length() - 1).replace('"', '\''));
			this.received.notifyAll();
		}
	}

	@Override
	public boolean detach() {
		return true;
	}

	@Override
	public void abort() {
		this.closed = true;
		this.connection.transportClosed(CloseReason.CLIENT_GONE, null);
	}

}
