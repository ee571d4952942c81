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

package dev.realtime.boot.autoconfigure.observation;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.realtime.boot.autoconfigure.RealtimeContextRunner;
import dev.realtime.boot.autoconfigure.observation.ConnectionMeters.Status;
import dev.realtime.boot.autoconfigure.servlet.TestClient;
import dev.realtime.boot.autoconfigure.servlet.TestServer;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import dev.realtime.protocol.CloseReason;
import dev.realtime.protocol.TransportType;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ConnectionMeters}.
 */
class ConnectionMetersTests {

	private TestServer server;

	private MeterRegistry meters;

	private void start(String... properties) {
		this.server = TestServer.start(Application.class, properties);
		this.meters = this.server.context().getBean(MeterRegistry.class);
	}

	@AfterEach
	void stop() {
		if (this.server != null) {
			this.server.close();
		}
	}

	private double active(TransportType transport) {
		return this.meters.get("signalr.server.active_connections")
			.tag("signalr.transport", transport.label())
			.gauge()
			.value();
	}

	private Timer duration(TransportType transport, String status) {
		return this.meters.get("signalr.server.connection.duration")
			.tags("signalr.transport", transport.label(), "signalr.connection.status", status)
			.timer();
	}

	private List<Long> durations(TransportType transport) {
		return Arrays.stream(Status.values()).map((status) -> duration(transport, status.label()).count()).toList();
	}

	private void awaitEnded(TransportType transport, Long... counts) {
		Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
			assertThat(durations(transport)).containsExactly(counts);
			assertThat(active(transport)).isZero();
		});
	}

	@Test
	void metersExistBeforeConnectionsDo() {
		start();
		for (TransportType transport : TransportType.values()) {
			assertThat(active(transport)).isZero();
			assertThat(durations(transport)).containsExactly(0L, 0L, 0L);
		}
		assertThat(this.meters.find("signalr.server.connection.duration").timers()).hasSize(9)
			.allSatisfy((timer) -> assertThat(timer.takeSnapshot().histogramCounts())
				.extracting((CountAtBucket bucket) -> bucket.bucket(TimeUnit.MILLISECONDS))
				.containsExactly(10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1_000.0, 2_000.0, 5_000.0, 10_000.0, 30_000.0,
						60_000.0, 120_000.0, 300_000.0));
		assertThat(this.meters.find("signalr.server.active_connections").gauges()).hasSize(3);
	}

	@ParameterizedTest
	@ValueSource(strings = { "realtime.websocket.engine=netty", "realtime.websocket.netty.detach=true",
			"realtime.websocket.engine=servlet" })
	void webSocketsCountFromBeginToEnd(String engine) {
		start(engine);
		TestClient one = new TestClient(this.server.uri("/hubs/chat")).connect();
		TestClient two = new TestClient(this.server.uri("/hubs/chat")).connect();
		assertThat(two.negotiate().statusCode()).isEqualTo(200);
		assertThat(active(TransportType.WEB_SOCKETS)).isEqualTo(2);
		one.close();
		Awaitility.await()
			.atMost(Duration.ofSeconds(10))
			.untilAsserted(() -> assertThat(active(TransportType.WEB_SOCKETS)).isEqualTo(1));
		two.close();
		awaitEnded(TransportType.WEB_SOCKETS, 2L, 0L, 0L);
		assertThat(duration(TransportType.WEB_SOCKETS, "normal_closure").totalTime(TimeUnit.NANOSECONDS)).isPositive();
	}

	@ParameterizedTest
	@ValueSource(strings = { "realtime.websocket.engine=netty", "realtime.websocket.netty.detach=true",
			"realtime.websocket.engine=servlet" })
	void clientsThatFallSilent(String engine) {
		start(engine, "realtime.signalr.client-timeout-interval=2s", "realtime.signalr.keep-alive-interval=1s");
		new TestClient(this.server.uri("/hubs/chat")).connect().ping();
		awaitEnded(TransportType.WEB_SOCKETS, 0L, 1L, 0L);
	}

	@ParameterizedTest
	@ValueSource(strings = { "realtime.websocket.engine=netty", "realtime.websocket.netty.detach=true",
			"realtime.websocket.engine=servlet" })
	void shutdown(String engine) {
		start(engine, "realtime.shutdown.timeout=1s");
		new TestClient(this.server.uri("/hubs/chat")).connect();
		request(TransportType.SERVER_SENT_EVENTS, "text/event-stream");
		request(TransportType.LONG_POLLING, "*/*");
		for (TransportType transport : TransportType.values()) {
			assertThat(active(transport)).as(transport.label()).isEqualTo(1);
		}
		this.server.context().getBean("hubShutdownLifecycle", SmartLifecycle.class).stop();
		for (TransportType transport : TransportType.values()) {
			awaitEnded(transport, 0L, 0L, 1L);
		}
	}

	private void request(TransportType transport, String accept) {
		TestClient client = new TestClient(this.server.uri("/hubs/chat"));
		String token = JsonMapper.shared().readTree(client.negotiate().body()).get("connectionToken").asString();
		URI uri = this.server.uri("/hubs/chat?id=" + token);
		HttpClient.newHttpClient()
			.sendAsync(HttpRequest.newBuilder(uri).header("Accept", accept).build(), BodyHandlers.discarding());
		Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> active(transport) == 1);
	}

	@Test
	void statusOfReasons() {
		assertThat(Status.of(CloseReason.SERVER_SHUTDOWN, null)).isEqualTo(Status.APP_SHUTDOWN);
		assertThat(Status.of(CloseReason.SERVER_SHUTDOWN.withText("bye"), null)).isEqualTo(Status.APP_SHUTDOWN);
		assertThat(Status.of(CloseReason.CLIENT_TIMEOUT, null)).isEqualTo(Status.TIMEOUT);
		assertThat(Status.of(CloseReason.DISCONNECT_TIMEOUT, null)).isEqualTo(Status.TIMEOUT);
		assertThat(Status.of(CloseReason.HANDSHAKE_FAILED, new TimeoutException())).isEqualTo(Status.TIMEOUT);
		assertThat(Status.of(CloseReason.HANDSHAKE_FAILED, null)).isEqualTo(Status.NORMAL_CLOSURE);
		assertThat(Status.of(CloseReason.CLIENT_GONE, new TimeoutException())).isEqualTo(Status.NORMAL_CLOSURE);
		assertThat(Status.of(CloseReason.SLOW_CONSUMER, null)).isEqualTo(Status.NORMAL_CLOSURE);
	}

	@Test
	void nothingIsMeasuredWithoutARegistry() {
		RealtimeContextRunner.create()
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ConnectionMeters.class));
	}

	@Configuration(proxyBeanMethods = false)
	@Import(ChatController.class)
	static class Application {

	}

	@HubController("chat")
	static class ChatController {

		@HubMethod
		void nothing() {
		}

	}

}
