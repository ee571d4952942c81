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

import dev.realtime.connection.ClientConnection;
import dev.realtime.connection.ReplayBuffer;
import dev.realtime.hub.HubOptions;
import dev.realtime.protocol.signalr.AckMessage;
import dev.realtime.protocol.signalr.HubMessage;
import dev.realtime.protocol.signalr.HubProtocol;
import dev.realtime.protocol.signalr.HubProtocolException;

/**
 * Stateful reconnect of one connection, which was agreed on (hub protocol, stateful
 * reconnect): has what is sent kept, and acknowledges what is received.
 */
final class StatefulReconnect {

	private static final long CLIENT_READY_NANOS = 1_000_000_000;

	private final ClientConnection connection;

	private final HubProtocol protocol;

	private final ReadControl reading;

	private final ReceivedMessages received = new ReceivedMessages();

	private final long agreedAt = System.nanoTime();

	private volatile boolean clientReady;

	/**
	 * Agree on stateful reconnect. From now on the connection may outlive its transport.
	 * @param connection the connection, whose handshake has just succeeded
	 * @param protocol the protocol of the handshake
	 * @param reading tells whether more of the client is welcome
	 * @param options the options of the hub
	 */
	StatefulReconnect(ClientConnection connection, HubProtocol protocol, ReadControl reading, HubOptions options) {
		this.connection = connection;
		this.protocol = protocol;
		this.reading = reading;
		ReplayBuffer replay = new ReplayBuffer(new SequencedReplay(protocol), options.statefulReconnectBufferSize(),
				options.outbound().maxMessages());
		replay.hold();
		connection.resumable(replay, options.disconnectTimeout());
	}

	/**
	 * Count a message of the client. Called by the reader.
	 * @param message the message
	 * @param size its size in bytes
	 * @return {@code false} if it was handled before
	 */
	boolean accept(HubMessage message, int size) {
		clientReady();
		return !message.type().counted() || this.received.accept(size);
	}

	/**
	 * Take note of the number of the message that follows. Called by the reader.
	 * @param number the number
	 * @throws HubProtocolException if messages are missing
	 */
	void sequence(long number) throws HubProtocolException {
		this.received.sequence(number);
	}

	/**
	 * Take note that nothing more of the client is at hand. Called by the reader.
	 */
	void readCompleted() {
		if (this.received.isMuch()) {
			acknowledge();
		}
	}

	/**
	 * Take note of the heartbeat.
	 * @param nanoTime the current time
	 */
	void onHeartbeat(long nanoTime) {
		if (nanoTime - this.agreedAt >= CLIENT_READY_NANOS) {
			clientReady();
		}
		this.reading.adjust();
		acknowledge();
	}

	// The JavaScript client does not count what comes together with the answer to its
	// handshake; it sends a ping when it is ready. Others count from the first byte on,
	// and may never say so.
	private void clientReady() {
		if (!this.clientReady) {
			this.clientReady = true;
			this.connection.startNumbering();
		}
	}

	// a client that had better wait is not told
	private void acknowledge() {
		if (this.reading.mayRead()) {
			synchronized (this.received) {
				// an older number must not take the place of a newer one
				long number = this.received.acknowledge();
				if (number > 0) {
					this.connection.sendAhead(this.protocol.encode(new AckMessage(number)));
				}
			}
		}
	}

}
