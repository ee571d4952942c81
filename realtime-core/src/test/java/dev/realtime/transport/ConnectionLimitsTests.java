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

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import dev.realtime.connection.ClientConnection;
import dev.realtime.connection.ConnectionHandler;
import dev.realtime.connection.ConnectionListener;
import dev.realtime.connection.Lane;
import dev.realtime.connection.LimitListener;
import dev.realtime.connection.ReplayBuffer;
import dev.realtime.connection.TransportChannel;
import dev.realtime.protocol.CloseReason;
import dev.realtime.protocol.EncodedBody;
import dev.realtime.protocol.HubHandshake;
import dev.realtime.protocol.OutboundLimits;
import dev.realtime.protocol.TransportType;
import org.junit.jupiter.api.Test;

import org.springframework.util.LinkedMultiValueMap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link ConnectionLimits}.
 */
class ConnectionLimitsTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(15);

	private final List<String> refused = new ArrayList<>();

	private final ConnectionLimits limits = new ConnectionLimits(2,
			(hub, limit) -> this.refused.add(hub + " " + limit.label()));

	private final ConnectionRegistry registry = new ConnectionRegistry(1000);

	private static InetSocketAddress address(String host) {
		try {
			return new InetSocketAddress(InetAddress.getByName(host), 1);
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static ClientConnection connection(String hub, String user) {
		ClientConnection connection = new ClientConnection(ConnectionRegistry.newToken(), hub,
				mock(ConnectionHandler.class), OutboundLimits.DEFAULT);
		connection.userId(user);
		return connection;
	}

	private ClientConnection admitted(String user) {
		ClientConnection connection = connection("chat", user);
		try (Admission admission = this.limits.admit("chat", address("10.0.0.1"))) {
			assertThat(admission).isNotNull();
			assertThat(this.limits.admitUser(admission, connection, 2)).isTrue();
			assertThat(this.registry.add(connection.id(), connection, TIMEOUT, null, admission)).isTrue();
		}
		return connection;
	}

	private static TransportChannel attach(ClientConnection connection) {
		TransportChannel channel = mock(TransportChannel.class);
		given(channel.type()).willReturn(TransportType.WEB_SOCKETS);
		connection.attach(channel, Lane.direct(), null, new HubHandshake(URI.create("/"), new LinkedMultiValueMap<>(),
				new LinkedMultiValueMap<>(), new LinkedMultiValueMap<>(), null, new HashMap<>()));
		return channel;
	}

	@Test
	void addressMayHaveSoMany() {
		assertThat(this.limits.admit("chat", address("10.0.0.1"))).isNotNull();
		Admission second = this.limits.admit("news", address("10.0.0.1"));
		assertThat(this.limits.admit("chat", address("10.0.0.1"))).isNull();
		assertThat(this.limits.admit("chat", address("10.0.0.2"))).isNotNull();
		assertThat(this.refused).containsExactly("chat connections-per-address");
		second.close();
		second.close();
		assertThat(this.limits.admit("chat", address("10.0.0.1"))).isNotNull();
		assertThat(this.limits.admit("chat", address("10.0.0.1"))).isNull();
	}

	@Test
	void addressesOfOneNetworkAreOne() {
		assertThat(this.limits.admit("chat", address("2001:db8::1"))).isNotNull();
		assertThat(this.limits.admit("chat", address("2001:db8::2:0:0:2"))).isNotNull();
		assertThat(this.limits.admit("chat", address("2001:db8:0:0:ffff::3"))).isNull();
		assertThat(this.limits.admit("chat", address("2001:db8:0:1::3"))).isNotNull();
		// what is written as IPv6 and means IPv4
		assertThat(this.limits.admit("chat", address("::ffff:10.0.0.1"))).isNotNull();
		assertThat(this.limits.admit("chat", address("10.0.0.1"))).isNotNull();
		assertThat(this.limits.admit("chat", address("::ffff:10.0.0.1"))).isNull();
	}

	@Test
	void whatAProxySaysNeedNotBeAnAddress() {
		for (int i = 0; i < 2; i++) {
			assertThat(this.limits.admit("chat", InetSocketAddress.createUnresolved("_hidden", 0))).isNotNull();
		}
		assertThat(this.limits.admit("chat", InetSocketAddress.createUnresolved("_hidden", 0))).isNull();
	}

	@Test
	void userMayHaveSoManyInAHub() {
		Admission admission = this.limits.admit("chat", null);
		assertThat(this.limits.admitUser(admission, connection("chat", "ann"), 1)).isTrue();
		assertThat(this.limits.admitUser(this.limits.admit("chat", null), connection("chat", "ann"), 1)).isFalse();
		assertThat(this.limits.admitUser(this.limits.admit("chat", null), connection("news", "ann"), 1)).isTrue();
		assertThat(this.limits.admitUser(this.limits.admit("chat", null), connection("chat", "Ann"), 1)).isTrue();
		assertThat(this.limits.admitUser(this.limits.admit("chat", null), connection("chat", null), 1)).isTrue();
		assertThat(this.limits.admitUser(this.limits.admit("chat", null), connection("chat", "ann"), 0)).isTrue();
		assertThat(this.refused).containsExactly("chat connections-per-user");
		admission.close();
		assertThat(this.limits.admitUser(this.limits.admit("chat", null), connection("chat", "ann"), 1)).isTrue();
	}

	@Test
	void connectionThatNoTransportAttachesToCountsUntilItExpires() {
		ClientConnection connection = admitted("ann");
		assertThat(this.limits.size()).isEqualTo(2);
		this.registry.onHeartbeat(connection.createdAt() + TIMEOUT.toNanos());
		assertThat(this.limits.size()).isZero();
	}

	@Test
	void connectionCountsUntilItsTransportEnds() {
		ClientConnection connection = admitted("ann");
		attach(connection);
		connection.open();
		connection.close(CloseReason.SERVER_CLOSED, null);
		assertThat(this.limits.size()).isEqualTo(2);
		connection.transportClosed(CloseReason.SERVER_CLOSED, null);
		connection.transportClosed(CloseReason.SERVER_CLOSED, null);
		assertThat(this.limits.size()).isZero();
	}

	@Test
	void suspendedConnectionCounts() {
		ClientConnection connection = admitted("ann");
		TransportChannel channel = attach(connection);
		connection.resumable(mock(ReplayBuffer.class), TIMEOUT);
		connection.open();
		connection.transportLost(channel, null);
		assertThat(this.limits.size()).isEqualTo(2);
		connection.onHeartbeat(System.nanoTime() + TIMEOUT.toNanos());
		assertThat(this.limits.size()).isZero();
	}

	@Test
	void nothingIsHeldForWhoeverFindsTheServerFull() {
		ConnectionRegistry full = new ConnectionRegistry(1);
		full.add("first", connection("chat", null), TIMEOUT);
		ClientConnection connection = connection("chat", "ann");
		try (Admission admission = this.limits.admit("chat", address("10.0.0.1"))) {
			this.limits.admitUser(admission, connection, 2);
			assertThat(full.add("second", connection, TIMEOUT, null, admission)).isFalse();
		}
		connection.close(CloseReason.CLIENT_GONE, null);
		assertThat(this.limits.size()).isZero();
	}

	@Test
	void othersHearOfTheConnectionStill() {
		ConnectionListener listener = mock(ConnectionListener.class);
		this.registry.setListener(listener);
		ClientConnection connection = admitted("ann");
		attach(connection);
		connection.transportClosed(CloseReason.CLIENT_GONE, null);
		then(listener).should().onAttached(connection);
		then(listener).should().onClosed(connection, CloseReason.CLIENT_GONE);
		then(listener).should().onEnded(connection);
		ClientConnection other = admitted("ann");
		other.close(CloseReason.SERVER_CLOSED, null);
		then(listener).should().onEnded(other);
		then(listener).should().onAttached(any());
	}

	@Test
	void countsAreExactHoweverManyComeAndGoAtTheSameTime() throws Exception {
		ConnectionLimits few = new ConnectionLimits(5, LimitListener.none());
		AtomicInteger present = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		ExecutorService threads = Executors.newFixedThreadPool(8);
		try {
			List<Callable<Integer>> clients = new ArrayList<>();
			for (int i = 0; i < 8; i++) {
				int thread = i;
				clients.add(() -> comeAndGo(few, thread, present, most));
			}
			for (Future<Integer> client : threads.invokeAll(clients)) {
				assertThat(client.get()).isPositive();
			}
		}
		finally {
			threads.shutdown();
		}
		assertThat(most.get()).isBetween(1, 3);
		assertThat(few.size()).isZero();
	}

	private static int comeAndGo(ConnectionLimits limits, int thread, AtomicInteger present, AtomicInteger most) {
		int admitted = 0;
		for (int i = 0; i < 2000 || admitted == 0; i++) {
			ClientConnection connection = new ClientConnection("id", "chat", new NoHandler(), OutboundLimits.DEFAULT);
			connection.userId("ann");
			try (Admission admission = limits.admit("chat", address("10.0.0.1"))) {
				if (admission == null || !limits.admitUser(admission, connection, 3)) {
					continue;
				}
				most.accumulateAndGet(present.incrementAndGet(), Math::max);
				admitted++;
				present.decrementAndGet();
				if ((i + thread) % 3 == 0) {
					continue;
				}
				admission.keepFor(connection, null);
			}
			connection.close(CloseReason.SERVER_CLOSED, null);
			connection.terminate(CloseReason.SERVER_CLOSED, null);
		}
		return admitted;
	}

	private static final class NoHandler implements ConnectionHandler {

		@Override
		public void onAttached(ClientConnection connection) {
		}

		@Override
		public void onData(ClientConnection connection, ByteBuffer data) {
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

}
