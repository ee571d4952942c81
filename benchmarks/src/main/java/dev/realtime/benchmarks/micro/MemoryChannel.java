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

package dev.realtime.benchmarks.micro;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

import dev.realtime.connection.ClientConnection;
import dev.realtime.connection.Lane;
import dev.realtime.connection.OutboundQueue;
import dev.realtime.connection.TransportChannel;
import dev.realtime.protocol.CloseReason;
import dev.realtime.protocol.HubHandshake;
import dev.realtime.protocol.OutboundMessage;
import dev.realtime.protocol.TransportType;

import org.springframework.util.LinkedMultiValueMap;

/**
 * A transport whose client takes everything at once: what is queued is counted and
 * forgotten.
 */
final class MemoryChannel implements TransportChannel {

	private static final int BATCH_BYTES = 64 * 1024;

	private final ClientConnection connection;

	private final List<OutboundMessage> batch = new ArrayList<>();

	private long bytes;

	private MemoryChannel(ClientConnection connection) {
		this.connection = connection;
	}

	static MemoryChannel attach(ClientConnection connection) {
		MemoryChannel channel = new MemoryChannel(connection);
		connection.attach(channel, Lane.direct(), null, handshake());
		return channel;
	}

	static HubHandshake handshake() {
		return new HubHandshake(URI.create("/hubs/bench"), new LinkedMultiValueMap<>(), new LinkedMultiValueMap<>(),
				new LinkedMultiValueMap<>(), null, new ConcurrentHashMap<>());
	}

	/**
	 * Return how many bytes the client has received.
	 * @return the size in bytes
	 */
	long bytes() {
		return this.bytes;
	}

	@Override
	public TransportType type() {
		return TransportType.WEB_SOCKETS;
	}

	@Override
	public void drain() {
		OutboundQueue queue = this.connection.queue();
		do {
			queue.take(this.batch, BATCH_BYTES, System.nanoTime());
			for (OutboundMessage message : this.batch) {
				this.bytes += message.size();
			}
			this.batch.clear();
			queue.written();
		}
		while (queue.release());
	}

	@Override
	public void abort() {
		this.connection.transportClosed(CloseReason.SERVER_CLOSED, null);
	}

}
