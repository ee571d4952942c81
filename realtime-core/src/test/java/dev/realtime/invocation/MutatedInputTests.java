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
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import dev.realtime.connection.ClientConnection;
import dev.realtime.invocation.ExpectedFate.End;
import dev.realtime.protocol.signalr.VectorHub;
import dev.realtime.protocol.signalr.Vectors;
import dev.realtime.protocol.signalr.Vectors.Handshake;
import dev.realtime.protocol.signalr.Vectors.Receiver;
import dev.realtime.protocol.signalr.Vectors.Vector;
import dev.realtime.web.ClientFrames;
import dev.realtime.web.TestEngine;
import dev.realtime.web.TestServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sends every message of {@link Vectors}, whole and damaged, to a server with other
 * clients.
 */
@ParameterizedClass
@EnumSource(names = { "NETTY_ON_TOMCAT", "SERVLET_ON_TOMCAT" })
class MutatedInputTests {

	private static final Duration TIME = Duration.ofSeconds(3);

	private static final int INVALID_PAYLOAD = 1007;

	private final List<Vector> vectors = Stream
		.of(Vectors.messages("json"), Vectors.messages("messagepack"), Vectors.malformed())
		.flatMap((vectors) -> vectors)
		.filter(Vector::isOfClient)
		.toList();

	private final List<Handshake> handshakes = Vectors.handshakes()
		.filter((handshake) -> handshake.isOverWebSocket() && handshake.limit() == 32 * 1024)
		.toList();

	private final HubTester tester = HubTester.with((options) -> options.detailedErrors(true), VectorController.class);

	private final List<Bystander> bystanders = new ArrayList<>();

	@Parameter
	private TestEngine engine;

	private TestServer server;

	@BeforeEach
	void start() throws IOException {
		this.server = new TestServer(this.engine, this.tester.endpoint());
		for (String protocol : List.of("json", "messagepack")) {
			Vector any = Vectors.messages(protocol).findFirst().orElseThrow();
			this.bystanders.add(new Bystander(this.server, any.protocol()));
		}
	}

	@AfterEach
	void stop() throws IOException {
		for (Bystander bystander : this.bystanders) {
			bystander.close();
		}
		this.server.close();
		this.tester.close();
	}

	@Test
	void wholeMessagesMeetTheFateTheyShould() throws Exception {
		for (Handshake handshake : this.handshakes) {
			MutatedInput input = MutatedInput.of(handshake);
			assertThat(ExpectedFate.of(input).handshakeAnswer()).isEqualTo(handshake.answer(true));
			assertFate(input, new Random(0));
		}
		for (Vector vector : this.vectors) {
			assertFate(MutatedInput.of(vector), new Random(0));
		}
		assertNothingElseHappened();
	}

	@Test
	void damagedMessagesHarmNobodyElse() throws Exception {
		long start = System.nanoTime();
		long seed = Long.getLong("mutation.seed", start);
		int inputs = 0;
		do {
			assertFate(MutatedInput.of(this.vectors, this.handshakes, seed), new Random(seed));
			seed++;
			inputs++;
		}
		while (System.nanoTime() - start < TIME.toNanos() || inputs < 100);
		assertNothingElseHappened();
	}

	@Test
	void damagedMessagesMayComeByPost() throws Exception {
		long seed = Long.getLong("mutation.seed", System.nanoTime());
		for (int i = 0; i < 60; i++) {
			MutatedInput input = MutatedInput.of(this.vectors, this.handshakes, seed++);
			try {
				assertFateOverLongPolling(input);
			}
			catch (Exception | AssertionError ex) {
				throw new AssertionError(input.toString(), ex);
			}
		}
		assertNothingElseHappened();
	}

	private void assertFate(MutatedInput input, Random random) {
		try (LiveSocket socket = new LiveSocket(this.server)) {
			assertFate(input, socket, random);
		}
		catch (Exception | AssertionError ex) {
			throw new AssertionError(input.toString(), ex);
		}
	}

	private static void assertFate(MutatedInput input, LiveSocket socket, Random random) throws IOException {
		ExpectedFate fate = ExpectedFate.of(input);
		socket.send(ClientFrames.BINARY, input.handshake());
		int opcode = random.nextBoolean() ? ClientFrames.TEXT : ClientFrames.BINARY;
		if (fate.protocol() != null) {
			socket.send(opcode, input.message());
			socket.send(ClientFrames.BINARY, MutatedInput.probe(fate.protocol()));
		}
		if (fate.protocol() != null && opcode == ClientFrames.TEXT && !ExpectedFate.isText(input.message())) {
			assertThat(socket.readHandshakeAnswer(fate.protocol())).isIn(fate.handshakeAnswer(), null);
			assertThat(socket.readCloseStatus()).isEqualTo(INVALID_PAYLOAD);
			socket.finish();
			return;
		}
		if (fate.end() != End.WAITS_FOR_HANDSHAKE) {
			assertThat(socket.readHandshakeAnswer(fate.protocol())).isEqualTo(fate.handshakeAnswer());
		}
		switch (fate.end()) {
			case WAITS_FOR_HANDSHAKE, WAITS -> socket.reset();
			case REFUSED -> assertClosed(socket);
			case ALIVE -> {
				assertThat(socket.readUntil(MutatedInputTests::isProbe)).isNotNull();
				if (random.nextBoolean()) {
					socket.reset();
				}
			}
			case CLOSED, FAILED -> {
				assertThat(socket.readUntil(MutatedInputTests::isClose)).hasToString(close(fate));
				assertClosed(socket);
			}
		}
	}

