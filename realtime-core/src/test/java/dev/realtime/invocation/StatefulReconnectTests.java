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

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;

import dev.realtime.connection.ClientConnection;
import dev.realtime.connection.ConnectionState;
import dev.realtime.connection.ReplayBuffer;
import dev.realtime.hub.HubConnection;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import dev.realtime.protocol.CloseReason;
import dev.realtime.protocol.TransportType;
import dev.realtime.web.ClientFrames;
import dev.realtime.web.TestEngine;
import dev.realtime.web.TestServer;
import dev.realtime.web.TestServer.RawClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.test.util.ReflectionTestUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for stateful reconnect with each engine.
 */
@ParameterizedClass
@EnumSource
class StatefulReconnectTests {

	private static final String NEGOTIATE = "/hubs/test/negotiate?negotiateVersion=1&useStatefulReconnect=true";

	private static final String SEPARATOR = "\u001e";

	@Parameter
	private TestEngine engine;

	private HubTester tester;

	private TestServer server;

	private String path;

	private ClientConnection connection;

	@BeforeEach
	void start() {
		this.tester = HubTester.with(Calls.class);
		this.server = new TestServer(this.engine, this.tester.endpoint());
	}

	@AfterEach
	void stop() {
		this.server.close();
		this.tester.close();
	}

	private void negotiate(String... headers) {
		String token = TestServer.token(this.server.send("POST", NEGOTIATE, "", headers).body());
		this.path = "/hubs/test?id=" + token;
		this.connection = this.server.registry.find(token);
	}

	private Client open() throws IOException {
		return new Client(this.server.rawWebSocket(this.path));
	}

	private Client handshake(int version) throws IOException {
		Client client = open();
		client.send("{'protocol':'json','version':" + version + "}");
		assertThat(client.next()).isEqualTo("{}");
		return client;
	}

	// ready to count
	private Client connect() throws IOException {
		negotiate();
		Client client = handshake(2);
		client.send("{'type':6}");
		assertThat(client.invoke("1", "echo", "'ready'")).isEqualTo("'ready'");
		return client;
	}

	private void awaitState(ConnectionState state) {
		await().untilAsserted(() -> assertThat(this.connection.state()).isEqualTo(state));
	}

	private void awaitAcknowledged() {
		ReplayBuffer replay = (ReplayBuffer) ReflectionTestUtils.getField(this.connection.queue(), "replay");
		await().untilAsserted(() -> assertThat(replay.bytes()).isZero());
	}

	private int status() throws IOException {
		return status(this.path);
	}

	private int status(String path, String... headers) throws IOException {
		try (RawClient client = this.server.raw(TestServer.upgrade(path, headers))) {
			return Integer.parseInt(client.readUntil("\r\n").split(" ")[1]);
		}
	}

	@Test
	void goesOnWithTheSequenceAndTheReplay() throws Exception {
		Client client = connect();
		client.send("{'type':8,'sequenceId':1}");
		awaitAcknowledged();
		this.tester.hub().all().send("news", "a");
		this.tester.hub().all().send("news", "b");
		assertThat(client.next()).contains("['a']");
		assertThat(client.next()).contains("['b']");
		client.raw.reset();
		awaitState(ConnectionState.SUSPENDED);
		this.tester.hub().all().send("news", "c");
		List<HubConnection> connections = this.tester.hub().connections().list().join();
		assertThat(connections).singleElement()
			.extracting(HubConnection::transport)
			.isEqualTo(TransportType.WEB_SOCKETS);
		try (Client next = open()) {
			assertThat(next.next()).isEqualTo("{'type':9,'sequenceId':2}");
			assertThat(next.next()).isEqualTo("{'type':1,'target':'news','arguments':['a']}");
			assertThat(next.next()).isEqualTo("{'type':1,'target':'news','arguments':['b']}");
			assertThat(next.next()).isEqualTo("{'type':1,'target':'news','arguments':['c']}");
			next.send("{'type':9,'sequenceId':2}");
			assertThat(next.invoke("2", "echo", "'d'")).isEqualTo("'d'");
			awaitState(ConnectionState.OPEN);
		}
	}

