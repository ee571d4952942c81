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

package dev.realtime.connection;

import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

import dev.realtime.protocol.ClientProtocol;
import dev.realtime.protocol.CloseReason;
import dev.realtime.protocol.EncodedBody;
import dev.realtime.protocol.EncodedMessage;
import dev.realtime.protocol.HubHandshake;
import dev.realtime.protocol.OutboundLimits;
import dev.realtime.protocol.OverflowStrategy;
import dev.realtime.protocol.ServerMessage;
import dev.realtime.protocol.TransferFormat;
import org.junit.jupiter.api.Test;

import org.springframework.util.LinkedMultiValueMap;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ClientConnection}.
 */
class ClientConnectionTests {

	private final RecordingHandler handler = new RecordingHandler();

	private final ClientConnection connection = new ClientConnection("id", "test", this.handler,
			new OutboundLimits(1000, 100, Duration.ofSeconds(10), OverflowStrategy.TERMINATE));

	private final RecordingChannel channel = new RecordingChannel(this.connection);

	private static HubHandshake handshake() {
		return new HubHandshake(URI.create("/"), new LinkedMultiValueMap<>(), new LinkedMultiValueMap<>(),
				new LinkedMultiValueMap<>(), null, new ConcurrentHashMap<>());
	}

	private static EncodedBody body(String text) {
		return EncodedBody.text(text.getBytes());
	}

	private boolean attach() {
		return this.connection.attach(this.channel, Lane.direct(), null, handshake());
	}

	@Test
	void goesThroughItsStates() {
		assertThat(this.connection.state()).isEqualTo(ConnectionState.NEGOTIATED);
		assertThat(this.connection.open()).isFalse();
		assertThat(attach()).isTrue();
		assertThat(this.connection.state()).isEqualTo(ConnectionState.CONNECTING);
		assertThat(this.connection.open()).isTrue();
		assertThat(this.connection.open()).isFalse();
		assertThat(this.connection.state()).isEqualTo(ConnectionState.OPEN);
		this.connection.transportClosed(CloseReason.CLIENT_CLOSED, null);
		assertThat(this.connection.state()).isEqualTo(ConnectionState.CLOSED);
		assertThat(this.connection.open()).isFalse();
		assertThat(this.connection.state()).isEqualTo(ConnectionState.CLOSED);
	}

	@Test
	void attachesOnce() {
		assertThat(attach()).isTrue();
		assertThat(attach()).isFalse();
		this.connection.transportClosed(CloseReason.CLIENT_CLOSED, null);
		assertThat(attach()).isFalse();
		assertThat(this.handler.log).containsExactly("attached", "closed client-closed");
	}

	@Test
	void closedBeforeATransportAttaches() {
		this.connection.send(body("x"));
		this.connection.close(CloseReason.SERVER_CLOSED, null);
		assertThat(this.connection.state()).isEqualTo(ConnectionState.CLOSED);
		assertThat(attach()).isFalse();
		assertThat(this.connection.queue().bytes()).isZero();
		assertThat(this.handler.log).isEmpty();
		assertThat(this.channel.log).isEmpty();
	}

	@Test
	void terminatedBeforeATransportAttaches() {
		this.connection.terminate(CloseReason.SERVER_CLOSED, null);
		assertThat(this.connection.state()).isEqualTo(ConnectionState.CLOSED);
		assertThat(attach()).isFalse();
		assertThat(this.handler.log).isEmpty();
	}

	@Test
	void sendsWhatWasQueuedBeforeATransportAttached() {
		assertThat(this.connection.send(body("early"))).isTrue();
		attach();
		assertThat(this.channel.written).containsExactly("early");
	}

	@Test
	void closedWhileATransportAttaches() {
		this.handler.onAttached = () -> this.connection.close(CloseReason.SERVER_CLOSED, null);
		attach();
		assertThat(this.handler.log).containsExactly("attached", "closing server-closed", "closed server-closed");
		assertThat(this.channel.written).containsExactly("bye");
	}

	@Test
	void terminatedWhileATransportAttaches() {
		this.channel.stalled = true;
		this.handler.onAttached = () -> this.connection.terminate(CloseReason.SLOW_CONSUMER, null);
		attach();
		assertThat(this.connection.state()).isEqualTo(ConnectionState.CLOSED);
		assertThat(this.channel.log).containsExactly("abort");
		assertThat(this.handler.log).containsExactly("attached", "closed slow-consumer");
	}

