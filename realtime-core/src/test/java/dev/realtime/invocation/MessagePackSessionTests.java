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
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import dev.realtime.backplane.BackplaneNode;
import dev.realtime.backplane.LoopbackBackplane;
import dev.realtime.hub.HubException;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import dev.realtime.protocol.EncodedBody;
import dev.realtime.protocol.TransferFormat;
import dev.realtime.protocol.TransportType;
import dev.realtime.protocol.signalr.CloseMessage;
import dev.realtime.protocol.signalr.CompletionMessage;
import dev.realtime.protocol.signalr.InvocationMessage;
import dev.realtime.protocol.signalr.StreamInvocationMessage;
import dev.realtime.protocol.signalr.StreamItemMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import org.springframework.messaging.converter.MessageConversionException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for hubs with clients that speak MessagePack.
 */
class MessagePackSessionTests {

	private static final CloseMessage CLOSED = new CloseMessage("Connection closed with an error.", true);

	private final HubTester tester = HubTester.with(Bytes.class);

	@AfterEach
	void close() {
		this.tester.close();
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "SERVER_SENT_EVENTS")
	void isSpokenOverBinaryTransports(TransportType transport) throws Exception {
		MessagePackClient client = new MessagePackClient(this.tester.endpoint(), transport).handshake();
		client.send(InvocationMessage.of("1", "reverse", new byte[] { 1, 2 }));
		assertThat(client.next()).usingRecursiveComparison()
			.isEqualTo(CompletionMessage.result("1", new byte[] { 2, 1 }));
	}

	@Test
	void isRefusedOverServerSentEvents() throws Exception {
		MessagePackClient client = new MessagePackClient(this.tester.endpoint(), TransportType.SERVER_SENT_EVENTS);
		client.send("{\"protocol\":\"messagepack\",\"version\":1}\u001e".getBytes(StandardCharsets.UTF_8));
		EncodedBody answer = client.nextBody();
		assertThat(answer.format()).isEqualTo(TransferFormat.TEXT);
		assertThat(answer.asText()).isEqualTo("{\"error\":\"Cannot use the 'messagepack' protocol on the current "
				+ "transport. The transport does not support 'Binary' transfer format.\"}\u001e");
	}

	@Test
	void readsMessagesBehindTheHandshake() throws Exception {
		MessagePackClient client = new MessagePackClient(this.tester.endpoint(), TransportType.WEB_SOCKETS);
		byte[] handshake = "{\"protocol\":\"MessagePack\",\"version\":2}\u001e".getBytes(StandardCharsets.UTF_8);
		byte[] close = { 0x03, (byte) 0x92, 0x07, (byte) 0xC0 };
		byte[] frame = Arrays.copyOf(handshake, handshake.length + close.length);
		System.arraycopy(close, 0, frame, handshake.length, close.length);
		client.send(frame);
		assertThat(client.nextBody().asText()).isEqualTo("{}\u001e");
		assertThat(client.next()).isEqualTo(new CloseMessage(null, false));
	}

	@Test
	void bindingFailuresLeaveTheConnectionOpen() throws Exception {
		MessagePackClient client = connect(this.tester);
		client.send(InvocationMessage.of("1", "reverse", 42));
		client.send(InvocationMessage.of("2", "missing", 42));
		assertThat(client.next())
			.isEqualTo(CompletionMessage.error("1", "Failed to invoke 'reverse' due to an error on the server."));
		assertThat(client.next()).isEqualTo(CompletionMessage.error("2",
				"Failed to invoke 'missing' due to an error on " + "the server. HubException: Method does not exist."));
	}

	@Test
	void malformedMessagesCloseTheConnection() throws Exception {
		MessagePackClient client = connect(this.tester);
		client.send(new byte[] { 1, (byte) 0xC1 });
		assertThat(client.next()).isEqualTo(CLOSED);
	}

	@Test
	void lengthsOverTheLimitCloseTheConnection() throws Exception {
		MessagePackClient client = connect(this.tester);
		client.send(new byte[] { (byte) 0xFF, (byte) 0xFF, (byte) 0x7F });
		assertThat(client.next()).isEqualTo(CLOSED);
	}

