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
import java.security.Principal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import dev.realtime.protocol.ClientProtocol;
import dev.realtime.protocol.CloseReason;
import dev.realtime.protocol.EncodedBody;
import dev.realtime.protocol.EncodedMessage;
import dev.realtime.protocol.HubHandshake;
import dev.realtime.protocol.OutboundLimits;
import dev.realtime.protocol.OverflowStrategy;
import dev.realtime.protocol.ServerMessage;
import dev.realtime.protocol.TransferFormat;
import dev.realtime.protocol.TransportType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.util.LinkedMultiValueMap;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ClientConnection}s that outlive their transports.
 */
class ClientConnectionResumeTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(15);

	private final RecordingHandler handler = new RecordingHandler();

	private final ClientConnection connection = new ClientConnection("id", "test", this.handler,
			new OutboundLimits(1000, 100, Duration.ofSeconds(10), OverflowStrategy.TERMINATE));

	private final ReplayBuffer replay = new ReplayBuffer(new NumberedTexts(), 500, 100);

	private final RecordingChannel first = new RecordingChannel(this.connection);

	private final RecordingChannel second = new RecordingChannel(this.connection);

	private static HubHandshake handshake() {
		return new HubHandshake(URI.create("/"), new LinkedMultiValueMap<>(), new LinkedMultiValueMap<>(),
				new LinkedMultiValueMap<>(), null, new ConcurrentHashMap<>());
	}

	private boolean attach(RecordingChannel channel) {
		return attach(channel, null);
	}

	private boolean attach(RecordingChannel channel, @Nullable Principal principal) {
		return this.connection.attach(channel, Lane.direct(), principal, handshake());
	}

	private void open() {
		assertThat(attach(this.first)).isTrue();
		this.connection.resumable(this.replay, TIMEOUT);
		assertThat(this.connection.open()).isTrue();
	}

	private void suspend() {
		open();
		this.first.lose();
		assertThat(this.connection.state()).isEqualTo(ConnectionState.SUSPENDED);
	}

	private void send(String... texts) {
		for (String text : texts) {
			assertThat(this.connection.send(NumberedTexts.body(text))).isTrue();
		}
	}

	@Test
	void openConnectionIsSuspendedWhenItsTransportIsLost() {
		suspend();
		assertThat(this.connection.isEnding()).isFalse();
		assertThat(this.connection.isResumable()).isTrue();
		assertThat(this.connection.channel()).isNull();
		assertThat(this.connection.transport()).isEqualTo(TransportType.WEB_SOCKETS);
		this.first.lose();
		assertThat(this.connection.state()).isEqualTo(ConnectionState.SUSPENDED);
		assertThat(this.handler.log).containsExactly("attached");
	}

	@Test
	void connectionThatIsNotResumableEndsWithItsTransport() {
		attach(this.first);
		this.connection.open();
		assertThat(this.connection.isResumable()).isFalse();
		IllegalStateException cause = new IllegalStateException();
		this.connection.transportLost(this.first, cause);
		assertThat(this.handler.log).containsExactly("attached", "closed client-gone");
		assertThat(this.handler.cause).isSameAs(cause);
		assertThat(attach(this.second)).isFalse();
	}

	@Test
	void connectionThatIsNotOpenYetEndsWithItsTransport() {
		attach(this.first);
		this.connection.resumable(this.replay, TIMEOUT);
		assertThat(attach(this.second)).isFalse();
		this.first.lose();
		assertThat(this.handler.log).containsExactly("attached", "closed client-gone");
	}

	@Test
	void connectionThatIsNotResumableRefusesAnotherTransport() {
		attach(this.first);
		this.connection.open();
		assertThat(attach(this.second)).isFalse();
		send("a");
		assertThat(this.first.written).containsExactly("a");
		assertThat(this.first.log).doesNotContain("detach");
	}

	@Test
	void connectionThatIsEndingRefusesAnotherTransport() {
		open();
		this.first.stalled = true;
		this.connection.close(CloseReason.SERVER_CLOSED, null);
		assertThat(this.connection.isResumable()).isFalse();
		assertThat(attach(this.second)).isFalse();
		this.first.resume();
		assertThat(this.first.written).containsExactly("bye");
		assertThat(this.first.log).doesNotContain("detach");
	}

	@Test
	void connectionThatIsEndingIsNotSuspended() {
		open();
		this.first.stalled = true;
		this.connection.close(CloseReason.SERVER_CLOSED, null);
		this.first.lose();
		assertThat(this.handler.log).containsExactly("attached", "closing server-closed", "closed server-closed");
	}

	@Test
	void nextTransportGetsTheStartTheReplayAndWhatWasSentMeanwhile() {
		open();
		send("a", "b", "c");
		this.connection.acknowledged(1);
		this.first.lose();
		send("d");
		this.connection.protocol(new TextProtocol());
		this.connection
			.deliver(EncodedMessage.of(Map.of("text", NumberedTexts.body("e")), true, EncodedMessage.NO_DEADLINE));
		assertThat(this.connection.queue().messages()).isEqualTo(2);
		assertThat(attach(this.second)).isTrue();
		assertThat(this.connection.state()).isEqualTo(ConnectionState.OPEN);
		send("f");
		assertThat(this.first.written).containsExactly("1a", "2b", "3c");
		assertThat(this.second.written).containsExactly("from 2", "2b", "3c", "4d", "5e", "6f");
		assertThat(this.handler.log).containsExactly("attached", "resumed");
		this.connection.acknowledged(6);
		assertThat(this.replay.bytes()).isZero();
		assertThat(this.connection.queue().bytes()).isZero();
		assertThat(this.connection.queue().messages()).isZero();
	}

	@Test
	void nextTransportIsHeard() {
		suspend();
		attach(this.second);
		this.connection.receive(ByteBuffer.wrap(new byte[3]));
		assertThat(this.handler.received).containsExactly(3);
		this.connection.transportClosed(CloseReason.CLIENT_CLOSED, null);
		assertThat(this.handler.log).containsExactly("attached", "resumed", "closed client-closed");
	}

	@Test
	void nextTransportBringsItsPrincipal() {
		Principal once = () -> "ann";
		Principal again = () -> "ann";
		attach(this.first, once);
		this.connection.resumable(this.replay, TIMEOUT);
		this.connection.open();
		HubHandshake handshake = this.connection.handshake();
		assertThat(this.connection.principal()).isSameAs(once);
		assertThat(attach(this.second, again)).isTrue();
		assertThat(this.connection.principal()).isSameAs(again);
		assertThat(this.connection.handshake()).isSameAs(handshake);
	}

	@Test
	void transportThatIsRefusedBringsNoPrincipal() {
		Principal principal = () -> "ann";
		attach(this.first, principal);
		this.connection.open();
		assertThat(attach(this.second, () -> "ann")).isFalse();
		assertThat(this.connection.principal()).isSameAs(principal);
	}

	@Test
	void isResumedAnyNumberOfTimes() {
		open();
		send("a");
		RecordingChannel channel = this.first;
		for (int i = 0; i < 5; i++) {
			channel.lose();
			channel = new RecordingChannel(this.connection);
			assertThat(attach(channel)).isTrue();
			assertThat(channel.written).containsExactly("from 1", "1a");
		}
	}

	@Test
	void whatIsSentAheadComesAfterTheStart() {
		open();
		send("a");
		this.first.lose();
		this.connection.sendAhead(NumberedTexts.body("ahead"));
		attach(this.second);
		assertThat(this.second.written).containsExactly("from 1", "ahead", "1a");
	}

	@Test
	void transportThatSeemsToLiveIsDetached() {
		open();
		send("a");
		assertThat(attach(this.second)).isTrue();
		assertThat(this.first.log).contains("detach");
		send("b");
		assertThat(this.first.written).containsExactly("1a");
		assertThat(this.second.written).containsExactly("from 1", "1a", "2b");
		assertThat(this.connection.channel()).isSameAs(this.second);
		assertThat(this.handler.log).containsExactly("attached", "resumed");
	}

	@Test
	void takesTheDrainRightFromATransportThatIsStuck() {
		open();
		this.first.stalled = true;
		send("a", "b");
		this.first.beginWrite(System.nanoTime());
		send("c");
		assertThat(attach(this.second)).isTrue();
		assertThat(this.second.written).containsExactly("from 1", "1a", "2b", "3c");
		send("d");
		assertThat(this.second.written).endsWith("4d");
		assertThat(this.connection.queue().bytes()).isZero();
		assertThat(this.connection.queue().messages()).isZero();
	}

	@Test
	void drainRightThatADetachedTransportGetsIsGivenToTheNext() {
		open();
		attach(this.second);
		assertThat(this.connection.queue().acquire()).isTrue();
		send("a");
		assertThat(this.second.written).containsExactly("from 1");
		this.first.drain();
		assertThat(this.second.written).containsExactly("from 1", "1a");
	}

	@Test
	void endOfATransportThatWasReplacedDoesNotMatter() {
		open();
		attach(this.second);
		this.first.lose();
		assertThat(this.connection.state()).isEqualTo(ConnectionState.OPEN);
		assertThat(this.connection.channel()).isSameAs(this.second);
		this.connection.transportLost(null, null);
		assertThat(this.connection.state()).isEqualTo(ConnectionState.OPEN);
		this.second.stalled = true;
		this.connection.close(CloseReason.SERVER_CLOSED, null);
		this.first.lose();
		this.second.resume();
		assertThat(this.second.written).containsExactly("from 1", "bye");
	}

	@Test
	void transportThatCannotBeDetachedKeepsTheNextOut() {
		open();
		this.first.detachable = false;
		assertThat(attach(this.second)).isFalse();
		assertThat(this.connection.state()).isEqualTo(ConnectionState.SUSPENDED);
		this.first.detachable = true;
		send("a");
		assertThat(attach(this.second)).isTrue();
		assertThat(this.second.written).containsExactly("from 1", "1a");
	}

	@Test
	void transportOfAnotherLaneIsRefused() {
		open();
		Lane lane = Runnable::run;
		assertThat(this.connection.attach(this.second, lane, null, handshake())).isFalse();
		assertThat(this.first.log).doesNotContain("detach");
		send("a");
		assertThat(this.first.written).containsExactly("1a");
		this.first.lose();
		assertThat(this.connection.attach(this.second, lane, null, handshake())).isFalse();
		assertThat(this.connection.state()).isEqualTo(ConnectionState.SUSPENDED);
	}

	@Test
	void endsWhenNoTransportComes() {
		open();
		send("a");
		long before = System.nanoTime();
		IllegalStateException cause = new IllegalStateException();
		this.connection.transportLost(this.first, cause);
		long after = System.nanoTime();
		send("b");
		this.connection.onHeartbeat(before + TIMEOUT.toNanos() - 1);
		assertThat(this.connection.state()).isEqualTo(ConnectionState.SUSPENDED);
		this.connection.onHeartbeat(after + TIMEOUT.toNanos());
		assertThat(this.handler.log).containsExactly("attached", "closed client-gone");
		assertThat(this.handler.cause).isSameAs(cause);
		assertThat(this.handler.heartbeats).hasValue(0);
		assertThat(this.connection.queue().bytes()).isZero();
		assertThat(attach(this.second)).isFalse();
		assertThat(this.connection.send(NumberedTexts.body("c"))).isFalse();
	}

	@Test
	void timeoutBeginsAnewWithEachLoss() {
		suspend();
		long lost = System.nanoTime();
		attach(this.second);
		this.connection.onHeartbeat(lost + TIMEOUT.toNanos());
		assertThat(this.connection.state()).isEqualTo(ConnectionState.OPEN);
		assertThat(this.handler.heartbeats).hasValue(1);
		long before = System.nanoTime();
		this.second.lose();
		this.connection.onHeartbeat(before + TIMEOUT.toNanos() - 1);
		assertThat(this.connection.state()).isEqualTo(ConnectionState.SUSPENDED);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void endOfASuspendedConnectionIsImmediate(boolean terminate) {
		suspend();
		send("a");
		this.connection.readGate().pause();
		IllegalStateException cause = new IllegalStateException();
		if (terminate) {
			this.connection.terminate(CloseReason.SERVER_SHUTDOWN, cause);
		}
		else {
			this.connection.close(CloseReason.SERVER_SHUTDOWN, cause);
		}
		assertThat(this.handler.log).containsExactly("attached", "closed server-shutdown");
		assertThat(this.handler.cause).isSameAs(cause);
		assertThat(this.connection.queue().bytes()).isZero();
		assertThat(this.connection.readGate().isPaused()).isFalse();
		assertThat(attach(this.second)).isFalse();
		this.first.lose();
		assertThat(this.handler.log).hasSize(2);
	}

	@Test
	void overflowEndsASuspendedConnection() {
		suspend();
		assertThat(this.connection.send(EncodedBody.binary(new byte[900]))).isTrue();
		assertThat(this.connection.send(EncodedBody.binary(new byte[200]))).isFalse();
		assertThat(this.handler.log).containsExactly("attached", "closed slow-consumer");
		assertThat(this.connection.queue().bytes()).isZero();
		assertThat(attach(this.second)).isFalse();
	}

	@Test
	void closedWhileATransportTakesOver() {
		open();
		this.handler.onResumed = () -> this.connection.close(CloseReason.SERVER_CLOSED, null);
		assertThat(attach(this.second)).isFalse();
		assertThat(this.connection.channel()).isNull();
		assertThat(this.second.log).isEmpty();
		assertThat(this.handler.log).containsExactly("attached", "resumed", "closed server-closed");
	}

	@Test
	void lastWordFollowsTheReplay() {
		open();
		send("a");
		this.first.lose();
		send("b");
		this.second.stalled = true;
		attach(this.second);
		this.connection.close(CloseReason.SERVER_CLOSED, null);
		this.second.resume();
		assertThat(this.second.written).containsExactly("from 1", "1a", "2b", "bye");
	}

	@Test
	void replayIsCompleteWithoutALastWord() {
		this.handler.lastWord = null;
		open();
		send("a");
		this.first.lose();
		this.second.stalled = true;
		attach(this.second);
		this.connection.close(CloseReason.SERVER_CLOSED, null);
		this.second.resume();
		assertThat(this.second.written).containsExactly("from 1", "1a");
		assertThat(this.handler.log).endsWith("closed server-closed");
	}

	@Test
	void endsOrGoesOnButNeverBoth() throws Exception {
		for (int round = 0; round < 200; round++) {
			RecordingHandler handler = new RecordingHandler();
			ClientConnection connection = new ClientConnection("id", "test", handler, OutboundLimits.DEFAULT);
			RecordingChannel first = new RecordingChannel(connection);
			RecordingChannel second = new RecordingChannel(connection);
			connection.attach(first, Lane.direct(), null, handshake());
			connection.resumable(new ReplayBuffer(new NumberedTexts(), 1000, 100), TIMEOUT);
			connection.open();
			AtomicReference<Boolean> attached = new AtomicReference<>();
			race(first::lose, () -> attached.set(connection.attach(second, Lane.direct(), null, handshake())));
			assertThat(attached).hasValue(true);
			assertThat(connection.state()).isEqualTo(ConnectionState.OPEN);
			assertThat(connection.channel()).isSameAs(second);
			RecordingChannel third = new RecordingChannel(connection);
			race(second::lose, () -> attached.set(connection.attach(third, Lane.direct(), null, handshake())),
					() -> connection.close(CloseReason.SERVER_CLOSED, null));
			second.lose();
			assertThat(connection.state()).isEqualTo(ConnectionState.CLOSED);
			assertThat(connection.closeReason()).isEqualTo(CloseReason.SERVER_CLOSED);
			assertThat(handler.log).filteredOn("closed server-closed"::equals).hasSize(1);
		}
	}

	private static void race(Runnable... tasks) throws Exception {
		CountDownLatch go = new CountDownLatch(1);
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
	}

	@Test
	void listenerHearsOfOneConnection() {
		List<String> heard = new ArrayList<>();
		this.connection.listener(new ConnectionListener() {

			@Override
			public void onAttached(ClientConnection connection) {
				heard.add("attached");
			}

			@Override
			public void onClosed(ClientConnection connection, CloseReason reason) {
				heard.add("closed " + reason.name());
			}

		});
		suspend();
		assertThat(attach(this.second)).isTrue();
		assertThat(heard).containsExactly("attached");
		this.second.lose();
		this.connection.close(CloseReason.SERVER_CLOSED, null);
		assertThat(heard).containsExactly("attached", "closed server-closed");
	}

	private record TextProtocol() implements ClientProtocol {

		@Override
		public String name() {
			return "text";
		}

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
			return NumberedTexts.body("x");
		}

	}

}