	@Test
	void lastWordFollowsEverythingQueued() {
		this.channel.stalled = true;
		attach();
		this.connection.send(body("1"));
		this.connection.send(body("2"));
		this.connection.close(CloseReason.SERVER_CLOSED, null);
		assertThat(this.connection.isEnding()).isTrue();
		assertThat(this.connection.send(body("3"))).isFalse();
		this.connection.close(CloseReason.SERVER_ERROR, null);
		this.channel.resume();
		assertThat(this.channel.written).containsExactly("1", "2", "bye");
		assertThat(this.handler.log).containsExactly("attached", "closing server-closed", "closed server-closed");
	}

	@Test
	void endsWithoutALastWord() {
		this.handler.lastWord = null;
		attach();
		this.connection.close(CloseReason.SERVER_CLOSED, null);
		assertThat(this.channel.written).isEmpty();
		assertThat(this.handler.log).containsExactly("attached", "closing server-closed", "closed server-closed");
	}

	@Test
	void firstReasonWins() {
		this.channel.stalled = true;
		attach();
		IllegalStateException cause = new IllegalStateException();
		this.connection.close(CloseReason.PROTOCOL_ERROR, cause);
		this.connection.close(CloseReason.SERVER_CLOSED, null);
		this.connection.terminate(CloseReason.SLOW_CONSUMER, null);
		this.connection.transportClosed(CloseReason.CLIENT_GONE, new IllegalArgumentException());
		assertThat(this.connection.closeReason()).isEqualTo(CloseReason.PROTOCOL_ERROR);
		assertThat(this.connection.closeCause()).isSameAs(cause);
		assertThat(this.handler.log).containsExactly("attached", "closing protocol-error", "closed protocol-error");
		assertThat(this.handler.cause).isSameAs(cause);
	}

	@Test
	void terminateDropsTheTransportEvenWhenClosing() {
		this.channel.stalled = true;
		attach();
		this.connection.send(body("x"));
		this.connection.close(CloseReason.SERVER_CLOSED, null);
		this.connection.terminate(CloseReason.SLOW_CONSUMER, null);
		assertThat(this.channel.log).contains("abort");
		assertThat(this.channel.written).isEmpty();
		assertThat(this.connection.queue().bytes()).isZero();
		assertThat(this.handler.log).containsExactly("attached", "closing server-closed", "closed server-closed");
	}

	@Test
	void transportThatEndsFirstHearsNoLastWord() {
		attach();
		this.connection.transportClosed(CloseReason.CLIENT_GONE, null);
		this.connection.close(CloseReason.SERVER_CLOSED, null);
		assertThat(this.channel.written).isEmpty();
		assertThat(this.handler.log).doesNotHaveDuplicates().contains("closed client-gone");
	}

	@Test
	void overflowTerminates() {
		this.channel.stalled = true;
		attach();
		assertThat(this.connection.send(EncodedBody.binary(new byte[900]))).isTrue();
		assertThat(this.connection.send(EncodedBody.binary(new byte[200]))).isFalse();
		assertThat(this.connection.closeReason()).isEqualTo(CloseReason.SLOW_CONSUMER);
		assertThat(this.handler.log).containsExactly("attached", "closed slow-consumer");
	}

	@Test
	void heartbeatEndsAStalledClient() {
		attach();
		this.channel.stalled = true;
		long now = System.nanoTime();
		this.connection.onHeartbeat(now);
		assertThat(this.handler.heartbeats).hasValue(1);
		this.connection.send(body("x"));
		this.channel.beginWrite(now);
		this.connection.onHeartbeat(now + TimeUnit.SECONDS.toNanos(10) - 1);
		assertThat(this.connection.isEnding()).isFalse();
		this.connection.onHeartbeat(now + TimeUnit.SECONDS.toNanos(10));
		assertThat(this.connection.closeReason()).isEqualTo(CloseReason.SLOW_CONSUMER);
		assertThat(this.channel.log).contains("abort");
		assertThat(this.handler.heartbeats).hasValue(2);
		this.connection.onHeartbeat(now + TimeUnit.SECONDS.toNanos(11));
		assertThat(this.handler.heartbeats).hasValue(2);
	}

	@Test
	void heartbeatEndsAStalledClientThatIsClosing() {
		this.channel.stalled = true;
		attach();
		this.connection.close(CloseReason.SERVER_CLOSED, null);
		long now = System.nanoTime();
		this.channel.beginWrite(now);
		this.connection.onHeartbeat(now + TimeUnit.SECONDS.toNanos(10));
		assertThat(this.handler.log).containsExactly("attached", "closing server-closed", "closed server-closed");
		assertThat(this.handler.heartbeats).hasValue(0);
	}