	@Test
	void goesOnAgainAndAgain() throws Exception {
		Client client = connect();
		for (int i = 2; i < 8; i++) {
			// every other time the server learns of it only from the next one
			if (i % 2 == 0) {
				client.raw.reset();
			}
			Client next = open();
			assertThat(next.next()).isEqualTo("{'type':9,'sequenceId':" + (i - 1) + "}");
			assertThat(next.next()).startsWith("{'type':3,'invocationId':'" + (i - 1) + "'");
			next.send("{'type':9,'sequenceId':" + i + "}", "{'type':8,'sequenceId':" + (i - 1) + "}");
			assertThat(next.invoke(String.valueOf(i), "count", "")).isEqualTo(String.valueOf(i - 1));
			client.close();
			client = next;
		}
		client.close();
		assertThat(this.tester.bean(Calls.class).count).hasValue(6);
	}

	@Test
	void socketThatSeemsToLiveIsReplaced() throws Exception {
		try (Client client = connect(); Client next = open()) {
			assertThat(next.next()).isEqualTo("{'type':9,'sequenceId':1}");
			assertThat(next.next()).startsWith("{'type':3,'invocationId':'1'");
			client.raw.readAll();
			next.send("{'type':9,'sequenceId':2}");
			assertThat(next.invoke("2", "count", "")).isEqualTo("1");
			assertThat(this.connection.state()).isEqualTo(ConnectionState.OPEN);
		}
	}

	@Test
	void whatIsSentAgainIsNotHandledAgain() throws Exception {
		Client client = connect();
		assertThat(client.invoke("2", "count", "")).isEqualTo("1");
		assertThat(client.invoke("3", "count", "")).isEqualTo("2");
		client.send("{'type':8,'sequenceId':3}");
		awaitAcknowledged();
		this.server.beat();
		assertThat(client.next()).isEqualTo("{'type':8,'sequenceId':3}");
		client.raw.reset();
		try (Client next = open()) {
			assertThat(next.next()).startsWith("{'type':9,");
			next.send("{'type':9,'sequenceId':2}", call("2", "count", ""), call("3", "count", ""),
					call("4", "count", ""));
			assertThat(next.nextResult("4")).isEqualTo("3");
			this.server.beat();
			assertThat(next.next()).isEqualTo("{'type':8,'sequenceId':4}");
		}
	}

	@Test
	void acknowledgementThatGotLostIsRepeated() throws Exception {
		Client client = connect();
		this.server.beat();
		assertThat(client.next()).isEqualTo("{'type':8,'sequenceId':1}");
		client.raw.reset();
		try (Client next = open()) {
			assertThat(next.next()).isEqualTo("{'type':9,'sequenceId':1}");
			assertThat(next.next()).startsWith("{'type':3,'invocationId':'1'");
			next.send("{'type':9,'sequenceId':1}", call("1", "echo", "'ready'"));
			FutureTask<String> answer = new FutureTask<>(next::next);
			new Thread(answer).start();
			await().until(() -> {
				this.server.beat();
				return answer.isDone();
			});
			assertThat(answer.get()).isEqualTo("{'type':8,'sequenceId':1}");
		}
	}

	@Test
	void questionsOutliveTheSocket() throws Exception {
		Client client = connect();
		client.send("{'type':8,'sequenceId':1}");
		awaitAcknowledged();
		CompletableFuture<Integer> asked = this.tester.hub().client(this.connection.id()).invoke("q", int.class);
		String question = client.next();
		client.raw.reset();
		awaitState(ConnectionState.SUSPENDED);
		CompletableFuture<Integer> suspended = this.tester.hub().client(this.connection.id()).invoke("q", int.class);
		assertThat(asked).isNotDone();
		try (Client next = open()) {
			assertThat(next.next()).isEqualTo("{'type':9,'sequenceId':2}");
			assertThat(next.next()).isEqualTo(question);
			String other = next.next();
			assertThat(other).contains("'target':'q'").isNotEqualTo(question);
			next.send("{'type':9,'sequenceId':2}",
					"{'type':3,'invocationId':'" + question.split("'")[5] + "','result':1}",
					"{'type':3,'invocationId':'" + other.split("'")[5] + "','result':2}");
			assertThat(asked).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(1);
			assertThat(suspended).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(2);
		}
	}

