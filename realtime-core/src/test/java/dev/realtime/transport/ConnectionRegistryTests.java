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
import java.security.Principal;
import java.time.Duration;
import java.util.HashMap;

import dev.realtime.connection.ClientConnection;
import dev.realtime.connection.ConnectionHandler;
import dev.realtime.connection.ConnectionListener;
import dev.realtime.connection.ConnectionState;
import dev.realtime.connection.Lane;
import dev.realtime.connection.TransportChannel;
import dev.realtime.protocol.CloseReason;
import dev.realtime.protocol.HubHandshake;
import dev.realtime.protocol.OutboundLimits;
import dev.realtime.protocol.TransportType;
import org.junit.jupiter.api.Test;

import org.springframework.util.LinkedMultiValueMap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link ConnectionRegistry}.
 */
class ConnectionRegistryTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(15);

	private final ConnectionRegistry registry = new ConnectionRegistry();

	private final ConnectionHandler handler = mock(ConnectionHandler.class);

	private final ClientConnection connection = connection();

	private ClientConnection connection() {
		return new ClientConnection("id", "chat", this.handler, OutboundLimits.DEFAULT);
	}

	@Test
	void tokensAreUnguessable() {
		assertThat(ConnectionRegistry.newToken()).hasSize(22).isNotEqualTo(ConnectionRegistry.newToken());
	}

	@Test
	void dropsConnectionsNobodyAttachesTo() {
		this.registry.add("token", this.connection, TIMEOUT);
		this.registry.onHeartbeat(this.connection.createdAt() + TIMEOUT.toNanos() - 1);
		assertThat(this.registry.find("token")).isSameAs(this.connection);
		this.registry.onHeartbeat(this.connection.createdAt() + TIMEOUT.toNanos());
		assertThat(this.registry.find("token")).isNull();
		assertThat(this.registry.size()).isZero();
		assertThat(this.connection.state()).isEqualTo(ConnectionState.CLOSED);
	}

	@Test
	void keepsAttachedConnections() {
		this.registry.add("token", this.connection, TIMEOUT);
		attach(this.connection);
		long later = this.connection.createdAt() + TIMEOUT.toNanos() * 2;
		this.registry.onHeartbeat(later);
		assertThat(this.registry.find("token")).isSameAs(this.connection);
		then(this.handler).should().onHeartbeat(this.connection, later);
	}

	@Test
	void endedConnectionIsUnknown() {
		this.registry.add("token", this.connection, TIMEOUT);
		this.connection.close(CloseReason.SERVER_CLOSED, null);
		assertThat(this.registry.find("token")).isNull();
		assertThat(this.registry.size()).isZero();
	}

	@Test
	void endedConnectionMayLinger() {
		this.registry.add("token", this.connection, TIMEOUT);
		this.registry.linger("token", TIMEOUT);
		this.connection.close(CloseReason.SERVER_CLOSED, null);
		assertThat(this.registry.find("token")).isSameAs(this.connection);
		this.registry.onHeartbeat(System.nanoTime() + TIMEOUT.toNanos());
		assertThat(this.registry.find("token")).isNull();
	}

	@Test
	void tokenBelongsToItsUser() {
		Principal ann = () -> "ann";
		this.registry.add("ann's", this.connection, TIMEOUT, ann);
		this.registry.add("anonymous", this.connection, TIMEOUT);
		assertThat(this.registry.isOwner("ann's", () -> "ann")).isTrue();
		assertThat(this.registry.isOwner("ann's", () -> "bob")).isFalse();
		assertThat(this.registry.isOwner("ann's", null)).isFalse();
		assertThat(this.registry.isOwner("anonymous", null)).isTrue();
		assertThat(this.registry.isOwner("anonymous", ann)).isFalse();
		assertThat(this.registry.isOwner("unknown", null)).isFalse();
	}

	@Test
	void firstTransportClaims() {
		this.registry.add("token", this.connection, TIMEOUT);
		assertThat(this.registry.claim("token", TransportType.LONG_POLLING)).isNull();
		assertThat(this.registry.claim("token", TransportType.WEB_SOCKETS)).isEqualTo(TransportType.LONG_POLLING);
		assertThat(this.registry.claimant("token")).isEqualTo(TransportType.LONG_POLLING);
		this.registry.unclaim("token");
		assertThat(this.registry.claimant("token")).isNull();
		assertThat(this.registry.claim("token", TransportType.WEB_SOCKETS)).isNull();
	}

	@Test
	void failureOfOneHeartbeatLeavesTheOthersAlone() {
		ClientConnection other = connection();
		this.registry.add("a", this.connection, TIMEOUT);
		this.registry.add("b", other, TIMEOUT);
		attach(this.connection);
		attach(other);
		willThrow(new IllegalStateException("expected by the test")).given(this.handler).onHeartbeat(any(), anyLong());
		this.registry.onHeartbeat(1);
		then(this.handler).should().onHeartbeat(this.connection, 1);
		then(this.handler).should().onHeartbeat(other, 1);
	}

	private static void attach(ClientConnection connection) {
		assertThat(connection.attach(mock(TransportChannel.class), Lane.direct(), null, handshake())).isTrue();
	}

	private static HubHandshake handshake() {
		return new HubHandshake(URI.create("/"), new LinkedMultiValueMap<>(), new LinkedMultiValueMap<>(),
				new LinkedMultiValueMap<>(), null, new HashMap<>());
	}

	@Test
	void takesNoMoreThanTheMaximum() {
		ConnectionRegistry registry = new ConnectionRegistry(2);
		assertThat(registry.add("1", this.connection, TIMEOUT)).isTrue();
		assertThat(registry.isFull()).isFalse();
		assertThat(registry.add("2", this.connection, TIMEOUT)).isTrue();
		assertThat(registry.isFull()).isTrue();
		assertThat(registry.add("3", this.connection, TIMEOUT)).isFalse();
		assertThat(registry.find("3")).isNull();
		assertThat(registry.size()).isEqualTo(2);
		registry.remove("1");
		assertThat(registry.isFull()).isFalse();
		assertThat(registry.add("3", this.connection, TIMEOUT)).isTrue();
	}

	@Test
	void isNotFullOfConnectionsThatHaveEnded() {
		ConnectionRegistry registry = new ConnectionRegistry(1);
		registry.add("1", this.connection, TIMEOUT);
		assertThat(registry.isFull()).isTrue();
		this.connection.close(CloseReason.CLIENT_GONE, null);
		await().untilAsserted(() -> assertThat(registry.isFull()).isFalse());
	}

	@Test
	void listenerHearsOfBeginAndEnd() {
		ConnectionListener listener = mock(ConnectionListener.class);
		this.registry.setListener(listener);
		this.registry.add("token", this.connection, TIMEOUT);
		then(listener).shouldHaveNoInteractions();
		TransportChannel channel = mock(TransportChannel.class);
		given(channel.type()).willReturn(TransportType.LONG_POLLING);
		willAnswer((invocation) -> {
			assertThat(this.connection.transport()).isEqualTo(TransportType.LONG_POLLING);
			return null;
		}).given(listener).onAttached(this.connection);
		assertThat(this.connection.attach(channel, Lane.direct(), null, handshake())).isTrue();
		then(listener).should().onAttached(this.connection);
		this.connection.transportClosed(CloseReason.CLIENT_CLOSED, null);
		this.connection.transportClosed(CloseReason.CLIENT_GONE, null);
		then(listener).should().onClosed(this.connection, CloseReason.CLIENT_CLOSED);
		then(listener).should().onEnded(this.connection);
		then(listener).shouldHaveNoMoreInteractions();
	}

	@Test
	void listenerHearsOnlyOfTheEndOfConnectionsNobodyAttachesTo() {
		ConnectionListener listener = mock(ConnectionListener.class);
		this.registry.setListener(listener);
		this.registry.add("token", this.connection, TIMEOUT);
		this.registry.onHeartbeat(this.connection.createdAt() + TIMEOUT.toNanos());
		assertThat(this.connection.state()).isEqualTo(ConnectionState.CLOSED);
		then(listener).should().onEnded(this.connection);
		then(listener).shouldHaveNoMoreInteractions();
	}

	@Test
	void connectionEndsWithItsSessionAlsoIfItIsBoundLater() {
		this.registry.add("token", this.connection, TIMEOUT);
		this.registry.sessionEnded("session");
		this.registry.onHeartbeat(System.nanoTime());
		assertThat(this.connection.isEnding()).isFalse();
		this.registry.bindToSession("token", "session");
		assertThat(this.connection.closeReason()).isEqualTo(CloseReason.SESSION_ENDED);
	}

	@Test
	void endOfASessionIsForgotten() {
		this.registry.sessionEnded("session");
		this.registry.onHeartbeat(System.nanoTime() + Duration.ofSeconds(61).toNanos());
		this.registry.add("token", this.connection, TIMEOUT);
		this.registry.bindToSession("token", "session");
		assertThat(this.connection.isEnding()).isFalse();
	}

}
