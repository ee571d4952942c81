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

package dev.realtime.transport.netty;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

import dev.realtime.connection.ConnectionState;
import dev.realtime.connection.ReplayBuffer;
import dev.realtime.connection.ReplayProtocol;
import dev.realtime.protocol.CloseReason;
import dev.realtime.protocol.EncodedBody;
import dev.realtime.protocol.OutboundMessage;
import dev.realtime.web.ClientFrames;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link NettyChannel} and {@link ConnectionChannelHandler}.
 */
class NettyChannelTests {

	private final EmbeddedClient client = new EmbeddedClient();

	@AfterEach
	void release() {
		this.client.socket.finishAndReleaseAll();
	}

	@Test
	void answersOfOneReadLeaveInOneFrame() {
		this.client.open();
		this.client.receive(ClientFrames.text("a"), ClientFrames.concat(ClientFrames.text("b"), ClientFrames.text("c")),
				ClientFrames.text("d"));
		assertThat(this.client.sent()).containsExactly("81 abcd");
		this.client.receive(ClientFrames.text("e"));
		assertThat(this.client.sent()).containsExactly("81 e");
	}

	@Test
	void leftOverIsReadFirst() {
		byte[] frame = ClientFrames.text("cut in two");
		this.client.open(Arrays.copyOf(frame, 9));
		this.client.receive(Arrays.copyOfRange(frame, 9, frame.length));
		assertThat(this.client.sent()).containsExactly("81 cut", "81  in two");
	}

	@Test
	void connectionThatHasEndedIsRefused() {
		this.client.connection.close(CloseReason.DISCONNECT_TIMEOUT, null);
		this.client.open(ClientFrames.text("too late"));
		assertThat(this.client.socket.outboundBuffers()).hasSize(1);
		assertThat(this.client.hub.received).isEmpty();
		this.client.socket.advanceTimeBy(5, TimeUnit.SECONDS);
		this.client.socket.runPendingTasks();
		assertThat(this.client.socket.isOpen()).isFalse();
		assertThat(this.client.hub.closings).hasValue(0);
	}

	@Test
	void socketThatComesTooLateDoesNotEndTheConnectionOfAnother() {
		EmbeddedClient first = this.client.open();
		EmbeddedSocket second = first.openSecond();
		assertThat(second.sent()).hasSize(1).first().asString().startsWith("88 ");
		second.close();
		second.runPendingTasks();
		assertThat(first.connection.state()).isEqualTo(ConnectionState.OPEN);
		first.receive(ClientFrames.text("x"));
		assertThat(first.sent()).containsExactly("81 x");
	}

	@Test
	void pingOfAClientThatDoesNotReadIsAnsweredOnce() {
		this.client.open();
		this.client.socket.stall(true);
		this.client.send("x".repeat(100_000));
		assertThat(this.client.sent()).isEmpty();
		long pending = this.client.socket.unsafe().outboundBuffer().totalPendingWriteBytes();
		for (int i = 0; i < 10_000; i++) {
			this.client.receive(ClientFrames.frame(ClientFrames.LAST | ClientFrames.PING, "ping " + i));
		}
		assertThat(this.client.socket.unsafe().outboundBuffer().totalPendingWriteBytes()).isEqualTo(pending);
		this.client.socket.stall(false);
		assertThat(this.client.sent()).containsExactly("81 " + "x".repeat(100_000), "8a ping 9999");
	}

