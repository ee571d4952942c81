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
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.realtime.boot.autoconfigure.servlet.PubSubClient;
import dev.realtime.boot.autoconfigure.servlet.RestCaller;
import dev.realtime.boot.autoconfigure.servlet.TestClient;
import dev.realtime.boot.autoconfigure.servlet.TestServer;
import dev.realtime.hub.HubCallerContext;
import dev.realtime.hub.HubContext;
import dev.realtime.hub.Hubs;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.search.RequiredSearch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HubMeters}, and for the meters of connections that have a hub.
 */
class HubMetersTests {

	private static TestServer server;

	private static MeterRegistry meters;

	@BeforeAll
	static void start() {
		server = TestServer.start(Application.class, "realtime.hubs.quiet.path=/quiet", RestCaller.PROPERTY,
				"realtime.web-pubsub.undeclared-hubs=allow");
		meters = server.context().getBean(MeterRegistry.class);
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	private static RequiredSearch chat(String meter) {
		return meters.get(meter).tag("realtime.hub", "chat");
	}

	private static RequiredSearch json(String meter) {
		return chat(meter).tags("realtime.protocol", "json", "realtime.transport", "web_sockets");
	}

	private static void eventually(Runnable assertion) {
		// figures are as old as a second
		Awaitility.await()
			.atMost(Duration.ofSeconds(10))
			.pollInterval(Duration.ofMillis(50))
			.untilAsserted(assertion::run);
	}

	@Test
	void allMetersAreThereFromTheStart() {
		Set<String> names = meters.getMeters()
			.stream()
			.map(Meter::getId)
			.filter((id) -> "quiet".equals(id.getTag("realtime.hub")))
			.map(Meter.Id::getName)
			.collect(Collectors.toSet());
		assertThat(names).containsExactlyInAnyOrder("realtime.connections", "realtime.connections.suspended",
				"realtime.connections.closed", "realtime.users", "realtime.groups", "realtime.queued",
				"realtime.queued.messages", "realtime.received", "realtime.received.messages", "realtime.sent",
				"realtime.sent.messages", "realtime.dropped.messages", "realtime.broadcast",
				"realtime.broadcast.receivers");
		Set<String> kinds = meters.get("realtime.connections")
			.tag("realtime.hub", "quiet")
			.meters()
			.stream()
			.map((meter) -> meter.getId().getTag("realtime.protocol") + " "
					+ meter.getId().getTag("realtime.transport"))
			.collect(Collectors.toSet());
		assertThat(kinds)
			.contains("json web_sockets", "json server_sent_events", "json long_polling", "messagepack web_sockets",
					"messagepack long_polling", "json.webpubsub.azure.v1 web_sockets")
			.doesNotContain("messagepack server_sent_events", "json.webpubsub.azure.v1 long_polling");
	}

	@Test
	void connectionsAndTheirTrafficAreCounted() {
		double sent = json("realtime.sent.messages").functionCounter().count();
		double closed = closed("server-closed");
		TestClient client = new TestClient(server.uri("/hubs/chat")).connect();
		client.invoke("join", "lobby");
		eventually(() -> {
			assertThat(json("realtime.connections").gauge().value()).isEqualTo(1);
			assertThat(chat("realtime.groups").gauge().value()).isEqualTo(1);
			assertThat(json("realtime.received.messages").functionCounter().count()).isPositive();
			assertThat(json("realtime.received").functionCounter().count()).isGreaterThan(50);
			assertThat(json("realtime.sent.messages").functionCounter().count()).isEqualTo(sent + 2);
			assertThat(json("realtime.sent").functionCounter().count()).isGreaterThan(20);
		});
		HubContext hub = server.context().getBean(Hubs.class).get("chat");
		long broadcasts = chat("realtime.broadcast").timer().count();
		double receivers = chat("realtime.broadcast.receivers").summary().totalAmount();
		hub.all().send("m").join();
		client.next();
		eventually(() -> assertThat(chat("realtime.broadcast").timer().count()).isEqualTo(broadcasts + 1));
		assertThat(chat("realtime.broadcast.receivers").summary().totalAmount()).isEqualTo(receivers + 1);
		hub.connections().closeAll(null).join();
		client.closed();
		eventually(() -> {
			assertThat(closed("server-closed")).isEqualTo(closed + 1);
			assertThat(json("realtime.connections").gauge().value()).isZero();
			// the broadcast, and the last word
			assertThat(json("realtime.sent.messages").functionCounter().count()).isEqualTo(sent + 4);
		});
	}

	private static double closed(String reason) {
		return meters.find("realtime.connections.closed")
			.tags("realtime.hub", "chat", "realtime.close.reason", reason)
			.counters()
			.stream()
			.mapToDouble((counter) -> counter.count())
			.sum();
	}

	@Test
	void hubsNobodyHasDeclaredHaveNoMetersOfTheirOwn() {
		new RestCaller(server.uri("/")).post("/api/hubs/strange/:send?api-version=2024-12-01", "text/plain", "hi");
		assertThat(server.context().getBean(Hubs.class).contains("strange")).isTrue();
		try (PubSubClient client = connect("strange", "ann", "json.webpubsub.azure.v1")) {
			client.next();
			client.send("{\"type\":\"event\",\"event\":\"unknown\",\"dataType\":\"text\",\"data\":\"\",\"ackId\":1}");
			assertThat(client.next()).contains("\"success\":false");
		}
		eventually(() -> {
			for (String meter : List.of("realtime.connect", "realtime.connection.event", "realtime.hub.call")) {
				assertThat(meters.find(meter).tag("rpc.service", "_OTHER").timers()).as(meter).isNotEmpty();
			}
			assertThat(meters.find("realtime.connections.closed").tag("realtime.hub", "_OTHER").counters())
				.isNotEmpty();
		});
		assertThat(meters.getMeters()).allSatisfy(
				(meter) -> assertThat(meter.getId().getTags()).extracting(Tag::getValue).doesNotContain("strange"));
	}

	private static PubSubClient connect(String hub, String user, String subprotocol) {
		URI url = server.context().getBean(Hubs.class).get(hub).clientAccess().userId(user).url();
		return new PubSubClient(url, subprotocol);
	}

	@Test
	void whatWaitsForClientsIsCounted() {
		PubSubClient client = connect("quiet", "ann", "json.reliable.webpubsub.azure.v1");
		client.next();
		client.abort();
		eventually(() -> assertThat(quiet("realtime.connections.suspended")).isEqualTo(1));
		server.context().getBean(Hubs.class).get("quiet").all().send("m", "text").join();
		eventually(() -> {
			assertThat(quiet("realtime.queued.messages")).isEqualTo(1);
			assertThat(quiet("realtime.queued")).isGreaterThan(4);
		});
		assertThat(quiet("realtime.users")).isEqualTo(1);
		assertThat(quiet("realtime.groups")).isZero();
		server.context().getBean(Hubs.class).get("quiet").connections().closeAll(null).join();
		eventually(() -> assertThat(quiet("realtime.connections.suspended")).isZero());
	}

	private static double quiet(String meter) {
		return meters.get(meter).tag("realtime.hub", "quiet").gauge().value();
	}

	@Test
	void negotiationsAreTimedByTheirOutcome() {
		TestClient client = new TestClient(server.uri("/hubs/chat"));
		assertThat(client.negotiate().statusCode()).isEqualTo(200);
		client.send(HttpRequest.newBuilder(server.uri("/hubs/chat/negotiate?negotiateVersion=x"))
			.POST(BodyPublishers.noBody()));
		eventually(() -> {
			assertThat(negotiations("SUCCESS")).isPositive();
			assertThat(negotiations("REFUSED")).isEqualTo(1);
		});
	}

	@Test
	void upgradesAreTimedByTheirOutcome() {
		try (PubSubClient client = connect("chat", "ann", "json.webpubsub.azure.v1")) {
			client.next();
		}
		assertThat(PubSubClient.status(server.uri("/client/hubs/chat?access_token=nonsense"))).isEqualTo(401);
		eventually(() -> {
			assertThat(upgrades("SUCCESS", "101")).isPositive();
			assertThat(upgrades("REFUSED", "401")).isEqualTo(1);
		});
	}

	private static long upgrades(String outcome, String status) {
		return meters.get("realtime.connect")
			.tags("rpc.service", "chat", "realtime.connect.kind", "upgrade", "outcome", outcome,
					"http.response.status_code", status)
			.timer()
			.count();
	}

	private static long negotiations(String outcome) {
		return meters.get("realtime.connect")
			.tags("rpc.service", "chat", "realtime.connect.kind", "negotiate", "outcome", outcome,
					"http.response.status_code", "200")
			.timer()
			.count();
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

	}

}
