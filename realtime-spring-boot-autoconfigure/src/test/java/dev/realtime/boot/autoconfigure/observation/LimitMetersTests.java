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
import java.net.http.HttpResponse;

import dev.realtime.boot.autoconfigure.RealtimeContextRunner;
import dev.realtime.boot.autoconfigure.servlet.PubSubClient;
import dev.realtime.boot.autoconfigure.servlet.TestClient;
import dev.realtime.boot.autoconfigure.servlet.TestServer;
import dev.realtime.hub.HubCallerContext;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import dev.realtime.protocol.CloseReason;
import dev.realtime.transport.ConnectionRegistry;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link LimitMeters}, and for the limits as an application sets them.
 */
class LimitMetersTests {

	private static TestServer server;

	@BeforeAll
	static void start() {
		server = TestServer.start(Application.class, "realtime.limits.connections-per-address=2",
				"server.forward-headers-strategy=framework", "realtime.max-connections=20",
				"realtime.web-pubsub.allow-anonymous=true", "realtime.hubs.chat.limits.groups-per-connection=1",
				"realtime.hubs.chat.rate-limit.methods.rare.calls-per-second=0.001");
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	private static double count(String hub, String limit) {
		Counter counter = server.context()
			.getBean(MeterRegistry.class)
			.find("realtime.limits.exceeded")
			.tags("realtime.hub", hub, "realtime.limit", limit)
			.counter();
		return (counter != null) ? counter.count() : 0;
	}

	private static HttpResponse<String> negotiate(String hub, String address) {
		return new TestClient(server.uri("/hubs/" + hub)).negotiate("X-Forwarded-For", address);
	}

	@Test
	void addressBehindAProxyCounts() {
		double before = count("chat", "connections-per-address");
		assertThat(negotiate("chat", "192.0.2.1").statusCode()).isEqualTo(200);
		assertThat(negotiate("chat", "192.0.2.1").statusCode()).isEqualTo(200);
		HttpResponse<String> answer = negotiate("chat", "192.0.2.1");
		assertThat(answer.statusCode()).isEqualTo(429);
		assertThat(answer.body()).isEqualTo("Too many connections from this address");
		assertThat(negotiate("chat", "192.0.2.2").statusCode()).isEqualTo(200);
		assertThat(count("chat", "connections-per-address")).isEqualTo(before + 1);
	}

	@Test
	void webPubSubClientsCountWithTheOthers() {
		URI url = server.uri("/client/hubs/chat");
		assertThat(negotiate("chat", "192.0.2.3").statusCode()).isEqualTo(200);
		assertThat(negotiate("chat", "192.0.2.3").statusCode()).isEqualTo(200);
		assertThat(PubSubClient.status(url, "X-Forwarded-For", "192.0.2.3")).isEqualTo(429);
		assertThat(PubSubClient.status(url, "X-Forwarded-For", "192.0.2.4")).isEqualTo(101);
	}

	@Test
	void callsBeyondLimitsAreCounted() {
		TestClient client = new TestClient(server.uri("/hubs/chat")).connect();
		client.invoke("join", "a");
		assertThat(client.invoke("join", "b").get("error").asString()).contains("a member of 1 groups");
		client.invoke("rare");
		assertThat(client.invoke("rare").get("error").asString()).endsWith("because it is called too often.");
		assertThat(count("chat", "groups-per-connection")).isEqualTo(1);
		assertThat(count("chat", "method-rate")).isEqualTo(1);
		client.close();
	}

	@Test
	void fullServerIsCounted() {
		int status = 0;
		for (int i = 0; status != 503; i++) {
			assertThat(i).isLessThanOrEqualTo(20);
			status = negotiate("chat", "198.51.100." + i).statusCode();
		}
		assertThat(count("chat", "max-connections")).isEqualTo(1);
		ConnectionRegistry registry = server.context().getBean(ConnectionRegistry.class);
		registry.forEach((connection) -> connection.close(CloseReason.SERVER_CLOSED, null));
		await().until(() -> registry.limits().size() == 0);
	}

	@Test
	void nothingIsCountedWithoutARegistry() {
		RealtimeContextRunner.create()
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(LimitMeters.class));
	}

	@Configuration(proxyBeanMethods = false)
	@Import(ChatController.class)
	static class Application {

	}

	@HubController("chat")
	static class ChatController {

		@HubMethod
		void join(String group, HubCallerContext caller) {
			caller.join(group);
		}

		@HubMethod
		void rare() {
		}

	}

}
