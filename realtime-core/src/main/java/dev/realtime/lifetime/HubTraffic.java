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

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.realtime.connection.ClientConnection;
import dev.realtime.connection.ConnectionState;
import dev.realtime.connection.OutboundQueue;
import dev.realtime.protocol.ClientProtocol;
import dev.realtime.protocol.TransportType;
import org.jspecify.annotations.Nullable;

/**
 * Adds up what connections count by themselves, when somebody asks: messages cost nothing
 * here. What connections have counted that have ended is kept.
 */
final class HubTraffic {

	// guarded by this
	private final Map<Kind, Sum> ended = new HashMap<>();

	// the largest that were told; guarded by this
	private final Map<Kind, Sum> told = new HashMap<>();

	/**
	 * Keep what a connection has counted.
	 * @param connection a connection that is not asked any more
	 */
	void ended(ClientConnection connection) {
		Kind kind = Kind.of(connection);
		if (kind != null) {
			synchronized (this) {
				this.ended.computeIfAbsent(kind, (key) -> new Sum()).count(connection);
			}
		}
	}

	/**
	 * Add up.
	 * @param connections the connections there are
	 * @return the figures of each protocol and transport there is or was
	 */
	List<TrafficFigures> figures(Collection<ClientConnection> connections) {
		Map<Kind, Sum> sums = new HashMap<>();
		synchronized (this) {
			this.ended.forEach((kind, sum) -> sums.put(kind, new Sum(sum)));
		}
		// one that ends meanwhile may be missed, but does not count twice
		for (ClientConnection connection : connections) {
			Kind kind = Kind.of(connection);
			if (kind != null) {
				Sum sum = sums.computeIfAbsent(kind, (key) -> new Sum());
				sum.count(connection);
				sum.countPresent(connection);
			}
		}
		synchronized (this) {
			sums.forEach((kind, sum) -> sum.neverLess(this.told.computeIfAbsent(kind, (key) -> new Sum())));
		}
		return sums.entrySet()
			.stream()
			.map((entry) -> entry.getValue().figures(entry.getKey()))
			.sorted(Comparator.comparing(TrafficFigures::protocol).thenComparing(TrafficFigures::transport))
			.toList();
	}

	private record Kind(String protocol, TransportType transport) {

		static @Nullable Kind of(ClientConnection connection) {
			ClientProtocol protocol = connection.protocol();
			TransportType transport = connection.transport();
			return (protocol != null && transport != null) ? new Kind(protocol.name(), transport) : null;
		}

	}

	private static final class Sum {

		private int connections;

		private int suspended;

		private long queuedMessages;

		private long queuedBytes;

		private long droppedMessages;

		private long receivedMessages;

		private long receivedBytes;

		private long sentMessages;

		private long sentBytes;

		Sum() {
		}

		Sum(Sum other) {
			raise(other);
		}

		private void raise(Sum other) {
			this.droppedMessages = Math.max(this.droppedMessages, other.droppedMessages);
			this.receivedMessages = Math.max(this.receivedMessages, other.receivedMessages);
			this.receivedBytes = Math.max(this.receivedBytes, other.receivedBytes);
			this.sentMessages = Math.max(this.sentMessages, other.sentMessages);
			this.sentBytes = Math.max(this.sentBytes, other.sentBytes);
		}

		void count(ClientConnection connection) {
			OutboundQueue queue = connection.queue();
			this.droppedMessages += queue.dropped();
			this.receivedMessages += connection.receivedMessages();
			this.receivedBytes += connection.receivedBytes();
			this.sentMessages += queue.sentMessages();
			this.sentBytes += queue.sentBytes();
		}

		void countPresent(ClientConnection connection) {
			this.connections++;
			this.suspended += (connection.state() == ConnectionState.SUSPENDED) ? 1 : 0;
			this.queuedMessages += connection.queue().messages();
			this.queuedBytes += connection.queue().bytes();
		}

		/**
		 * Do not fall behind what was told before.
		 */
		void neverLess(Sum told) {
			raise(told);
			told.raise(this);
		}

		TrafficFigures figures(Kind kind) {
			return new TrafficFigures(kind.protocol(), kind.transport(), this.connections, this.suspended,
					this.queuedMessages, this.queuedBytes, this.droppedMessages, this.receivedMessages,
					this.receivedBytes, this.sentMessages, this.sentBytes);
		}

	}

}
