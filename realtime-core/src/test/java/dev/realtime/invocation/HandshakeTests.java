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

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.realtime.connection.ConnectionState;
import dev.realtime.protocol.CloseReason;
import dev.realtime.protocol.TransportType;
import dev.realtime.protocol.signalr.Vectors;
import dev.realtime.protocol.signalr.Vectors.Handshake;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.util.LinkedMultiValueMap;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the handshake of {@link SignalRConnectionHandler}.
 */
class HandshakeTests {

	private final HubTester tester = HubTester.with();

	private final TestClient client = this.tester.open(null);

	@AfterEach
	void close() {
		this.tester.close();
	}

	@Test
	void acceptsHandshakeSplitAtEveryByte() {
		byte[] frame = "{\"protocol\":\"json\",\"version\":1}\u001e".getBytes(StandardCharsets.UTF_8);
		for (byte b : frame) {
			this.client.sendRaw(new byte[] { b });
		}
		assertThat(this.client.next()).isEqualTo("{}");
	}

	@Test
	void acceptsMessagesInTheSameFrame() {
		this.client.send("{'protocol':'json','version':1}",
				"{'type':1,'invocationId':'1','target':'nothing','arguments':[]}");
		assertThat(this.client.next()).isEqualTo("{}");
		assertThat(this.client.next()).contains("Method does not exist.");
	}

	@ParameterizedTest
	@MethodSource("vectors")
	void isAnsweredAsTheProtocolSays(Handshake vector) {
		answers(vector, this.tester, false);
	}

	@Test
	void isAnsweredInDetail() {
		try (HubTester detailed = HubTester.with((options) -> options.detailedErrors(true))) {
			vectors().forEach((vector) -> answers(vector, detailed, true));
		}
	}

	private static void answers(Handshake vector, HubTester tester, boolean detailed) {
		TransportType transport = vector.isOverWebSocket() ? TransportType.WEB_SOCKETS
				: TransportType.SERVER_SENT_EVENTS;
		TestClient client = tester.open(tester.endpoint(), transport, null, new LinkedMultiValueMap<>());
		client.sendRaw(vector.frame());
		assertThat(client.next()).as(vector.toString())
			.isEqualTo(vector.answer(detailed).replace('"', '\'').replace("\u001e", ""));
		if (vector.isAccepted()) {
			assertThat(client.connection().state()).isEqualTo(ConnectionState.OPEN);
			client.disconnect();
		}
		else {
			client.awaitClosed();
			assertThat(client.received()).isEmpty();
			assertThat(client.connection().closeReason()).isEqualTo(CloseReason.HANDSHAKE_FAILED);
			assertThat(tester.hub().connections().list().join()).isEmpty();
		}
	}

	// others need a limit of their own
	static Stream<Handshake> vectors() {
		return Vectors.handshakes().filter((vector) -> vector.limit() == 32 * 1024);
	}

	@Test
	void refusesProtocolThatIsNotEnabledForTheHub() {
		try (HubTester jsonOnly = HubTester.with((options) -> options.protocols("json"))) {
			TestClient client = jsonOnly.open(null);
			client.send("{'protocol':'messagepack','version':1}");
			assertThat(client.next()).isEqualTo("{'error':'The protocol 'messagepack' is not supported.'}");
			client.awaitClosed();
			jsonOnly.connect();
		}
	}

	@Test
	void refusesInvalidUtf8() {
		this.client.sendRaw(new byte[] { '{', (byte) 0xC0, (byte) 0x80, '}', 0x1e });
		assertThat(this.client.next()).contains("An unexpected error occurred during connection handshake.");
		this.client.awaitClosed();
	}

	@Test
	void refusesHandshakeThatNeverEnds() {
		this.client.sendRaw("x".repeat(32 * 1024 + 1));
		assertThat(this.client.next()).isEqualTo("{'error':'Handshake was canceled.'}");
		this.client.awaitClosed();
	}

	@Test
	void cancelsHandshakeThatNeverComes() {
		long attached = this.client.connection().attachedAt();
		this.client.connection().onHeartbeat(attached + TimeUnit.MILLISECONDS.toNanos(14_999));
		assertThat(this.client.isClosed()).isFalse();
		this.client.connection().onHeartbeat(attached + TimeUnit.SECONDS.toNanos(15));
		assertThat(this.client.next()).isEqualTo("{'error':'Handshake was canceled.'}");
		this.client.awaitClosed();
	}

	@Test
	void cancellingTheHandshakeLeavesTheBufferToItsReader() {
		this.client.sendRaw("{\"protocol\"");
		this.client.connection().onHeartbeat(this.client.connection().attachedAt() + TimeUnit.SECONDS.toNanos(15));
		assertThat(this.client.next()).isEqualTo("{'error':'Handshake was canceled.'}");
		this.client.awaitClosed();
		assertThat(SignalRSession.of(this.client.connection()).inbound().remaining()).isEqualTo(11);
	}

}