	@Test
	void heartbeatBeforeAttachIsIgnored() {
		this.connection.onHeartbeat(System.nanoTime());
		assertThat(this.handler.heartbeats).hasValue(0);
	}

	@Test
	void receivesUntilTheEndBegins() {
		attach();
		this.connection.receive(ByteBuffer.wrap(new byte[3]));
		this.channel.stalled = true;
		this.connection.close(CloseReason.SERVER_CLOSED, null);
		this.connection.receive(ByteBuffer.wrap(new byte[4]));
		assertThat(this.handler.received).containsExactly(3);
	}

	@Test
	void endResumesReading() {
		attach();
		this.channel.stalled = true;
		this.connection.readGate().pause();
		this.connection.close(CloseReason.SERVER_CLOSED, null);
		assertThat(this.connection.readGate().isPaused()).isFalse();
		this.connection.readGate().pause();
		this.connection.transportClosed(CloseReason.CLIENT_GONE, null);
		assertThat(this.connection.readGate().isPaused()).isFalse();
	}

	@Test
	void deliversToOpenConnectionsOfTheProtocolOnly() {
		TextProtocol protocol = new TextProtocol("a");
		EncodedMessage message = EncodedMessage.of(Map.of("a", body("hello")), true, EncodedMessage.NO_DEADLINE);
		attach();
		this.connection.deliver(message);
		this.connection.protocol(protocol);
		this.connection.deliver(message);
		assertThat(this.channel.written).isEmpty();
		this.connection.open();
		this.connection.deliver(message);
		assertThat(this.channel.written).containsExactly("hello");
		this.connection.deliver(EncodedMessage.of(Map.of("b", body("other")), true, EncodedMessage.NO_DEADLINE));
		this.connection.transportClosed(CloseReason.CLIENT_GONE, null);
		this.connection.deliver(message);
		assertThat(this.channel.written).containsExactly("hello");
	}

	@Test
	void closedOnceHoweverManyEndIt() throws Exception {
		for (int round = 0; round < 200; round++) {
			RecordingHandler handler = new RecordingHandler();
			ClientConnection connection = new ClientConnection("id", "test", handler, OutboundLimits.DEFAULT);
			RecordingChannel channel = new RecordingChannel(connection);
			CountDownLatch go = new CountDownLatch(1);
			List<Runnable> tasks = List.of(() -> connection.attach(channel, Lane.direct(), null, handshake()),
					() -> connection.close(CloseReason.SERVER_CLOSED, null),
					() -> connection.terminate(CloseReason.SLOW_CONSUMER, null), () -> connection.send(body("x")));
			List<FutureTask<Boolean>> futures = new ArrayList<>();
			for (Runnable task : tasks) {
				FutureTask<Boolean> future = new FutureTask<>(() -> {
					go.await();
					task.run();
					return true;
				});
				new Thread(future).start();
				futures.add(future);
			}
			go.countDown();
			for (FutureTask<Boolean> future : futures) {
				assertThat(future.get(10, TimeUnit.SECONDS)).isTrue();
			}
			connection.transportClosed(CloseReason.CLIENT_GONE, null);
			assertThat(connection.state()).isEqualTo(ConnectionState.CLOSED);
			long closed = handler.log.stream().filter((entry) -> entry.startsWith("closed")).count();
			assertThat(closed).isEqualTo(handler.log.contains("attached") ? 1 : 0);
			assertThat(handler.log.stream().filter((entry) -> entry.startsWith("closing"))).hasSizeLessThan(2);
			assertThat(connection.closeReason()).isIn(CloseReason.SERVER_CLOSED, CloseReason.SLOW_CONSUMER);
		}
	}

	@Test
	void countsWhatArrives() {
		attach();
		this.connection.receive(ByteBuffer.allocate(3));
		this.connection.receive(ByteBuffer.allocate(4));
		this.connection.received(2);
		this.connection.messageReceived(TransferFormat.TEXT);
		assertThat(this.connection.receivedBytes()).isEqualTo(7);
		assertThat(this.connection.receivedMessages()).isEqualTo(3);
	}

	private record TextProtocol(String name) implements ClientProtocol {

		@Override
		public TransferFormat transferFormat() {
			return TransferFormat.TEXT;
		}

		@Override
		public boolean joinsMessages() {
			return true;
		}

		@Override
		public EncodedBody encode(ServerMessage message) {
			return body("x");
		}

	}

}
