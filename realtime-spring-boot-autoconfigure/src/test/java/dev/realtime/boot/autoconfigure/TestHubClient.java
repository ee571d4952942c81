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

package dev.realtime.boot.autoconfigure;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.realtime.connection.ClientConnection;
import dev.realtime.connection.Lane;
import dev.realtime.connection.TransportChannel;
import dev.realtime.invocation.HubEngine;
import dev.realtime.protocol.CloseReason;
import dev.realtime.protocol.HubHandshake;
import dev.realtime.protocol.OutboundMessage;
import dev.realtime.protocol.TransportType;
import org.awaitility.Awaitility;

import org.springframework.util.LinkedMultiValueMap;

/**
 * A client that is connected to a hub without a web server. Records are compared with
 * single quotes.
 */
final class TestHubClient implements TransportChannel {

	private final ClientConnection connection;

	private final List<String> received = new CopyOnWriteArrayList<>();

	private TestHubClient(ClientConnection connection) {
		this.connection = connection;
	}

	static TestHubClient connect(HubEngine engine, String user) {
		HubHandshake handshake = new HubHandshake(URI.create("/chat"), new LinkedMultiValueMap<>(),
				new LinkedMultiValueMap<>(), new LinkedMultiValueMap<>(), null, new ConcurrentHashMap<>());
		ClientConnection connection = engine.endpoints().get(0).connect(() -> user, handshake);
		TestHubClient client = new TestHubClient(connection);
		connection.attach(client, Lane.direct(), () -> user, handshake);
		client.send("{'protocol':'json','version':1}");
		client.next("{}");
		return client;
	}

	String id() {
		return this.connection.id();
	}

	void send(String record) {
		this.connection
			.receive(ByteBuffer.wrap((record.replace('\'', '"') + '\u001e').getBytes(StandardCharsets.UTF_8)));
	}

	/**
	 * Answer a question of the server.
	 */
	void answer(String question, String result) {
		String id = question.replaceFirst(".*'invocationId':'([^']+)'.*", "$1");
		send("{'type':3,'invocationId':'" + id + "','result':" + result + "}");
	}

	String next(String part) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(10))
			.until(() -> this.received.stream().anyMatch((record) -> record.contains(part)));
		String record = this.received.stream()
			.filter((candidate) -> candidate.contains(part))
			.findFirst()
			.orElseThrow();
		this.received.remove(record);
		return record;
	}

	/**
	 * Return the only arguments of the calls of {@code m} before the given one.
	 */
	List<String> argumentsUntil(int last) {
		next("'target':'m','arguments':[" + last + "]");
		List<String> arguments = new ArrayList<>();
		for (String record : this.received) {
			if (record.contains("'target':'m'")) {
				arguments.add(record.replaceFirst(".*'arguments':\\[(\\d+)].*", "$1"));
			}
		}
		return arguments;
	}

	List<String> received() {
		return this.received;
	}

	void disconnect() {
		this.connection.transportClosed(CloseReason.CLIENT_GONE, null);
	}

	@Override
	public TransportType type() {
		return TransportType.WEB_SOCKETS;
	}

	@Override
	public synchronized void drain() {
		do {
			List<OutboundMessage> batch = new ArrayList<>();
			this.connection.queue().take(batch, Integer.MAX_VALUE, System.nanoTime());
			for (OutboundMessage message : batch) {
				String record = message.body().asText();
				this.received.add(record.substring(0, record.length() - 1).replace('"', '\''));
			}
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
		disconnect();
	}

}
