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

package dev.realtime.transport.http;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

import dev.realtime.connection.ConnectionState;
import dev.realtime.hub.HubOptions;
import dev.realtime.protocol.CloseReason;
import dev.realtime.protocol.EncodedMessage;
import dev.realtime.protocol.OutboundMessage;
import dev.realtime.protocol.TransportType;
import dev.realtime.web.TestHub;
import dev.realtime.web.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for long polling.
 */
class LongPollingTests {

	private static final Duration POLL_TIMEOUT = Duration.ofSeconds(10);

	private static final Duration DISCONNECT_TIMEOUT = Duration.ofSeconds(5);

	private final TestHub hub = new TestHub("chat",
			HubOptions.builder("/chat").pollTimeout(POLL_TIMEOUT).disconnectTimeout(DISCONNECT_TIMEOUT).build());

	private final TestServer server = new TestServer(this.hub);

	private String path;

	@BeforeEach
	void negotiate() {
		this.path = "/chat?id=" + this.server.negotiate("/chat");
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void firstPollIsAnsweredAtOnce() {
		HttpResponse<String> response = this.server.send("GET", this.path, null);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("Content-Type")).hasValue("application/octet-stream");
		assertThat(response.headers().firstValue("Content-Length")).hasValue("0");
		assertNoCache(response);
		assertThat(this.hub.latest.transport()).isEqualTo(TransportType.LONG_POLLING);
		assertThat(this.hub.latest.state()).isEqualTo(ConnectionState.OPEN);
	}