	@Test
	void streams() throws Exception {
		MessagePackClient client = connect(this.tester);
		client.send(new StreamInvocationMessage(Map.of(), "1", "moments", new Object[0], List.of()));
		assertThat(client.next()).isEqualTo(StreamItemMessage.of("1", Instant.EPOCH));
		assertThat(client.next()).isEqualTo(CompletionMessage.empty("1"));
	}

	@Test
	void sharesGroupsWithJson() throws Exception {
		MessagePackClient binary = connect(this.tester);
		TestClient text = this.tester.connect();
		this.tester.hub().groups().add(binary.id(), "g").join();
		this.tester.hub().groups().add(text.id(), "g").join();
		this.tester.hub().group("g").send("told", (Object) new byte[] { 1, 2 });
		assertThat(binary.next()).usingRecursiveComparison()
			.isEqualTo(InvocationMessage.of(null, "told", (Object) new byte[] { 1, 2 }));
		assertThat(text.next()).isEqualTo("{'type':1,'target':'told','arguments':['AQI=']}");
	}

	@Test
	void clientResults() throws Exception {
		MessagePackClient client = connect(this.tester);
		CompletableFuture<byte[]> signed = this.tester.hub()
			.client(client.id())
			.invoke("sign", byte[].class, (Object) new byte[] { 1 });
		InvocationMessage question = (InvocationMessage) client.next();
		client.send(CompletionMessage.result(question.invocationId(), new byte[] { 1, 2 }));
		assertThat(signed).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(new byte[] { 1, 2 });
	}

	@Test
	void clientResultsComeFromOtherNodes() throws Exception {
		try (LoopbackBackplane.Network network = new LoopbackBackplane.Network()) {
			BackplaneNode here = new BackplaneNode("here", new LoopbackBackplane(network), Duration.ofSeconds(5));
			BackplaneNode there = new BackplaneNode("there", new LoopbackBackplane(network), Duration.ofSeconds(5));
			CompletableFuture.allOf(here.start(), there.start()).join();
			try (HubTester asking = HubTester.onNode(here); HubTester asked = HubTester.onNode(there)) {
				MessagePackClient client = connect(asked);
				assertAnswers(asking, client);
			}
			finally {
				here.stop();
				there.stop();
			}
		}
	}

	private static void assertAnswers(HubTester asking, MessagePackClient client) throws Exception {
		CompletableFuture<byte[]> signed = asking.hub()
			.client(client.id())
			.invoke("sign", byte[].class, (Object) new byte[] { 1 });
		InvocationMessage question = (InvocationMessage) client.next();
		assertThat(question.arguments()).usingRecursiveComparison().isEqualTo(new Object[] { new byte[] { 1 } });
		client.send(CompletionMessage.result(question.invocationId(), new byte[] { 1, 2 }));
		assertThat(signed).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(new byte[] { 1, 2 });
		CompletableFuture<Integer> misfit = asking.hub().client(client.id()).invoke("sign", Integer.class, "x");
		client.send(CompletionMessage.result(((InvocationMessage) client.next()).invocationId(), "no number"));
		assertThat(misfit).failsWithin(Duration.ofSeconds(10))
			.withThrowableThat()
			.withCauseInstanceOf(MessageConversionException.class);
		CompletableFuture<Integer> failed = asking.hub().client(client.id()).invoke("sign", Integer.class, "x");
		client.send(CompletionMessage.error(((InvocationMessage) client.next()).invocationId(), "no"));
		assertThat(failed).failsWithin(Duration.ofSeconds(10))
			.withThrowableThat()
			.withCauseInstanceOf(HubException.class);
	}

	private static MessagePackClient connect(HubTester tester) throws InterruptedException {
		return new MessagePackClient(tester.endpoint(), TransportType.WEB_SOCKETS).handshake();
	}

	@HubController("test")
	static class Bytes {

		@HubMethod
		byte[] reverse(byte[] bytes) {
			return new byte[] { bytes[1], bytes[0] };
		}

		@HubMethod
		Stream<Instant> moments() {
			return Stream.of(Instant.EPOCH);
		}

	}

}