	private static void assertClosed(LiveSocket socket) throws IOException {
		assertThat(socket.readCloseStatus()).isEqualTo(1000);
		socket.finish();
	}

	private static boolean isProbe(JsonNode message) {
		return message.toString().equals("{\"type\":\"Completion\",\"invocationId\":\"probe\",\"result\":\"alive\"}");
	}

	private static boolean isClose(JsonNode message) {
		return message.get("type").asString().equals("Close");
	}

	private static String close(ExpectedFate fate) {
		return (fate.error() != null)
				? "{\"type\":\"Close\",\"error\":\"" + fate.error() + "\",\"allowReconnect\":true}"
				: "{\"type\":\"Close\"}";
	}

	private void assertFateOverLongPolling(MutatedInput input) throws Exception {
		ExpectedFate fate = ExpectedFate.of(input);
		String path = "/hubs/test?id=" + this.server.negotiate("/hubs/test");
		assertThat(send("GET", path).statusCode()).isEqualTo(200);
		byte[] probe = (fate.protocol() != null) ? MutatedInput.probe(fate.protocol()) : new byte[0];
		HttpResponse<byte[]> posted = send("POST", path, ClientFrames.concat(input.handshake(), input.message()),
				probe);
		assertThat(posted.statusCode()).isIn(200, 404);
		Receiver receiver = null;
		StringBuilder handshake = new StringBuilder();
		while (fate.end() != End.WAITS_FOR_HANDSHAKE && fate.end() != End.WAITS) {
			HttpResponse<byte[]> answer = send("GET", path);
			if (answer.statusCode() == 204) {
				break;
			}
			assertThat(answer.statusCode()).isEqualTo(200);
			byte[] body = answer.body();
			int i = 0;
			while (i < body.length && handshake.indexOf("\u001e") == -1) {
				handshake.append((char) body[i++]);
			}
			if (fate.protocol() != null) {
				receiver = (receiver != null) ? receiver
						: new Receiver(fate.protocol(), VectorHub.INSTANCE, Integer.MAX_VALUE);
				receiver.receive(Arrays.copyOfRange(body, i, body.length));
				if (receiver.messages().stream().anyMatch(MutatedInputTests::isProbe)) {
					break;
				}
			}
		}
		assertOutcome(fate, handshake.toString(), (receiver != null) ? receiver.messages() : List.of());
		assertThat(send("DELETE", path).statusCode()).isIn(202, 404);
		int status = 200;
		while (status == 200) {
			status = send("GET", path).statusCode();
		}
		assertThat(status).isIn(204, 404);
	}

	private static void assertOutcome(ExpectedFate fate, String handshake, List<JsonNode> messages) {
		switch (fate.end()) {
			case WAITS_FOR_HANDSHAKE, WAITS -> assertThat(messages).isEmpty();
			case REFUSED -> assertThat(handshake).isEqualTo(fate.handshakeAnswer());
			case ALIVE -> assertThat(messages).anyMatch(MutatedInputTests::isProbe);
			case CLOSED, FAILED -> assertThat(messages.get(messages.size() - 1)).hasToString(close(fate));
		}
	}

	private HttpResponse<byte[]> send(String method, String path, byte[]... body) throws Exception {
		URI uri = this.server.uri(path);
		HttpRequest request = HttpRequest.newBuilder(uri)
			.method(method, BodyPublishers.ofByteArray(ClientFrames.concat(body)))
			.build();
		return this.server.client.send(request, BodyHandlers.ofByteArray());
	}

	private void assertNothingElseHappened() throws Exception {
		this.bystanders.forEach(Bystander::assertUnharmed);
		Awaitility.await().untilAsserted(() -> assertThat(connections()).hasSize(this.bystanders.size()));
		for (Bystander bystander : this.bystanders) {
			assertThat(bystander.finish()).isPositive();
		}
		Awaitility.await().untilAsserted(() -> assertThat(connections()).isEmpty());
		assertThat(this.tester.hub().connections().list().join()).isEmpty();
	}

	private List<ClientConnection> connections() {
		// forgets those that have ended
		this.server.beat();
		List<ClientConnection> connections = new ArrayList<>();
		this.server.registry.forEach(connections::add);
		return connections;
	}

}
