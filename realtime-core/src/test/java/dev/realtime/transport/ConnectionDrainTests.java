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

package dev.realtime.transport;

import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.realtime.connection.ClientConnection;
import dev.realtime.connection.ConnectionHandler;
import dev.realtime.connection.ConnectionState;
import dev.realtime.connection.Lane;
import dev.realtime.connection.TransportChannel;
import dev.realtime.protocol.CloseReason;
import dev.realtime.protocol.EncodedBody;
import dev.realtime.protocol.HubHandshake;
import dev.realtime.protocol.OutboundLimits;
import dev.realtime.protocol.OutboundMessage;
import dev.realtime.protocol.TransportType;
import org.junit.jupiter.api.Test;

import org.springframework.util.LinkedMultiValueMap;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ConnectionDrain}.
 */
class ConnectionDrainTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private final ConnectionRegistry registry = new ConnectionRegistry();

	private final TestHandler handler = new TestHandler();

	private final Map<ClientConnection, TestChannel> channels = new HashMap<>();

	private int registered;

	private ConnectionDrain drain;

	private ClientConnection connect() {
		ClientConnection connection = negotiate();
		attach(connection);
		connection.open();
		return connection;
	}

	private ClientConnection negotiate() {
		String token = ConnectionRegistry.newToken();
		ClientConnection connection = new ClientConnection(token, "chat", this.handler, OutboundLimits.DEFAULT);
		this.registry.add(token, connection, Duration.ofSeconds(15));
		return connection;
	}

	private void attach(ClientConnection connection) {
		TestChannel channel = new TestChannel(connection);
		this.channels.put(connection, channel);
		connection.attach(channel, Lane.direct(), null, new HubHandshake(URI.create("/"), new LinkedMultiValueMap<>(),
				new LinkedMultiValueMap<>(), new LinkedMultiValueMap<>(), null, new HashMap<>()));
	}

	private List<ClientConnection> connect(int count) {
		List<ClientConnection> connections = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			connections.add(connect());
		}
		return connections;
	}

	private ConnectionDrain drain(Duration timeout) {
		this.drain = new ConnectionDrain(this.registry, () -> this.registered, timeout, 0);
		return this.drain;
	}

	private boolean stepAt(long millis) {
		return this.drain.step(TimeUnit.MILLISECONDS.toNanos(millis));
	}

	private static long ended(List<ClientConnection> connections) {
		return connections.stream().filter((connection) -> connection.state() == ConnectionState.CLOSED).count();
	}

	@Test
	void fewGoAtOnce() {
		List<ClientConnection> connections = connect(10);
		drain(TIMEOUT);
		assertThat(this.drain.remaining()).isEqualTo(10);
		assertThat(stepAt(0)).isTrue();
		assertThat(ended(connections)).isEqualTo(10);
		assertThat(stepAt(20)).isFalse();
		assertThat(this.drain.remaining()).isZero();
		assertThat(this.drain.closed()).isEqualTo(10);
		assertThat(this.drain.dropped()).isZero();
		assertThat(connections)
			.allSatisfy((connection) -> assertThat(connection.closeReason()).isEqualTo(CloseReason.SERVER_SHUTDOWN));
	}

	@Test
	void manyGoInSlices() {
		List<ClientConnection> connections = connect(24);
		drain(TIMEOUT);
		stepAt(0);
		assertThat(ended(connections)).isEqualTo(10);
		stepAt(99);
		assertThat(ended(connections)).isEqualTo(10);
		stepAt(100);
		assertThat(ended(connections)).isEqualTo(20);
		stepAt(200);
		assertThat(ended(connections)).isEqualTo(24);
	}

	@Test
	void slicesAreSpreadOverHalfOfTheTime() {
		List<ClientConnection> connections = connect(1000);
		drain(Duration.ofSeconds(2));
		for (int slice = 0; slice < 10; slice++) {
			stepAt(slice * 100);
			assertThat(ended(connections)).isEqualTo((slice + 1) * 100);
		}
	}

	@Test
	void whoHasNotHadItsTurnIsLeftAlone() {
		List<ClientConnection> connections = connect(12);
		drain(TIMEOUT);
		stepAt(0);
		assertThat(connections.stream().filter(ClientConnection::isRetiring)).hasSize(10);
		assertThat(connections.stream().filter((connection) -> !connection.isRetiring()))
			.allMatch((connection) -> connection.state() == ConnectionState.OPEN && !connection.isEnding());
	}

	@Test
	void answersAreWaitedFor() {
		ClientConnection connection = connect();
		this.handler.busy = true;
		drain(TIMEOUT);
		assertThat(stepAt(0)).isTrue();
		assertThat(connection.isRetiring()).isTrue();
		assertThat(stepAt(17_999)).isTrue();
		assertThat(connection.isEnding()).isFalse();
		this.handler.busy = false;
		stepAt(17_999);
		assertThat(connection.state()).isEqualTo(ConnectionState.CLOSED);
		assertThat(this.channels.get(connection).aborted).isFalse();
	}

	@Test
	void lateAnswersAreNotWaitedFor() {
		ClientConnection connection = connect();
		this.handler.busy = true;
		drain(TIMEOUT);
		stepAt(0);
		stepAt(18_000);
		assertThat(connection.state()).isEqualTo(ConnectionState.CLOSED);
		assertThat(this.channels.get(connection).aborted).isFalse();
	}

	@Test
	void streamsEndAfterAQuarterOfTheTimeFromTheirTurnOn() {
		this.handler.busy = true;
		connect(12);
		drain(TIMEOUT);
		stepAt(0);
		stepAt(100);
		stepAt(4999);
		assertThat(this.handler.streamsEnded).isEmpty();
		stepAt(5000);
		assertThat(this.handler.streamsEnded).hasSize(10);
		stepAt(5100);
		assertThat(this.handler.streamsEnded.stream().distinct()).hasSize(12);
	}

	@Test
	void streamThatFailsToEndHoldsUpNobody() {
		this.handler.busy = true;
		this.handler.failing = true;
		List<ClientConnection> connections = connect(2);
		drain(TIMEOUT);
		stepAt(0);
		assertThat(stepAt(5000)).isTrue();
		assertThat(this.handler.streamsEnded).hasSize(2);
		stepAt(18_000);
		assertThat(ended(connections)).isEqualTo(2);
	}

	@Test
	void whoIsAboutToOpenIsWaitedForAsLongAsStreams() {
		ClientConnection connection = negotiate();
		attach(connection);
		drain(TIMEOUT);
		stepAt(0);
		stepAt(4999);
		assertThat(connection.isEnding()).isFalse();
		stepAt(5000);
		assertThat(connection.isEnding()).isTrue();
	}

	@Test
	void whoDoesNotGoIsDropped() {
		ClientConnection connection = connect();
		this.channels.get(connection).stalled = true;
		drain(TIMEOUT);
		assertThat(stepAt(0)).isTrue();
		assertThat(connection.isEnding()).isTrue();
		assertThat(stepAt(19_999)).isTrue();
		assertThat(this.channels.get(connection).aborted).isFalse();
		assertThat(stepAt(20_000)).isFalse();
		assertThat(this.channels.get(connection).aborted).isTrue();
		assertThat(this.drain.dropped()).isEqualTo(1);
		assertThat(this.drain.closed()).isZero();
	}

	@Test
	void withoutTimeEverybodyIsDropped() {
		this.handler.busy = true;
		List<ClientConnection> connections = connect(12);
		this.channels.values().forEach((channel) -> channel.stalled = true);
		drain(Duration.ZERO);
		assertThat(stepAt(0)).isFalse();
		assertThat(ended(connections)).isEqualTo(12);
	}

	@Test
	void handlersThatTakeLeaveAreWaitedFor() {
		this.registered = 1;
		drain(TIMEOUT);
		assertThat(stepAt(0)).isTrue();
		assertThat(this.drain.remaining()).isEqualTo(1);
		this.registered = 0;
		assertThat(stepAt(20)).isFalse();
	}

	@Test
	void negotiatedConnectionsAreNotWaitedForUnlessATransportIsOnItsWay() {
		ClientConnection negotiated = negotiate();
		drain(TIMEOUT);
		assertThat(stepAt(0)).isFalse();
		assertThat(negotiated.state()).isEqualTo(ConnectionState.NEGOTIATED);
		this.registry.claim(negotiated.id(), TransportType.WEB_SOCKETS);
		drain(TIMEOUT);
		assertThat(stepAt(0)).isTrue();
		attach(negotiated);
		negotiated.open();
		assertThat(stepAt(20)).isTrue();
		assertThat(negotiated.state()).isEqualTo(ConnectionState.CLOSED);
	}

	@Test
	void cancelledDrainFinishesWhatItHasBegun() {
		this.handler.busy = true;
		List<ClientConnection> connections = connect(12);
		drain(TIMEOUT);
		stepAt(0);
		this.drain.cancel();
		assertThat(stepAt(200)).isTrue();
		assertThat(this.drain.remaining()).isEqualTo(10);
		this.handler.busy = false;
		stepAt(220);
		assertThat(stepAt(240)).isFalse();
		assertThat(ended(connections)).isEqualTo(10);
		assertThat(this.drain.closed()).isEqualTo(10);
		assertThat(connections.stream().filter((connection) -> !connection.isRetiring())).hasSize(2);
	}

	@Test
	void cancelledDrainDropsNobodyElse() {
		List<ClientConnection> connections = connect(12);
		this.channels.values().forEach((channel) -> channel.stalled = true);
		drain(TIMEOUT);
		stepAt(0);
		this.drain.cancel();
		assertThat(stepAt(20_000)).isFalse();
		assertThat(ended(connections)).isEqualTo(10);
		assertThat(this.drain.dropped()).isEqualTo(10);
	}

	@Test
	void nextDrainTakesOverWhatACancelledOneHasBegun() {
		this.handler.busy = true;
		List<ClientConnection> connections = connect(24);
		drain(TIMEOUT);
		stepAt(0);
		stepAt(100);
		this.drain.cancel();
		this.handler.busy = false;
		drain(TIMEOUT);
		stepAt(0);
		assertThat(ended(connections)).isGreaterThanOrEqualTo(20);
		stepAt(100);
		assertThat(ended(connections)).isEqualTo(24);
	}

	private static final class TestHandler implements ConnectionHandler {

		private final List<ClientConnection> streamsEnded = new ArrayList<>();

		private boolean busy;

		private boolean failing;

		@Override
		public void onAttached(ClientConnection connection) {
		}

		@Override
		public void onData(ClientConnection connection, ByteBuffer data) {
		}

		@Override
		public boolean isBusy(ClientConnection connection) {
			return this.busy;
		}

		@Override
		public void endStreams(ClientConnection connection) {
			this.streamsEnded.add(connection);
			if (this.failing) {
				throw new IllegalStateException("expected");
			}
		}

		@Override
		public EncodedBody onClosing(ClientConnection connection, CloseReason reason) {
			return null;
		}

		@Override
		public void onClosed(ClientConnection connection, CloseReason reason, Throwable cause) {
		}

		@Override
		public void onHeartbeat(ClientConnection connection, long nanoTime) {
		}

	}

	private static final class TestChannel implements TransportChannel {

		private final ClientConnection connection;

		private boolean stalled;

		private boolean aborted;

		TestChannel(ClientConnection connection) {
			this.connection = connection;
		}

		@Override
		public TransportType type() {
			return TransportType.WEB_SOCKETS;
		}

		@Override
		public void drain() {
			if (!this.stalled) {
				List<OutboundMessage> batch = new ArrayList<>();
				this.connection.queue().take(batch, 1000, 0);
				this.connection.queue().written();
				if (this.connection.queue().isFinished()) {
					this.connection.transportClosed(CloseReason.SERVER_CLOSED, null);
				}
				else {
					this.connection.queue().release();
				}
			}
		}

		@Override
		public boolean detach() {
			return true;
		}

		@Override
		public void abort() {
			this.aborted = true;
			this.connection.transportClosed(CloseReason.CLIENT_GONE, null);
		}

	}

}
