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

package dev.realtime.lifetime;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import dev.realtime.connection.Lane;
import dev.realtime.lifetime.Topology.Scene;
import dev.realtime.protocol.CloseReason;
import dev.realtime.protocol.OutboundLimits;
import dev.realtime.protocol.OverflowStrategy;
import dev.realtime.protocol.TransportType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HubInspection}, and for closing what is found.
 */
class InspectionTests {

	private static List<String> find(Scene scene, ConnectionQuery query) {
		return ids(scene, query, 0, 100);
	}

	private static List<String> ids(Scene scene, ConnectionQuery query, int offset, int limit) {
		return scene.here().manager.inspection()
			.connections(query, offset, limit)
			.join()
			.connections()
			.stream()
			.map(ConnectionDetails::connectionId)
			.toList();
	}

	@ParameterizedTest
	@EnumSource
	void connectionsAreFound(Topology topology) {
		try (Scene scene = topology.open()) {
			scene.there().connect("c2", "ann").join("g");
			scene.there().connect("c1", "bob").join("g");
			TestClient.connect(scene.there().manager, "c3", "ann", scene.there().binary, Lane.direct());
			String node = scene.there().backplane.name();
			assertThat(find(scene, ConnectionQuery.ALL)).containsExactly("c1", "c2", "c3");
			assertThat(find(scene, ConnectionQuery.ofGroup("g"))).containsExactly("c1", "c2");
			assertThat(find(scene, new ConnectionQuery("ann", null, null, null, null))).containsExactly("c2", "c3");
			assertThat(find(scene, new ConnectionQuery("ann", "g", null, null, null))).containsExactly("c2");
			assertThat(find(scene, new ConnectionQuery(null, null, "binary", null, null))).containsExactly("c3");
			assertThat(find(scene, new ConnectionQuery(null, null, null, TransportType.LONG_POLLING, null))).isEmpty();
			assertThat(find(scene, new ConnectionQuery(null, null, null, null, node))).hasSize(3);
			assertThat(find(scene, new ConnectionQuery(null, null, null, null, "other"))).isEmpty();
		}
	}

	@Test
	void pagesGoOverAllNodes() {
		try (Scene scene = Topology.OTHER_NODE.open()) {
			IntStream.range(0, 10)
				.forEach((i) -> ((i % 3 == 0) ? scene.here() : scene.there()).connect("c" + i, "ann"));
			ConnectionPage page = scene.here().manager.inspection().connections(ConnectionQuery.ALL, 4, 3).join();
			assertThat(page.total()).isEqualTo(10);
			assertThat(page.connections()).extracting(ConnectionDetails::connectionId)
				.containsExactly("c4", "c5", "c6");
			assertThat(ids(scene, ConnectionQuery.ALL, 9, 3)).containsExactly("c9");
			assertThat(ids(scene, ConnectionQuery.ALL, 10, 3)).isEmpty();
		}
	}

	@ParameterizedTest
	@EnumSource
	void connectionIsDescribed(Topology topology) {
		try (Scene scene = topology.open()) {
			TestClient client = scene.there().connect("c1", "ann");
			client.join("g");
			client.connection().receive(ByteBuffer.allocate(5));
			client.connection().received(2);
			scene.there().chat.client("c1").send("m").join();
			client.stall();
			scene.there().chat.client("c1").send("m").join();
			ConnectionDetails details = scene.here().manager.inspection().connection("c1").join().orElseThrow();
			assertThat(details.userId()).isEqualTo("ann");
			assertThat(details.protocol()).isEqualTo("json");
			assertThat(details.transport()).isEqualTo(TransportType.WEB_SOCKETS);
			assertThat(details.node()).isEqualTo(scene.there().backplane.name());
			assertThat(details.remoteAddress()).isNull();
			assertThat(details.suspended()).isFalse();
			assertThat(details.groups()).containsExactly("g");
			assertThat(details.connectedAt()).isEqualTo(client.connection().connectedAt());
			assertThat(details.lastReceivedAt()).isBetween(details.connectedAt().minusMillis(100), Instant.now());
			assertThat(details.traffic().queuedMessages()).isEqualTo(1);
			assertThat(details.traffic().queuedBytes()).isEqualTo(details.traffic().sentBytes()).isPositive();
			assertThat(details.traffic().sentMessages()).isEqualTo(1);
			assertThat(details.traffic().receivedMessages()).isEqualTo(2);
			assertThat(details.traffic().receivedBytes()).isEqualTo(5);
			assertThat(scene.here().manager.inspection().connection("c2").join()).isEmpty();
		}
	}

