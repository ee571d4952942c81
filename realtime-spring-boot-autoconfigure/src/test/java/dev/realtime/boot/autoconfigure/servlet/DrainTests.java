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

package dev.realtime.boot.autoconfigure.servlet;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.realtime.hub.HubDrain;
import dev.realtime.hub.HubDrain.State;
import dev.realtime.hub.HubDrain.Status;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import dev.realtime.raw.ConnectionController;
import dev.realtime.raw.RawConnection;
import dev.realtime.raw.RawConnectionHandler;
import dev.realtime.transport.ConnectionRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HubDrain} in an application, with each engine.
 */
@ParameterizedClass
@ValueSource(strings = { "netty", "servlet" })
class DrainTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static TestServer server;

	private static String servedBy;

	@Parameter
	private String engine;

	private HubDrain drain;

	private Holder holder;

	@BeforeEach
	void start() {
		if (!this.engine.equals(servedBy)) {
			stop();
			servedBy = this.engine;
			server = TestServer.start(Application.class, "realtime.websocket.engine=" + this.engine,
					"realtime.shutdown.timeout=20s", "realtime.web-pubsub.allow-anonymous=true",
					"management.endpoint.health.probes.enabled=true",
					"management.endpoints.web.exposure.include=health,realtime",
					"management.endpoint.realtime.access=unrestricted");
		}
		this.drain = server.context().getBean(HubDrain.class);
		this.holder = server.context().getBean(Holder.class);
		this.holder.gate.drainPermits();
	}

	@AfterEach
	void resume() {
		this.holder.gate.release(100);
		this.drain.resume();
		Awaitility.await().atMost(TIMEOUT).until(() -> HubConnections.channels(server.context()).isEmpty());
	}

	@AfterAll
	static void stop() {
		if (server != null) {
			server.close();
			server = null;
			servedBy = null;
		}
	}

	private static TestClient client() {
		return new TestClient(server.uri("/hubs/chat"));
	}

	private static int readiness() {
		return client().get("/actuator/health/readiness").statusCode();
	}

	private TestClient hold() {
		TestClient client = client().connect();
		client.begin("hold");
		awaitHeld(1);
		return client;
	}

	private void awaitHeld(int count) {
		Awaitility.await().atMost(TIMEOUT).until(() -> this.holder.gate.getQueueLength() == count);
	}

	private CompletableFuture<Status> startAndAwaitTurn() {
		CompletableFuture<Status> over = this.drain.start();
		Awaitility.await().atMost(TIMEOUT).until(() -> {
			AtomicBoolean retiring = new AtomicBoolean(true);
			server.context()
				.getBean(ConnectionRegistry.class)
				.forEachClaimed((connection) -> retiring.compareAndSet(true, connection.isRetiring()));
			return retiring.get();
		});
		return over;
	}

	@Test
	void newConnectionsAreRefusedUntilTheNodeResumes() {
		TestClient client = client();
		String negotiated = HttpClientOfHub.token(client);
		TestClient other = hold();
		CompletableFuture<Status> over = this.drain.start();
		assertThat(client.negotiate()).satisfies((answer) -> {
			assertThat(answer.statusCode()).isEqualTo(503);
			assertThat(answer.body()).isEqualTo("The server takes no new connections");
			assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
		});
		assertThat(client.upgrade("")).isEqualTo(503);
		assertThat(client.upgrade("id=" + negotiated)).isEqualTo(503);
		assertThat(client.get("/hubs/chat?id=" + negotiated).statusCode()).isEqualTo(503);
		assertThat(client.send(HttpRequest.newBuilder(server.uri("/hubs/chat?id=" + negotiated))
			.header("Accept", "text/event-stream"))).extracting(HttpResponse::statusCode).isEqualTo(503);
		assertThat(PubSubClient.status(server.uri("/client/hubs/chat"))).isEqualTo(503);
		assertThat(new TestClient(server.uri("/raw")).upgrade("")).isEqualTo(503);
		this.holder.gate.release();
		assertThat(other.closed()).isEqualTo(1001);
		assertThat(over).succeedsWithin(TIMEOUT);
		assertThat(client.negotiate().statusCode()).isEqualTo(503);
		this.drain.resume();
		assertThat(client.upgrade("id=" + negotiated)).isEqualTo(101);
		client().connect().close();
	}

	@Test
	void clientGetsItsAnswerBeforeItIsSentAway() {
		TestClient client = hold();
		startAndAwaitTurn();
		client.begin("echo", "passed over");
		this.holder.gate.release();
		assertThat(client.next().get("result").asString()).isEqualTo("held");
		JsonNode close = client.next();
		assertThat(close.get("type").asInt()).isEqualTo(7);
		assertThat(close.get("allowReconnect").asBoolean()).isTrue();
		assertThat(client.closed()).isEqualTo(1001);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void clientOverHttpGetsItsAnswerBeforeItIsSentAway(boolean serverSentEvents)
			throws IOException, InterruptedException {
		HttpClientOfHub client = new HttpClientOfHub(server.uri("/hubs/chat")).connect(serverSentEvents);
		client.post("{\"type\":1,\"invocationId\":\"1\",\"target\":\"hold\",\"arguments\":[]}");
		awaitHeld(1);
		CompletableFuture<Status> over = startAndAwaitTurn();
		client.post("{\"type\":1,\"invocationId\":\"2\",\"target\":\"echo\",\"arguments\":[\"passed over\"]}");
		this.holder.gate.release();
		assertThat(client.readToEnd()).isEqualTo(
				"{\"type\":3,\"invocationId\":\"1\",\"result\":\"held\"}" + "{\"type\":7,\"allowReconnect\":true}");
		assertThat(over).succeedsWithin(TIMEOUT);
	}

	@Test
	void clientOfWebPubSubGetsItsAcknowledgementBeforeItIsSentAway() {
		PubSubClient client = new PubSubClient(server.uri("/client/hubs/chat"), "json.webpubsub.azure.v1");
		client.next();
		client.send("{\"type\":\"event\",\"event\":\"hold\",\"dataType\":\"text\",\"data\":\"\",\"ackId\":1}");
		awaitHeld(1);
		startAndAwaitTurn();
		client.send("{\"type\":\"joinGroup\",\"group\":\"g\",\"ackId\":2}");
		this.holder.gate.release();
		assertThat(client.next()).contains("\"data\":\"held\"");
		assertThat(client.next()).isEqualTo("{\"type\":\"ack\",\"ackId\":1,\"success\":true}");
		assertThat(client.next()).contains("\"event\":\"disconnected\"");
		assertThat(client.closed()).isEqualTo(1001);
	}

	@Test
	void reliableClientIsToldToStartAnew() {
		PubSubClient client = new PubSubClient(server.uri("/client/hubs/chat"), "json.reliable.webpubsub.azure.v1");
		JsonNode introduction = JsonMapper.shared().readTree(client.next());
		CompletableFuture<Status> over = this.drain.start();
		assertThat(client.closed()).isEqualTo(1001);
		assertThat(over).succeedsWithin(TIMEOUT);
		PubSubClient recovering = new PubSubClient(
				server.uri("/client/hubs/chat?awps_connection_id=" + introduction.get("connectionId").asString()
						+ "&awps_reconnection_token=" + introduction.get("reconnectionToken").asString()),
				"json.reliable.webpubsub.azure.v1");
		assertThat(recovering.closed()).isEqualTo(1008);
		assertThat(PubSubClient.status(server.uri("/client/hubs/chat"))).isEqualTo(503);
	}

	@Test
	void rawConnectionEndsWhenItsHandlerHasSeenEverything() {
		PubSubClient client = new PubSubClient(server.uri("/raw"));
		client.send("hold");
		awaitHeld(1);
		startAndAwaitTurn();
		client.send("passed over");
		this.holder.gate.release();
		assertThat(client.next()).isEqualTo("held");
		assertThat(client.closed()).isEqualTo(1001);
	}

	@Test
	void readinessFollows() {
		assertThat(readiness()).isEqualTo(200);
		TestClient client = hold();
		this.drain.start();
		assertThat(readiness()).isEqualTo(503);
		this.holder.gate.release();
		client.closed();
		Awaitility.await().atMost(TIMEOUT).until(() -> this.drain.status().state() == State.DRAINED);
		assertThat(readiness()).isEqualTo(503);
		this.drain.resume();
		assertThat(readiness()).isEqualTo(200);
	}

	@Test
	void readinessOfTheApplicationItselfStays() {
		AvailabilityChangeEvent.publish(server.context(), ReadinessState.REFUSING_TRAFFIC);
		try {
			this.drain.start();
			this.drain.resume();
			assertThat(readiness()).isEqualTo(503);
		}
		finally {
			AvailabilityChangeEvent.publish(server.context(), ReadinessState.ACCEPTING_TRAFFIC);
		}
		assertThat(readiness()).isEqualTo(200);
	}

	@Test
	void operatorDrainsAndResumes() {
		TestClient client = hold();
		assertThat(operate("{\"drain\":true,\"timeout\":\"-1s\"}").statusCode()).isEqualTo(400);
		assertThat(operate("{}").statusCode()).isEqualTo(400);
		assertThat(this.drain.status().state()).isEqualTo(State.ACCEPTING);
		JsonNode begun = JsonMapper.shared().readTree(operate("{\"drain\":true,\"timeout\":\"1m\"}").body());
		assertThat(begun.get("state").asString()).isEqualTo("DRAINING");
		assertThat(begun.get("remaining").asInt()).isEqualTo(1);
		this.holder.gate.release();
		client.closed();
		Awaitility.await().atMost(TIMEOUT).until(() -> state().equals("DRAINED"));
		assertThat(operate("{\"drain\":true}").statusCode()).isEqualTo(200);
		assertThat(state()).isEqualTo("DRAINED");
		assertThat(operate("{\"drain\":false}").statusCode()).isEqualTo(200);
		assertThat(state()).isEqualTo("ACCEPTING");
		client().connect().close();
	}

	private static HttpResponse<String> operate(String body) {
		return client().send(HttpRequest.newBuilder(server.uri("/actuator/realtime"))
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString(body)));
	}

	private static String state() {
		return JsonMapper.shared().readTree(client().get("/actuator/realtime").body()).at("/drain/state").asString();
	}

	@Test
	void statusAndMetersTellHowFarItIs() {
		Status before = this.drain.status();
		assertThat(before.state()).isEqualTo(State.ACCEPTING);
		assertThat(before.since()).isNull();
		TestClient client = hold();
		CompletableFuture<Status> over = this.drain.start(Duration.ofMinutes(1));
		assertThat(this.drain.start()).isNotDone();
		assertThat(this.drain.status()).satisfies((status) -> {
			assertThat(status.state()).isEqualTo(State.DRAINING);
			assertThat(status.since()).isNotNull();
			assertThat(status.remaining()).isEqualTo(1);
		});
		assertThat(meter("realtime.drain.remaining")).isEqualTo(1);
		this.holder.gate.release();
		client.closed();
		assertThat(over).succeedsWithin(TIMEOUT).satisfies((status) -> {
			assertThat(status.state()).isEqualTo(State.DRAINED);
			assertThat(status.remaining()).isZero();
			assertThat(status.closed()).isEqualTo(before.closed() + 1);
			assertThat(status.dropped()).isEqualTo(before.dropped());
		});
		assertThat(meter("realtime.drain.remaining")).isZero();
		assertThat(server.context()
			.getBean(MeterRegistry.class)
			.get("realtime.drain.connections")
			.tag("outcome", "closed")
			.functionCounter()
			.count()).isEqualTo(before.closed() + 1);
	}

	private static double meter(String name) {
		return server.context().getBean(MeterRegistry.class).get(name).gauge().value();
	}

	@Test
	void whoHoldsOnIsDroppedAndCounted() {
		Status before = this.drain.status();
		TestClient client = hold();
		assertThat(this.drain.start(Duration.ofMillis(1))).succeedsWithin(TIMEOUT)
			.satisfies((status) -> assertThat(status.dropped() + status.closed())
				.isEqualTo(before.dropped() + before.closed() + 1));
		Awaitility.await().atMost(TIMEOUT).until(client::isClosed);
	}

	@Configuration(proxyBeanMethods = false)
	@Import({ ChatController.class, Holder.class, RawController.class })
	static class Application {

	}

	static class Holder {

		final Semaphore gate = new Semaphore(0);

		String hold() {
			this.gate.acquireUninterruptibly();
			return "held";
		}

	}

	@HubController("chat")
	static class ChatController {

		private final Holder holder;

		ChatController(Holder holder) {
			this.holder = holder;
		}

		@HubMethod
		String hold() {
			return this.holder.hold();
		}

		@HubMethod
		String echo(String text) {
			return text;
		}

	}

	@ConnectionController("/raw")
	static class RawController implements RawConnectionHandler {

		private final Holder holder;

		RawController(Holder holder) {
			this.holder = holder;
		}

		@Override
		public void onData(RawConnection connection, ByteBuffer data) {
			connection.send(this.holder.hold());
		}

	}

}
