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

package dev.realtime.transport.websocket;

import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.realtime.connection.ClientConnection;
import dev.realtime.connection.ConnectionState;
import dev.realtime.hub.HubOptions;
import dev.realtime.protocol.CloseReason;
import dev.realtime.protocol.EncodedBody;
import dev.realtime.protocol.EncodedMessage;
import dev.realtime.protocol.OutboundLimits;
import dev.realtime.protocol.OutboundMessage;
import dev.realtime.protocol.OverflowStrategy;
import dev.realtime.protocol.TransferFormat;
import dev.realtime.protocol.TransportType;
import dev.realtime.transport.Heartbeat;
import dev.realtime.web.TestEngine;
import dev.realtime.web.TestHub;
import dev.realtime.web.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for the WebSocket engines.
 */
@ParameterizedClass
@EnumSource
class WebSocketTransportTests {

	@Parameter
	private TestEngine engine;

	private final TestHub hub = new TestHub("chat", HubOptions.builder("/chat")
		.outbound(new OutboundLimits(64 * 1024 * 1024, 100_000, Duration.ofSeconds(1), OverflowStrategy.TERMINATE))
		.build());

	private TestServer server;

	@BeforeEach
	void start() {
		this.server = new TestServer(this.engine, this.hub);
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void echoesText() {
		Client client = connect("/chat?id=" + this.server.negotiate("/chat"));
		client.socket.sendText("grüezi €", true);
		client.expect("grüezi €");
		assertThat(client.binaryFrames).isEmpty();
		assertThat(this.hub.latest.transport()).isEqualTo(TransportType.WEB_SOCKETS);
	}

	@Test
	void echoesBinaryAndIgnoresTypeOfIncomingFrames() {
		this.hub.handler.format = TransferFormat.BINARY;
		Client client = connect("/chat");
		client.socket.sendText("text", true);
		client.expect("text");
		client.socket.sendBinary(ByteBuffer.wrap(new byte[] { 'b', 'i', 'n' }), true);
		client.expect("textbin");
		assertThat(client.textFrames).isEmpty();
	}

	@Test
	void receivesFragmentsAndMessagesLargerThanTheBuffer() {
		Client client = connect("/chat");
		client.socket.sendText("one ", false).join();
		client.socket.sendText("message ", true).join();
		String large = "large".repeat(20_000);
		client.socket.sendText(large, true);
		client.expect("one message " + large);
	}

	@Test
	void connectsWithoutNegotiation() {
		Client client = connect("/chat?room=1");
		client.socket.sendText("x", true);
		client.expect("x");
		assertThat(this.server.registry.size()).isOne();
		assertThat(this.hub.latest.handshake().query().getFirst("room")).isEqualTo("1");
		assertThat(this.hub.latest.handshake()).isSameAs(this.hub.handshake.get());
	}

	@Test
	void joinsWhatWaits() {
		Client client = connect("/chat");
		ClientConnection connection = this.hub.latest;
		StringBuilder expected = new StringBuilder();
		for (int i = 0; i < 5000; i++) {
			connection.send(this.hub.handler.body(i + ";"));
			expected.append(i).append(';');
		}
		client.expect(expected.toString());
		assertThat(client.textFrames.size()).isLessThan(5000);
	}

	@Test
	void doesNotJoinUnlessTheProtocolDoes() {
		this.hub.handler.joins = false;
		Client client = connect("/chat");
		for (int i = 0; i < 100; i++) {
			this.hub.latest.send(this.hub.handler.body("x"));
		}
		client.expect("x".repeat(100));
		assertThat(client.textFrames).hasSize(100);
	}

	@Test
	void appendsTails() {
		Client client = connect("/chat");
		EncodedBody body = this.hub.handler.body("body");
		byte[] tail = "-tail;".getBytes(StandardCharsets.UTF_8);
		for (int i = 0; i < 3; i++) {
			this.hub.latest.send(new OutboundMessage(body, tail, false, EncodedMessage.NO_DEADLINE));
		}
		client.expect("body-tail;body-tail;body-tail;");
	}

	@Test
	void messagesThatAreNotJoinedKeepFormatAndTail() {
		this.hub.handler.joins = false;
		Client client = connect("/chat");
		EncodedBody text = EncodedBody.text(new byte[] { 't' });
		EncodedBody binary = EncodedBody.binary(new byte[] { 'b' });
		List<String> tails = IntStream.range(0, 100).mapToObj((i) -> "-" + i).toList();
		for (String tail : tails) {
			byte[] bytes = tail.getBytes(StandardCharsets.US_ASCII);
			this.hub.latest.send(new OutboundMessage(text, bytes, false, EncodedMessage.NO_DEADLINE));
			this.hub.latest.send(new OutboundMessage(binary, bytes, false, EncodedMessage.NO_DEADLINE));
		}
		client.expect(tails.stream().map((tail) -> "t" + tail + "b" + tail).collect(Collectors.joining()));
		assertThat(client.textFrames).extracting(Object::toString)
			.containsExactlyElementsOf(tails.stream().map((tail) -> "t" + tail).toList());
		assertThat(client.binaryFrames).containsExactlyElementsOf(tails.stream().map((tail) -> "b" + tail).toList());
	}

	@Test
	void closesInOrderAfterTheLastWord() {
		this.hub.handler.lastWord = "bye";
		Client client = connect("/chat");
		this.hub.latest.send(this.hub.handler.body("first "));
		this.hub.latest.close(CloseReason.SERVER_CLOSED, null);
		client.expect("first bye");
		assertThat(client.closed.join()).isEqualTo(1000);
		awaitClosed(CloseReason.SERVER_CLOSED);
		assertThat(this.hub.latest.send(this.hub.handler.body("late"))).isFalse();
	}

	@Test
	void closeCodeTellsFailure() {
		Client client = connect("/chat");
		this.hub.latest.close(CloseReason.SERVER_ERROR, new IllegalStateException());
		assertThat(client.closed.join()).isEqualTo(1011);
		awaitClosed(CloseReason.SERVER_ERROR);
	}

	@Test
	void terminationDropsClient() {
		Client client = connect("/chat");
		this.hub.latest.terminate(CloseReason.TOO_MANY_INVOCATIONS, null);
		assertThat(client.closed.handle((status, ex) -> (status != null) ? status : 1006).join()).isIn(1006, 1011);
		awaitClosed(CloseReason.TOO_MANY_INVOCATIONS);
	}

	@Test
	void clientsCloseIsAnswered() {
		Client client = connect("/chat");
		client.socket.sendClose(1000, "done");
		assertThat(client.closed.join()).isEqualTo(1000);
		awaitClosed(CloseReason.CLIENT_CLOSED);
	}

	@Test
	void closeWithoutStatusIsAnsweredWithOne() throws Exception {
		assumeThat(this.engine).as("Jetty answers without a status, too").isNotEqualTo(TestEngine.SERVLET_ON_JETTY);
		try (TestServer.RawClient client = this.server.raw(TestServer.upgrade("/chat"))) {
			client.readUntil("\r\n\r\n");
			client.frame(0x88);
			assertThat(client.readFrame()).containsExactly(0x88, 0x03, 0xe8);
			assertThat(client.readAll()).isEmpty();
		}
		awaitClosed(CloseReason.CLIENT_CLOSED);
	}

	@Test
	void clientThatVanishesIsGone() throws Exception {
		try (TestServer.RawClient client = this.server.raw(TestServer.upgrade("/chat"))) {
			client.readUntil("\r\n\r\n");
			client.frame(0x81, (byte) 'x');
			assertThat(client.readFrame()).containsExactly(0x81, 'x');
		}
		awaitClosed(CloseReason.CLIENT_GONE);
	}

	@Test
	void invalidTextIsRefused() throws Exception {
		try (TestServer.RawClient client = this.server.raw(TestServer.upgrade("/chat"))) {
			client.readUntil("\r\n\r\n");
			client.frame(0x81, (byte) 0xff, (byte) 0xfe);
			byte[] close = client.readFrame();
			assertThat(Arrays.copyOf(close, 3)).containsExactly(0x88, 0x03, 0xef);
		}
		awaitClosed(CloseReason.CLIENT_GONE);
	}

	@Test
	void compressionIsNotNegotiated() throws Exception {
		try (TestServer.RawClient client = this.server
			.raw(TestServer.upgrade("/chat", "Sec-WebSocket-Extensions", "permessage-deflate"))) {
			assertThat(client.readUntil("\r\n\r\n")).doesNotContain("deflate");
		}
	}

	@Test
	void pausedConnectionIsNotRead() {
		this.hub.handler.echo = false;
		Client client = connect("/chat");
		this.hub.latest.readGate().pause();
		client.socket.sendText("1", true).join();
		await().untilAsserted(() -> assertThat(this.hub.handler.received).containsExactly("1"));
		client.socket.sendText("2", true).join();
		// what the server says still arrives
		this.hub.latest.send(this.hub.handler.body("x"));
		client.expect("x");
		assertThat(this.hub.handler.received).containsExactly("1");
		this.hub.latest.readGate().resume();
		await().untilAsserted(() -> assertThat(this.hub.handler.received).containsExactly("1", "2"));
	}

	@Test
	void stalledClientDelaysNobodyAndIsClosed() throws Exception {
		Heartbeat heartbeat = new Heartbeat(List.of(this.server.registry::onHeartbeat));
		List<TestServer.RawClient> stalled = new ArrayList<>();
		try {
			List<ClientConnection> connections = new ArrayList<>();
			for (int i = 0; i < 8; i++) {
				TestServer.RawClient client = this.server.raw(TestServer.upgrade("/chat"));
				client.readUntil("\r\n\r\n");
				await().until(() -> this.hub.latest.state() == ConnectionState.OPEN);
				stalled.add(client);
				connections.add(this.hub.latest);
			}
			EncodedBody block = this.hub.handler.body("x".repeat(64 * 1024));
			for (int i = 0; i < 160; i++) {
				connections.forEach((connection) -> connection.send(block));
			}
			Client healthy = connect("/chat");
			StringBuilder expected = new StringBuilder();
			for (int i = 0; i < 20; i++) {
				healthy.socket.sendText(i + ";", true).join();
				healthy.expect(expected.append(i).append(';').toString());
			}
			assertThat(connections).anyMatch((connection) -> connection.queue().bytes() > 0);
			heartbeat.start();
			for (ClientConnection connection : connections) {
				await().atMost(15, TimeUnit.SECONDS)
					.untilAsserted(() -> assertThat(this.hub.handler.closed).containsKey(connection.id()));
				assertThat(this.hub.handler.closed.get(connection.id()))
					.matches((reason) -> reason.is(CloseReason.SLOW_CONSUMER) || reason.is(CloseReason.CLIENT_GONE));
			}
			await().untilAsserted(() -> assertThat(threadsIn("writeFrame")).isZero());
			healthy.socket.sendText("still there", true).join();
			healthy.expect(expected + "still there");
		}
		finally {
			heartbeat.stop();
			for (TestServer.RawClient client : stalled) {
				client.close();
			}
		}
	}

	@Test
	void overflowingQueueDropsClientAtOnce() throws Exception {
		try (TestServer.RawClient client = this.server.raw(TestServer.upgrade("/chat"))) {
			client.readUntil("\r\n\r\n");
			await().until(() -> this.hub.latest.state() == ConnectionState.OPEN);
			EncodedBody block = this.hub.handler.body("x".repeat(1024 * 1024));
			int sent = 0;
			while (this.hub.latest.send(block)) {
				assertThat(++sent).isLessThan(1000);
			}
			awaitClosed(CloseReason.SLOW_CONSUMER);
			await().untilAsserted(() -> assertThat(threadsIn("writeFrame")).isZero());
		}
	}

	@Test
	void registryIsEmptyAfterAThousandConnections() throws Exception {
		int count = 1000;
		CountDownLatch done = new CountDownLatch(count);
		List<CompletableFuture<?>> batch = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			String path = (i % 2 == 0) ? "/chat" : "/chat?id=" + this.server.negotiate("/chat");
			batch.add(connectAsync(path).thenCompose((client) -> {
				client.socket.sendClose(1000, "");
				return client.closed;
			}).whenComplete((status, ex) -> done.countDown()));
			if (batch.size() == 20) {
				CompletableFuture.allOf(batch.toArray(new CompletableFuture<?>[0])).join();
				batch.clear();
			}
		}
		assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
		await().untilAsserted(() -> assertThat(this.hub.handler.closings).hasValue(count));
		this.server.beat();
		assertThat(this.server.registry.size()).isZero();
	}

