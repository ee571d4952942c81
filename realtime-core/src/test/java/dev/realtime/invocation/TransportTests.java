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

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import dev.realtime.connection.ClientConnection;
import dev.realtime.hub.HubCallerContext;
import dev.realtime.hub.StreamEmitter;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import dev.realtime.protocol.TransportType;
import dev.realtime.web.TestEngine;
import dev.realtime.web.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for streams and client results over the sockets of every transport and engine.
 */
@ParameterizedClass
@MethodSource("served")
class TransportTests {

	private static final int ITEM = 10_000;

	// more than what any kernel holds back for a client that does not read
	private static final int MANY = 3000;

	@Parameter(0)
	private TestEngine engine;

	@Parameter(1)
	private TransportType transport;

	private HubTester tester;

	private TestServer server;

	static List<Object[]> served() {
		return Stream
			.concat(Stream.of(TestEngine.values()).map((engine) -> new Object[] { engine, TransportType.WEB_SOCKETS }),
					Stream.of(TestEngine.SERVLET_ON_TOMCAT, TestEngine.SERVLET_ON_JETTY)
						.flatMap((engine) -> Stream.of(new Object[] { engine, TransportType.SERVER_SENT_EVENTS },
								new Object[] { engine, TransportType.LONG_POLLING })))
			.toList();
	}

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

	private SocketClient connect() throws Exception {
		return SocketClient.connect(this.server, "/hubs/test", this.transport);
	}

	private ClientConnection connection(SocketClient client) {
		return this.server.registry.find(client.token);
	}

	private Calls calls() {
		return this.tester.bean(Calls.class);
	}

	private static void stream(SocketClient client, String target) throws Exception {
		client.send("{'type':4,'invocationId':'s','target':'" + target + "','arguments':[]}");
	}

	// nothing is produced any more, and the client has not been dropped
	private void awaitStalled(ClientConnection connection) {
		await().until(() -> !connection.queue().hasRoom());
		AtomicInteger before = new AtomicInteger(-1);
		await().pollInterval(Duration.ofMillis(200)).until(() -> {
			int produced = calls().produced.get();
			return before.getAndSet(produced) == produced && !connection.queue().hasRoom();
		});
		assertThat(connection.isEnding()).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "flux", "blocking", "emitter" })
	void sourceWaitsForAClientThatDoesNotRead(String target) throws Exception {
		try (SocketClient client = connect()) {
			ClientConnection connection = connection(client);
			stream(client, target);
			awaitStalled(connection);
			int produced = calls().produced.get();
			assertThat(produced).isLessThan(MANY - 100);
			if (target.equals("flux")) {
				assertThat(calls().requested.get()).isLessThanOrEqualTo(produced + 16);
			}
			for (int i = 0; i < MANY; i++) {
				assertThat(client.next()).startsWith("{'type':2,'invocationId':'s','item':'" + i + ":");
			}
			assertThat(client.next()).isEqualTo("{'type':3,'invocationId':'s'}");
			assertThat(connection.isEnding()).isFalse();
		}
	}

	@ParameterizedTest
	@CsvSource({ "flux", "blocking", "emitter" })
	void lossOfTheConnectionEndsTheSource(String target) throws Exception {
		SocketClient client = connect();
		ClientConnection connection = connection(client);
		stream(client, target);
		awaitStalled(connection);
		client.lose();
		LifecycleBeans.await(calls().ended);
		await().untilAsserted(() -> assertThat(HubSession.of(connection).underWay()).isZero());
		await().until(() -> this.tester.engine().connectionCount() == 0);
	}

	@ParameterizedTest
	@CsvSource({ "ask, 1", "askBlocking, 1", "askInline, 1", "ask, 3", "askBlocking, 3" })
	void clientCallsBeforeItAnswers(String target, int rounds) throws Exception {
		try (SocketClient client = connect()) {
			for (int i = 0; i < rounds; i++) {
				client.send("{'type':1,'invocationId':'a','target':'" + target + "','arguments':[]}");
				String question = client.next();
				assertThat(question).contains("'target':'confirm'");
				client.send("{'type':1,'invocationId':'p','target':'ping','arguments':[]}");
				assertThat(client.next()).isEqualTo("{'type':3,'invocationId':'p','result':'pong'}");
				client.send("{'type':3,'invocationId':'" + question.split("'")[5] + "','result':true}");
				assertThat(client.next()).isEqualTo("{'type':3,'invocationId':'a','result':true}");
			}
		}
	}

	@HubController("test")
	static class Calls {

		final AtomicInteger produced = new AtomicInteger();

		final AtomicLong requested = new AtomicLong();

		final CountDownLatch ended = new CountDownLatch(1);

		private String item(int i) {
			this.produced.incrementAndGet();
			return i + ":" + "x".repeat(ITEM);
		}

		@HubMethod
		String ping() {
			return "pong";
		}

		@HubMethod
		Flux<String> flux() {
			return Flux.range(0, MANY)
				.map(this::item)
				.doOnRequest(this.requested::addAndGet)
				.doOnCancel(this.ended::countDown);
		}

		@HubMethod
		Stream<String> blocking() {
			return Stream.iterate(0, (i) -> i < MANY, (i) -> i + 1).map(this::item).onClose(this.ended::countDown);
		}

		@HubMethod
		void emitter(StreamEmitter<String> out) {
			out.onCancel(this.ended::countDown);
			for (int i = 0; i < MANY; i++) {
				out.send(item(i));
			}
			out.complete();
		}

		@HubMethod
		CompletableFuture<Boolean> ask(HubCallerContext caller) {
			return caller.clients().caller().invoke("confirm", boolean.class);
		}

		@HubMethod(blocking = false)
		CompletableFuture<Boolean> askInline(HubCallerContext caller) {
			return ask(caller);
		}

		@HubMethod
		boolean askBlocking(HubCallerContext caller) {
			return caller.clients().caller().invoke("confirm", boolean.class).join();
		}

	}

}