	@Test
	void questionsFailWhenTheClientDoesNotComeBack() throws Exception {
		Client client = connect();
		CompletableFuture<Integer> asked = this.tester.hub().client(this.connection.id()).invoke("q", int.class);
		client.next();
		client.raw.reset();
		awaitState(ConnectionState.SUSPENDED);
		CompletableFuture<Integer> suspended = this.tester.hub().client(this.connection.id()).invoke("q", int.class);
		assertThat(asked).isNotDone();
		this.server.registry.onHeartbeat(System.nanoTime() + Duration.ofSeconds(16).toNanos());
		for (CompletableFuture<Integer> answer : List.of(asked, suspended)) {
			assertThat(answer).failsWithin(Duration.ofSeconds(10))
				.withThrowableThat()
				.withCauseInstanceOf(IOException.class)
				.withMessageContaining("disconnected.");
		}
		assertThat(this.connection.readGate().isHeld()).isFalse();
	}

	@Test
	void missingMessagesAreFatal() throws Exception {
		try (Client client = connect()) {
			client.send("{'type':9,'sequenceId':7}");
			assertThat(client.next()).startsWith("{'type':7,");
		}
		awaitState(ConnectionState.CLOSED);
		assertThat(this.connection.closeReason()).isEqualTo(CloseReason.PROTOCOL_ERROR);
		assertThat(status()).isEqualTo(404);
	}

	@Test
	void whatWasReceivedInPartIsForgotten() throws Exception {
		Client client = connect();
		String call = call("2", "count", "").replace('\'', '"');
		client.raw.write(ClientFrames.text(call.substring(0, 20)));
		await().until(() -> SignalRSession.of(this.connection).inbound().remaining() == 20);
		client.raw.reset();
		try (Client next = open()) {
			next.next();
			next.next();
			next.send("{'type':9,'sequenceId':2}", call);
			assertThat(next.nextResult("2")).isEqualTo("1");
		}
	}

	@Test
	void bufferThatIsFullHoldsBackTheRest() throws Exception {
		String text = "x".repeat(50_000);
		Client client = connect();
		for (int i = 0; i < 5; i++) {
			this.tester.hub().all().send("news", i + text);
		}
		// one over the limit of 100000 bytes
		for (int i = 0; i < 2; i++) {
			assertThat(client.next()).contains("['" + i + "xxx");
		}
		await().until(() -> this.connection.queue().waitsForAcknowledgement());
		assertThat(this.connection.queue().messages()).isEqualTo(3);
		client.send("{'type':8,'sequenceId':2}");
		assertThat(client.next()).contains("['2xxx");
		client.raw.reset();
		try (Client next = open()) {
			assertThat(next.next()).isEqualTo("{'type':9,'sequenceId':3}");
			assertThat(next.next()).contains("['1xxx");
			assertThat(next.next()).contains("['2xxx");
			next.send("{'type':9,'sequenceId':2}", "{'type':8,'sequenceId':4}");
			assertThat(next.next()).contains("['3xxx");
			assertThat(next.next()).contains("['4xxx");
		}
	}

	@Test
	void closeFrameEndsItForGood() throws Exception {
		try (Client client = connect()) {
			client.raw.write(ClientFrames.close(1000));
			client.raw.readAll();
			awaitState(ConnectionState.CLOSED);
		}
		assertThat(this.connection.closeReason()).isEqualTo(CloseReason.CLIENT_CLOSED);
		assertThat(status()).isEqualTo(404);
	}

	@Test
	void closeOfTheServerEndsItForGood() throws Exception {
		try (Client client = connect()) {
			this.tester.hub().connections().closeAll(null);
			assertThat(client.next()).startsWith("{'type':7");
		}
		awaitState(ConnectionState.CLOSED);
		assertThat(status()).isEqualTo(404);
	}

	@Test
	void endsWhenTheClientDoesNotComeBack() throws Exception {
		connect().raw.reset();
		awaitState(ConnectionState.SUSPENDED);
		assertThat(this.tester.engine().connectionCount()).isOne();
		this.server.registry.onHeartbeat(System.nanoTime() + Duration.ofSeconds(16).toNanos());
		assertThat(this.connection.state()).isEqualTo(ConnectionState.CLOSED);
		assertThat(this.connection.closeReason()).isEqualTo(CloseReason.CLIENT_GONE);
		await().untilAsserted(() -> assertThat(this.tester.engine().connectionCount()).isZero());
		assertThat(this.server.registry.size()).isZero();
		assertThat(status()).isEqualTo(404);
	}