	private static long threadsIn(String method) {
		return Thread.getAllStackTraces()
			.values()
			.stream()
			.filter((stack) -> Arrays.stream(stack)
				.anyMatch((frame) -> frame.getClassName().endsWith("WebSocketChannel")
						&& frame.getMethodName().equals(method)))
			.count();
	}

	private void awaitClosed(CloseReason reason) {
		String id = this.hub.latest.id();
		await().untilAsserted(() -> assertThat(this.hub.handler.closed).containsKey(id));
		assertThat(this.hub.handler.closed.get(id).name()).isEqualTo(reason.name());
		assertThat(this.hub.handler.closings).hasValue(1);
		assertThat(this.hub.latest.state()).isEqualTo(ConnectionState.CLOSED);
	}

	private Client connect(String path) {
		Client client = connectAsync(path).join();
		await().until(() -> this.hub.latest.state() == ConnectionState.OPEN);
		return client;
	}

	private CompletableFuture<Client> connectAsync(String path) {
		Client client = new Client();
		return this.server.client.newWebSocketBuilder()
			.buildAsync(this.server.webSocketUri(path), client)
			.thenApply((socket) -> {
				client.socket = socket;
				return client;
			});
	}

	private static final class Client implements WebSocket.Listener {

		private final StringBuffer received = new StringBuffer();

		private final List<CharSequence> textFrames = Collections.synchronizedList(new ArrayList<>());

		private final List<String> binaryFrames = Collections.synchronizedList(new ArrayList<>());

		private final CompletableFuture<Integer> closed = new CompletableFuture<>();

		private volatile WebSocket socket;

		@Override
		public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
			this.textFrames.add(data);
			this.received.append(data);
			webSocket.request(1);
			return null;
		}

		@Override
		public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
			String text = StandardCharsets.UTF_8.decode(data).toString();
			this.binaryFrames.add(text);
			this.received.append(text);
			webSocket.request(1);
			return null;
		}

		@Override
		public CompletionStage<?> onClose(WebSocket webSocket, int status, String reason) {
			this.closed.complete(status);
			return null;
		}

		@Override
		public void onError(WebSocket webSocket, Throwable error) {
			this.closed.completeExceptionally(error);
		}

		void expect(String expected) {
			await().untilAsserted(() -> assertThat(this.received.toString()).isEqualTo(expected));
		}

	}

}
