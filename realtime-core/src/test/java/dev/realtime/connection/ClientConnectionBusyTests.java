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
import java.util.HashMap;
import java.util.List;

import dev.realtime.protocol.CloseReason;
import dev.realtime.protocol.EncodedBody;
import dev.realtime.protocol.HubHandshake;
import dev.realtime.protocol.OutboundLimits;
import dev.realtime.protocol.TransferFormat;
import org.junit.jupiter.api.Test;

import org.springframework.util.LinkedMultiValueMap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests for what a {@link ClientConnection} says before it is closed.
 */
class ClientConnectionBusyTests {

	private final BusyHandler handler = new BusyHandler();

	private final ClientConnection connection = new ClientConnection("id", "chat", this.handler,
			OutboundLimits.DEFAULT);

	private void open() {
		this.connection.attach(new RecordingChannel(this.connection), Lane.direct(), null,
				new HubHandshake(URI.create("/"), new LinkedMultiValueMap<>(), new LinkedMultiValueMap<>(),
						new LinkedMultiValueMap<>(), null, new HashMap<>()));
		assertThat(this.connection.isBusy()).as("about to open").isTrue();
		this.connection.open();
	}

	@Test
	void connectionThatIsAboutToOpenIsBusy() {
		assertThat(this.connection.isBusy()).isTrue();
		open();
		assertThat(this.connection.isBusy()).isFalse();
	}

	@Test
	void connectionIsBusyAsLongAsItsHandlerSaysSo() {
		open();
		this.handler.busy = true;
		assertThat(this.connection.isBusy()).isTrue();
	}

	@Test
	void connectionIsBusyWhileItsHandlerReceives() {
		open();
		this.connection.retire();
		this.connection.receive(ByteBuffer.allocate(1));
		this.connection.messageReceived(TransferFormat.TEXT);
		assertThat(this.handler.busyMeanwhile).containsExactly(true, true);
		assertThat(this.connection.isBusy()).isFalse();
	}

	@Test
	void failureToReceiveLeavesNothingBehind() {
		open();
		this.handler.failing = true;
		assertThat(catchThrowable(() -> this.connection.receive(ByteBuffer.allocate(1)))).hasMessage("expected");
		assertThat(this.connection.isBusy()).isFalse();
	}

	@Test
	void connectionThatWaitsForAnotherTransportIsBusy() {
		open();
		this.connection.resumable(new ReplayBuffer(new NumberedTexts(), 100, 100), Duration.ofSeconds(1));
		this.connection.transportLost(this.connection.channel(), null);
		assertThat(this.connection.state()).isEqualTo(ConnectionState.SUSPENDED);
		assertThat(this.connection.isBusy()).isTrue();
	}

	@Test
	void connectionThatHasEndedIsNotBusy() {
		open();
		this.handler.busy = true;
		this.connection.terminate(CloseReason.SERVER_CLOSED, null);
		assertThat(this.connection.isBusy()).isFalse();
	}

	@Test
	void connectionThatRetiresGoesOnOtherwise() {
		open();
		assertThat(this.connection.isRetiring()).isFalse();
		this.connection.retire();
		assertThat(this.connection.isRetiring()).isTrue();
		assertThat(this.connection.isEnding()).isFalse();
		assertThat(this.connection.send(EncodedBody.text("x".getBytes()))).isTrue();
		this.connection.endStreams();
		assertThat(this.handler.streamsEnded).isEqualTo(1);
	}

	private static final class BusyHandler implements ConnectionHandler {

		private final List<Boolean> busyMeanwhile = new ArrayList<>();

		private boolean busy;

		private boolean failing;

		private int streamsEnded;

		@Override
		public void onAttached(ClientConnection connection) {
		}

		@Override
		public void onData(ClientConnection connection, ByteBuffer data) {
			if (this.failing) {
				throw new IllegalStateException("expected");
			}
			this.busyMeanwhile.add(connection.isBusy());
		}

		@Override
		public void onMessageEnd(ClientConnection connection, TransferFormat format) {
			this.busyMeanwhile.add(connection.isBusy());
		}

		@Override
		public boolean isBusy(ClientConnection connection) {
			return this.busy;
		}

		@Override
		public void endStreams(ClientConnection connection) {
			this.streamsEnded++;
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