	@Test
	void pongsOfAClientThatDoesNotReadAreBounded() {
		this.client.open();
		this.client.socket.stall(true);
		for (int i = 0; i < 10_000; i++) {
			this.client.receive(ClientFrames.frame(ClientFrames.LAST | ClientFrames.PING, "p".repeat(125)));
		}
		assertThat(this.client.socket.unsafe().outboundBuffer().totalPendingWriteBytes()).isLessThan(70_000);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void closeOfTheClientEndsTheSocket(boolean stalled) {
		this.client.open();
		this.client.socket.stall(stalled);
		this.client.receive(ClientFrames.close(1000));
		assertThat(this.client.hub.closed).containsEntry("1", CloseReason.CLIENT_CLOSED);
		assertThat(this.client.socket.isOpen()).isEqualTo(stalled);
		this.client.socket.advanceTimeBy(5, TimeUnit.SECONDS);
		this.client.socket.runPendingTasks();
		assertThat(this.client.socket.isOpen()).isFalse();
		assertThat(this.client.hub.closings).hasValue(1);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void clientThatDoesNotAnswerAnEndIsDropped(boolean stalled) {
		this.client.open();
		this.client.socket.stall(stalled);
		this.client.connection.close(CloseReason.SERVER_CLOSED, null);
		this.client.socket.runPendingTasks();
		assertThat(this.client.socket.isOpen()).isTrue();
		this.client.socket.advanceTimeBy(5, TimeUnit.SECONDS);
		this.client.socket.runPendingTasks();
		assertThat(this.client.socket.isOpen()).isFalse();
		assertThat(this.client.hub.closed).containsEntry("1", CloseReason.SERVER_CLOSED);
	}

	@Test
	void refusalIsSentAndWhatFollowsIsDropped() {
		this.client.open();
		this.client.receive(ClientFrames.frame(ClientFrames.LAST | 3));
		assertThat(this.client.socket.outboundBuffers()).hasSize(1)
			.first()
			.satisfies((frame) -> assertThat(frame.getUnsignedShort(2)).isEqualTo(1002));
		assertThat(this.client.socket.isOutputShutdown()).isTrue();
		assertThat(this.client.hub.closed).containsEntry("1", CloseReason.CLIENT_GONE);
		for (int i = 0; i < 100; i++) {
			this.client.receive(ClientFrames.text("x".repeat(10_000)));
		}
		assertThat(this.client.hub.received).isEmpty();
		this.client.socket.advanceTimeBy(5, TimeUnit.SECONDS);
		this.client.socket.runPendingTasks();
		assertThat(this.client.socket.isOpen()).isFalse();
		assertThat(this.client.hub.closings).hasValue(1);
	}

	@Test
	void failureOfTheHubEndsTheConnection() {
		this.client.open();
		this.client.hub.onData = () -> {
			throw new IllegalStateException("meant to be logged");
		};
		this.client.receive(ClientFrames.text("x"));
		this.client.socket.runPendingTasks();
		assertThat(this.client.socket.outboundBuffers()).hasSize(1)
			.first()
			.satisfies((frame) -> assertThat(frame.getUnsignedShort(2)).isEqualTo(1011));
	}

	@Test
	void failureOfTheSocketEndsTheConnection() {
		this.client.open();
		IOException failure = new IOException("Connection reset");
		this.client.socket.pipeline().fireExceptionCaught(failure);
		assertThat(this.client.hub.closed).containsEntry("1", CloseReason.CLIENT_GONE);
		assertThat(this.client.connection.closeCause()).isSameAs(failure);
		assertThat(this.client.hub.closings).hasValue(1);
	}

	@Test
	void pauseStopsReadingUntilTheGateOpens() {
		this.client.open();
		this.client.hub.onData = () -> this.client.connection.readGate().pause();
		this.client.receive(ClientFrames.text("x"));
		assertThat(this.client.socket.config().isAutoRead()).isFalse();
		this.client.hub.onData = null;
		this.client.connection.readGate().resume();
		this.client.socket.runPendingTasks();
		assertThat(this.client.socket.config().isAutoRead()).isTrue();
	}

	@Test
	void abortOfAStalledClientDoesNotWait() {
		this.client.open();
		this.client.socket.stall(true);
		this.client.send("x");
		this.client.socket.runPendingTasks();
		this.client.connection.terminate(CloseReason.SLOW_CONSUMER, null);
		this.client.socket.runPendingTasks();
		assertThat(this.client.socket.isOpen()).isFalse();
		assertThat(this.client.hub.closed).containsEntry("1", CloseReason.SLOW_CONSUMER);
	}

	private void openResumable() {
		this.client.open();
		this.client.connection.resumable(new ReplayBuffer(new Replay(), 1_000_000, 100), Duration.ofSeconds(15));
	}

	@Test
	void anotherSocketTakesOverFromOneThatIsStuck() {
		openResumable();
		this.client.socket.stall(true);
		this.client.send("a");
		assertThat(this.client.sent()).isEmpty();
		this.client.send("b");
		EmbeddedSocket second = this.client.openSecond();
		this.client.socket.runPendingTasks();
		assertThat(this.client.socket.isOpen()).isFalse();
		assertThat(second.sent()).containsExactly("81 from 1 ab");
		assertThat(this.client.connection.state()).isEqualTo(ConnectionState.OPEN);
		assertThat(this.client.connection.queue().messages()).isZero();
		second.receive(ClientFrames.text("c"));
		assertThat(second.sent()).containsExactly("81 c");
		second.finishAndReleaseAll();
	}

	@Test
	void anotherSocketTakesOverFromOneThatHasFailedToWrite() {
		openResumable();
		this.client.socket.stall(true);
		this.client.send("a");
		assertThat(this.client.sent()).isEmpty();
		this.client.socket.close();
		this.client.socket.runPendingTasks();
		assertThat(this.client.connection.state()).isEqualTo(ConnectionState.SUSPENDED);
		this.client.send("b");
		EmbeddedSocket second = this.client.openSecond();
		this.client.socket.runPendingTasks();
		assertThat(second.sent()).containsExactly("81 from 1 ab");
		assertThat(this.client.connection.queue().bytes()).isZero();
		second.finishAndReleaseAll();
	}

	@Test
	void anotherSocketTakesOverWhatIsAboutToBeWritten() {
		openResumable();
		this.client.send("a");
		EmbeddedSocket second = this.client.openSecond();
		this.client.socket.runPendingTasks();
		assertThat(second.sent()).containsExactly("81 from 1 a");
		second.finishAndReleaseAll();
	}

	@Test
	void whatComesAfterAnotherSocketTookOverIsDropped() {
		EmbeddedSocket socket = new EmbeddedSocket();
		this.client.open(socket, this.client.channel, new byte[0]);
		socket.receive(ClientFrames.text("a"));
		// closes the other socket
		assertThat(this.client.channel.detach()).isTrue();
		socket.receive(ClientFrames.text("b"));
		socket.receive(ClientFrames.close(1000));
		assertThat(this.client.hub.received).containsExactly("a");
		assertThat(this.client.hub.closings).hasValue(0);
		socket.finishAndReleaseAll();
	}

	private static final class Replay implements ReplayProtocol {

		@Override
		public OutboundMessage number(OutboundMessage message, long number) {
			return message;
		}

		@Override
		public OutboundMessage start(long number) {
			return OutboundMessage.control(EncodedBody.text(("from " + number + " ").getBytes()));
		}

	}

}