	@Test
	void anotherUserIsRefused() throws Exception {
		negotiate("X-User", "alice");
		try (RawClient raw = this.server.raw(TestServer.upgrade(this.path, "X-User", "alice"))) {
			raw.readUpgraded();
			Client client = new Client(raw);
			client.send("{'protocol':'json','version':2}", "{'type':6}");
			assertThat(client.next()).isEqualTo("{}");
			assertThat(status(this.path, "X-User", "bob")).isEqualTo(403);
			assertThat(status()).isEqualTo(403);
			assertThat(client.invoke("1", "echo", "'here'")).isEqualTo("'here'");
			Principal principal = this.connection.principal();
			assertThat(status(this.path, "X-User", "alice")).isEqualTo(101);
			await().until(() -> this.connection.principal() != principal);
			assertThat(this.connection.principal().getName()).isEqualTo("alice");
		}
	}

	@Test
	void firstVersionOfTheProtocolMakesAnOrdinaryConnection() throws Exception {
		negotiate();
		Client client = handshake(1);
		assertThat(client.invoke("1", "count", "")).isEqualTo("1");
		this.server.beat();
		assertThat(client.invoke("2", "count", "")).isEqualTo("2");
		assertThat(status()).isEqualTo(409);
		client.raw.reset();
		awaitState(ConnectionState.CLOSED);
		assertThat(status()).isEqualTo(404);
	}

	@Test
	void connectionThatWasNotNegotiatedSoIsAnOrdinaryOne() throws Exception {
		this.path = "/hubs/test?id=" + this.server.negotiate("/hubs/test");
		try (Client client = handshake(2)) {
			assertThat(client.invoke("1", "count", "")).isEqualTo("1");
			assertThat(status()).isEqualTo(409);
		}
	}

	@Test
	void otherTransportsAreOrdinaryOnes() throws Exception {
		String handshake = "{\"protocol\":\"json\",\"version\":2}" + SEPARATOR;
		negotiate();
		assertThat(this.server.send("GET", this.path, null).statusCode()).isEqualTo(200);
		assertThat(this.server.send("POST", this.path, handshake).statusCode()).isEqualTo(200);
		assertThat(this.server.send("GET", this.path, null).body()).isEqualTo("{}" + SEPARATOR);
		assertThat(this.connection.isResumable()).isFalse();
		assertThat(status()).isEqualTo(400);
		negotiate();
		try (RawClient events = this.server
			.raw("GET " + this.path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n\r\n")) {
			events.readUntil(":\r\n");
			assertThat(this.server.send("POST", this.path, handshake).statusCode()).isEqualTo(200);
			events.readUntil("data: {}");
			assertThat(this.connection.isResumable()).isFalse();
		}
	}

	private static String call(String id, String target, String arguments) {
		return "{'type':1,'invocationId':'" + id + "','target':'" + target + "','arguments':[" + arguments + "]}";
	}

	/**
	 * A client that sees every record. Single quotes stand for double quotes.
	 */
	private static final class Client implements AutoCloseable {

		private final RawClient raw;

		private final StringBuilder unread = new StringBuilder();

		Client(RawClient raw) {
			this.raw = raw;
		}

		void send(String... records) throws IOException {
			StringBuilder frame = new StringBuilder();
			for (String record : records) {
				frame.append(record.replace('\'', '"')).append(SEPARATOR);
			}
			this.raw.write(ClientFrames.text(frame.toString()));
		}

		String next() throws IOException {
			int end = this.unread.indexOf(SEPARATOR);
			while (end == -1) {
				byte[] frame = this.raw.readFrame();
				assertThat(frame[0] & 0x7f).as("opcode").isLessThanOrEqualTo(1);
				this.unread.append(new String(frame, 1, frame.length - 1, StandardCharsets.UTF_8));
				end = this.unread.indexOf(SEPARATOR);
			}
			String record = this.unread.substring(0, end).replace('"', '\'');
			this.unread.delete(0, end + 1);
			return record;
		}

		String invoke(String id, String target, String arguments) throws IOException {
			send(call(id, target, arguments));
			return nextResult(id);
		}

		// the next record has to be the completion
		String nextResult(String id) throws IOException {
			String record = next();
			String start = "{'type':3,'invocationId':'" + id + "','result':";
			assertThat(record).startsWith(start);
			return record.substring(start.length(), record.length() - 1);
		}

		@Override
		public void close() throws IOException {
			this.raw.close();
		}

	}

	@HubController("test")
	static class Calls {

		final AtomicInteger count = new AtomicInteger();

		@HubMethod
		String echo(String text) {
			return text;
		}

		@HubMethod
		int count() {
			return this.count.incrementAndGet();
		}

	}

}