	@ParameterizedTest
	@EnumSource
	void connectionIsClosed(Topology topology) {
		try (Scene scene = topology.open()) {
			TestClient client = scene.there().connect("c1", "ann");
			TestClient other = scene.there().connect("c2", "ann");
			HubManagement management = scene.here().manager.management();
			assertThat(management.close("c1", "why", true).join()).isTrue();
			assertThat(management.close("c1", "why", true).join()).isFalse();
			assertThat(client.closed()).isEqualTo(CloseReason.SERVER_CLOSED.withText("why").withReconnect(true));
			assertThat(other.closed()).isNull();
		}
	}

	@ParameterizedTest
	@EnumSource
	void connectionsOfAUserAreClosed(Topology topology) {
		try (Scene scene = topology.open()) {
			TestClient client = scene.there().connect("c1", "ann");
			TestClient other = scene.there().connect("c2", "bob");
			HubManagement management = scene.here().manager.management();
			assertThat(management.closeUser("ann", null, false).join()).isEqualTo(1);
			assertThat(management.closeUser("ann", null, false).join()).isZero();
			assertThat(client.closed()).isEqualTo(CloseReason.SERVER_CLOSED);
			assertThat(other.closed()).isNull();
		}
	}

	@Test
	void allConnectionsOfAllNodesAreClosed() {
		try (Scene scene = Topology.OTHER_NODE.open()) {
			scene.here().connect("c1");
			scene.there().connect("c2", "bob");
			assertThat(scene.here().manager.management().closeAll("why", true).join()).isEqualTo(2);
			assertThat(scene.here().manager.connectionCount() + scene.there().manager.connectionCount()).isZero();
		}
	}

	@Test
	void figuresAreThoseOfThisNode() {
		try (Scene scene = Topology.OTHER_NODE.open()) {
			scene.here().connect("c1", "ann").join("g");
			TestClient.connect(scene.here().manager, "c2", null, scene.here().binary, Lane.direct());
			scene.there().connect("c3", "bob");
			HubFigures figures = scene.here().manager.inspection().figures();
			assertThat(figures.users()).isEqualTo(1);
			assertThat(figures.groups()).isEqualTo(1);
			assertThat(figures.traffic()).extracting(TrafficFigures::protocol).containsExactly("binary", "json");
			assertThat(figures.sum(TrafficFigures::connections)).isEqualTo(2);
		}
	}

	@Test
	void sumsOutliveConnections() {
		try (Scene scene = Topology.ALONE.open()) {
			HubInspection inspection = scene.here().manager.inspection();
			TestClient client = scene.here().connect("c1");
			client.connection().receive(ByteBuffer.allocate(5));
			client.connection().received(1);
			scene.here().chat.all().send("m").join();
			HubFigures before = inspection.figures();
			assertThat(before.sum(TrafficFigures::sentMessages)).isEqualTo(1);
			assertThat(before.sum(TrafficFigures::receivedBytes)).isEqualTo(5);
			client.disconnect();
			HubFigures after = inspection.figures();
			assertThat(after.sum(TrafficFigures::connections)).isZero();
			assertThat(after.sum(TrafficFigures::sentMessages)).isEqualTo(1);
			assertThat(after.sum(TrafficFigures::sentBytes)).isEqualTo(before.sum(TrafficFigures::sentBytes))
				.isPositive();
			assertThat(after.sum(TrafficFigures::receivedMessages)).isEqualTo(1);
			scene.here().connect("c2").connection().receive(ByteBuffer.allocate(2));
			assertThat(inspection.figures().sum(TrafficFigures::receivedBytes)).isEqualTo(7);
		}
	}

	@Test
	void whatWaitsAndWhatWasDroppedIsCounted() {
		try (Scene scene = Topology.ALONE.open()) {
			OutboundLimits limits = new OutboundLimits(Long.MAX_VALUE, 2, OutboundLimits.DEFAULT.sendTimeout(),
					OverflowStrategy.DROP_OLDEST);
			TestClient client = scene.here().connect("c1", null, Lane.direct(), limits);
			client.stall();
			IntStream.range(0, 5).forEach((i) -> scene.here().chat.all().send("m").join());
			HubFigures figures = scene.here().manager.inspection().figures();
			assertThat(figures.sum(TrafficFigures::queuedMessages)).isEqualTo(2);
			assertThat(figures.sum(TrafficFigures::droppedMessages)).isEqualTo(3);
			assertThat(figures.sum(TrafficFigures::sentMessages)).isZero();
		}
	}

	@Test
	void largestGroupsComeFirst() {
		try (Scene scene = Topology.ALONE.open()) {
			for (int i = 0; i < 4; i++) {
				TestClient client = scene.here().connect("c" + i);
				IntStream.rangeClosed(0, i).forEach((group) -> client.join("g" + group));
			}
			Map<String, Integer> groups = scene.here().manager.inspection().largestGroups(0, 2);
			assertThat(groups.entrySet()).containsExactly(Map.entry("g0", 4), Map.entry("g1", 3));
		}
	}

}