	@Test
	void pollTakesEverythingThatWaits() {
		start();
		send("a", "b", "c");
		HttpResponse<String> response = this.server.send("GET", this.path, null);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("Content-Type")).hasValue("application/octet-stream");
		assertThat(response.body()).isEqualTo("abc");
		assertNoCache(response);
	}

	@Test
	void pollWaitsForData() {
		start();
		CompletableFuture<HttpResponse<String>> poll = poll();
		assertThat(poll).isNotDone();
		send("x");
		assertThat(poll.join().body()).isEqualTo("x");
	}

	@Test
	void answersOneMessageAtATimeUnlessTheProtocolJoins() {
		this.hub.handler.joins = false;
		start();
		send("a", "b");
		assertThat(this.server.send("GET", this.path, null).body()).isEqualTo("a");
		assertThat(this.server.send("GET", this.path, null).body()).isEqualTo("b");
	}

	@Test
	void largeBacklogIsSplitBetweenWholeMessages() {
		start();
		String block = "x".repeat(400 * 1024);
		send(block, block);
		assertThat(this.server.send("GET", this.path, null).body()).hasSize(800 * 1024);
	}

	@Test
	void receivesPostsWhileAPollWaits() {
		start();
		CompletableFuture<HttpResponse<String>> poll = poll();
		HttpResponse<String> response = this.server.send("POST", this.path, "hello", "Content-Type",
				"text/plain;charset=UTF-8");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("Content-Type")).hasValue("text/plain");
		assertThat(response.body()).isEmpty();
		assertThat(poll.join().body()).isEqualTo("hello");
	}

	@Test
	void receivesFormsAsTheyAre() {
		start();
		this.server.send("POST", this.path, "a=1&b=2", "Content-Type", "application/x-www-form-urlencoded");
		assertThat(this.hub.handler.received).containsExactly("a=1&b=2");
	}

	@Test
	void pausedConnectionHoldsBackThePost() {
		start();
		this.hub.latest.readGate().pause();
		CompletableFuture<HttpResponse<String>> first = this.server.sendAsync("POST", this.path, "1");
		CompletableFuture<HttpResponse<String>> second = this.server.sendAsync("POST", this.path, "2");
		assertThat(this.server.send("OPTIONS", this.path, null).statusCode()).isEqualTo(405);
		assertThat(first).isNotDone();
		assertThat(second).isNotDone();
		assertThat(this.hub.handler.received).isEmpty();
		this.hub.latest.readGate().resume();
		assertThat(first.join().statusCode()).isEqualTo(200);
		assertThat(second.join().statusCode()).isEqualTo(200);
		assertThat(this.hub.handler.received).containsExactlyInAnyOrder("1", "2");
	}

	@Test
	void largePostArrivesInPieces() {
		start();
		this.hub.handler.echo = false;
		this.server.send("POST", this.path, "y".repeat(100_000));
		assertThat(String.join("", this.hub.handler.received)).isEqualTo("y".repeat(100_000));
		assertThat(this.hub.handler.received).allMatch((piece) -> piece.length() <= 16 * 1024);
	}

	@Test
	void pollTimesOut() {
		start();
		CompletableFuture<HttpResponse<String>> poll = poll();
		beatIn(POLL_TIMEOUT.minusSeconds(2));
		assertThat(poll).isNotDone();
		beatIn(POLL_TIMEOUT);
		assertThat(poll.join().statusCode()).isEqualTo(200);
		assertThat(poll.join().body()).isEmpty();
		assertThat(poll.join().headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
		assertThat(this.hub.latest.state()).isEqualTo(ConnectionState.OPEN);
	}

	@Test
	void newerPollTakesOver() {
		start();
		CompletableFuture<HttpResponse<String>> older = poll();
		CompletableFuture<HttpResponse<String>> newer = poll();
		assertThat(older.join().statusCode()).isEqualTo(204);
		assertThat(newer).isNotDone();
		send("x");
		assertThat(newer.join().body()).isEqualTo("x");
	}

	@Test
	void everythingArrivesOnceWhilePollsOverlap() {
		start();
		int count = 2000;
		Queue<String> received = new ConcurrentLinkedQueue<>();
		CompletableFuture<?>[] pollers = new CompletableFuture<?>[2];
		for (int i = 0; i < pollers.length; i++) {
			pollers[i] = CompletableFuture.runAsync(() -> pollUntilUnknown(received),
					(task) -> new Thread(task, "poller").start());
		}
		List<String> expected = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			send(i + ";");
			expected.add(i + "");
			Thread.yield();
		}
		this.hub.latest.close(CloseReason.SERVER_CLOSED, null);
		CompletableFuture.allOf(pollers).join();
		assertThat(received).containsExactlyInAnyOrderElementsOf(expected);
	}

	private void pollUntilUnknown(Queue<String> received) {
		HttpResponse<String> response = this.server.send("GET", this.path, null);
		while (response.statusCode() != 404) {
			if (response.statusCode() == 200) {
				received.addAll(List.of(response.body().split(";")));
			}
			response = this.server.send("GET", this.path, null);
		}
	}

	@Test
	void expiredMessagesDoNotAnswerAPoll() {
		start();
		CompletableFuture<HttpResponse<String>> poll = poll();
		this.hub.latest.send(new OutboundMessage(this.hub.handler.body("late"), null, true, System.nanoTime() - 1));
		send("x");
		assertThat(poll.join().body()).isEqualTo("x");
	}

	@Test
	void expiredMessagesThatWaitDoNotAnswerAPoll() {
		start();
		this.hub.latest.send(new OutboundMessage(this.hub.handler.body("late"), null, true, System.nanoTime() - 1));
		CompletableFuture<HttpResponse<String>> poll = this.server.sendAsync("GET", this.path, null);
		await().until(() -> this.hub.latest.queue().messages() == 0);
		this.hub.latest.send(new OutboundMessage(this.hub.handler.body("x"), null, false, EncodedMessage.NO_DEADLINE));
		assertThat(poll.join().body()).isEqualTo("x");
	}

	@Test
	void closeIsToldAfterTheLastWord() {
		this.hub.handler.lastWord = "bye";
		start();
		CompletableFuture<HttpResponse<String>> poll = poll();
		this.hub.latest.close(CloseReason.SERVER_CLOSED, null);
		assertThat(poll.join().statusCode()).isEqualTo(200);
		assertThat(poll.join().body()).isEqualTo("bye");
		awaitClosed(CloseReason.SERVER_CLOSED);
		this.server.beat();
		HttpResponse<String> response = this.server.send("GET", this.path, null);
		assertThat(response.statusCode()).isEqualTo(204);
		assertNoCache(response);
		assertThat(this.server.send("GET", this.path, null).statusCode()).isEqualTo(404);
		assertThat(this.server.registry.size()).isZero();
	}

	@Test
	void closeWithoutLastWordIsToldAtOnce() {
		start();
		CompletableFuture<HttpResponse<String>> poll = poll();
		this.hub.latest.close(CloseReason.SERVER_CLOSED, null);
		assertThat(poll.join().statusCode()).isEqualTo(204);
		assertThat(this.server.send("GET", this.path, null).statusCode()).isEqualTo(404);
		awaitClosed(CloseReason.SERVER_CLOSED);
	}

	@Test
	void closeIsToldToTheNextPoll() {
		this.hub.handler.lastWord = "bye";
		start();
		this.hub.latest.close(CloseReason.SERVER_CLOSED, null);
		assertThat(this.server.send("GET", this.path, null).body()).isEqualTo("bye");
		assertThat(this.server.send("GET", this.path, null).statusCode()).isEqualTo(204);
		assertThat(this.server.send("GET", this.path, null).statusCode()).isEqualTo(404);
	}

	@Test
	void clientThatNeverAsksAgainIsForgotten() {
		this.hub.handler.lastWord = "bye";
		start();
		CompletableFuture<HttpResponse<String>> poll = poll();
		this.hub.latest.close(CloseReason.SERVER_CLOSED, null);
		poll.join();
		await().untilAsserted(() -> {
			beatIn(DISCONNECT_TIMEOUT.plusSeconds(1));
			assertThat(this.server.registry.size()).isZero();
		});
		assertThat(this.server.send("GET", this.path, null).statusCode()).isEqualTo(404);
	}

	@Test
	void terminationEndsPoll() {
		start();
		CompletableFuture<HttpResponse<String>> poll = poll();
		this.hub.latest.terminate(CloseReason.CLIENT_TIMEOUT, null);
		assertThat(poll.join().statusCode()).isEqualTo(204);
		awaitClosed(CloseReason.CLIENT_TIMEOUT);
	}

	@Test
	void deleteEndsConnectionAndPoll() {
		this.hub.handler.lastWord = "bye";
		start();
		CompletableFuture<HttpResponse<String>> poll = poll();
		HttpResponse<String> response = this.server.send("DELETE", this.path, null);
		assertThat(response.statusCode()).isEqualTo(202);
		assertThat(response.body()).isEmpty();
		assertThat(poll.join().statusCode()).isEqualTo(200);
		assertThat(poll.join().body()).isEqualTo("bye");
		awaitClosed(CloseReason.CLIENT_CLOSED);
		assertThat(this.server.send("POST", this.path, "x").statusCode()).isEqualTo(404);
		assertThat(this.server.send("DELETE", this.path, null).statusCode()).isEqualTo(404);
		assertThat(this.server.send("GET", this.path, null).statusCode()).isEqualTo(204);
	}

	@Test
	void deleteIsAcceptedWhileTheClientHasNotBeenToldOfTheEnd() {
		this.hub.handler.lastWord = "bye";
		start();
		CompletableFuture<HttpResponse<String>> poll = poll();
		this.hub.latest.close(CloseReason.SERVER_CLOSED, null);
		assertThat(poll.join().body()).isEqualTo("bye");
		awaitClosed(CloseReason.SERVER_CLOSED);
		assertThat(this.server.send("DELETE", this.path, null).statusCode()).isEqualTo(202);
		assertThat(this.server.send("DELETE", this.path, null).statusCode()).isEqualTo(404);
		assertThat(this.server.send("GET", this.path, null).statusCode()).isEqualTo(204);
		assertThat(this.server.send("DELETE", this.path, null).statusCode()).isEqualTo(404);
	}

	@Test
	void deleteWithoutPollEndsConnection() {
		this.hub.handler.lastWord = "bye";
		start();
		assertThat(this.server.send("DELETE", this.path, null).statusCode()).isEqualTo(202);
		awaitClosed(CloseReason.CLIENT_CLOSED);
		assertThat(this.server.send("GET", this.path, null).statusCode()).isEqualTo(204);
		assertThat(this.server.send("GET", this.path, null).statusCode()).isEqualTo(404);
	}

	@Test
	void connectionWithoutPollTimesOut() {
		start();
		beatIn(DISCONNECT_TIMEOUT.minusSeconds(2));
		assertThat(this.hub.latest.state()).isEqualTo(ConnectionState.OPEN);
		beatIn(DISCONNECT_TIMEOUT.plusSeconds(1));
		awaitClosed(CloseReason.DISCONNECT_TIMEOUT);
		assertThat(this.server.send("GET", this.path, null).statusCode()).isEqualTo(404);
	}

	@Test
	void waitingPollKeepsConnection() {
		start();
		CompletableFuture<HttpResponse<String>> poll = poll();
		beatIn(DISCONNECT_TIMEOUT.plusSeconds(1));
		assertThat(this.hub.latest.state()).isEqualTo(ConnectionState.OPEN);
		send("x");
		assertThat(poll.join().body()).isEqualTo("x");
	}

	@Test
	void handshakeIsThatOfTheFirstPoll() {
		this.server.send("GET", this.path + "&poll=1", null, "X-Poll", "1");
		send("x");
		this.server.send("GET", this.path + "&poll=2", null, "X-Poll", "2");
		assertThat(this.hub.latest.handshake().query().getFirst("poll")).isEqualTo("1");
		assertThat(this.hub.latest.handshake().headers().getFirst("x-poll")).isEqualTo("1");
	}

	@Test
	void abandonedPollDoesNotStopTheNextOne() throws IOException {
		start();
		try (TestServer.RawClient client = this.server.raw("GET " + this.path + " HTTP/1.1\r\nHost: x\r\n\r\n")) {
			assertThat(client.isConnected()).isTrue();
			LongPollingChannel channel = (LongPollingChannel) this.hub.latest.channel();
			await().until(() -> channel.waiting() != null);
		}
		CompletableFuture<HttpResponse<String>> poll = poll();
		send("x");
		assertThat(poll.join().body()).isEqualTo("x");
	}

	private void start() {
		assertThat(this.server.send("GET", this.path, null).statusCode()).isEqualTo(200);
	}

	// a poll that waits
	private CompletableFuture<HttpResponse<String>> poll() {
		LongPollingChannel channel = (LongPollingChannel) this.hub.latest.channel();
		Poll before = channel.waiting();
		CompletableFuture<HttpResponse<String>> poll = this.server.sendAsync("GET", this.path, null);
		await().until(() -> channel.waiting() != null && channel.waiting() != before);
		return poll;
	}

	private void send(String... messages) {
		for (String message : messages) {
			assertThat(this.hub.latest.send(this.hub.handler.body(message))).isTrue();
		}
	}

	private void beatIn(Duration duration) {
		this.server.registry.onHeartbeat(System.nanoTime() + duration.toNanos());
	}

	private void awaitClosed(CloseReason reason) {
		String id = this.hub.latest.id();
		await().untilAsserted(() -> assertThat(this.hub.handler.closed).containsKey(id));
		assertThat(this.hub.handler.closed.get(id).name()).isEqualTo(reason.name());
		assertThat(this.hub.handler.closings).hasValue(1);
	}

	private static void assertNoCache(HttpResponse<String> response) {
		assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-cache, no-store");
		assertThat(response.headers().firstValue("Pragma")).hasValue("no-cache");
		assertThat(response.headers().firstValue("Expires")).hasValue("Thu, 01 Jan 1970 00:00:00 GMT");
	}

}
