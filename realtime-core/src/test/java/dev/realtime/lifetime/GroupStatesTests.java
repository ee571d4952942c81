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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import dev.realtime.backplane.BackplaneMessage.GroupStateChange;
import dev.realtime.connection.Lane;
import dev.realtime.lifetime.TestNodes.TestNode;
import dev.realtime.lifetime.Topology.Scene;
import dev.realtime.protocol.Permission;
import dev.realtime.protocol.webpubsub.PubSubError;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The rules of group states, with subscribers on the same node or another one.
 */
class GroupStatesTests {

	private static TestClient connect(TestNode node, String id, @Nullable String user, String group) {
		TestClient client = TestClient.connect(node.manager, id, user, node.pubSub, Lane.direct());
		node.chat.groups().add(id, group).join();
		return client;
	}

	private static @Nullable String set(TestNode node, TestClient client, String group,
			@Nullable Map<String, String> state) {
		CompletableFuture<@Nullable PubSubError> answer = new CompletableFuture<>();
		node.manager.groupStates().set(client.connection(), group, state, answer::complete);
		return name(answer.join());
	}

	private static @Nullable String subscribe(TestNode node, TestClient client, String group) {
		CompletableFuture<@Nullable PubSubError> answer = new CompletableFuture<>();
		long before = snapshots(client);
		node.manager.groupStates().subscribe(client.connection(), group, answer::complete);
		String error = name(answer.join());
		if (error == null) {
			await().until(() -> snapshots(client) > before);
		}
		return error;
	}

	private static long snapshots(TestClient client) {
		return client.received().stream().filter((message) -> message.startsWith("snapshot")).count();
	}

	private static @Nullable String name(@Nullable PubSubError error) {
		return (error != null) ? error.name() : null;
	}

	@ParameterizedTest
	@EnumSource
	void subscriberGetsSnapshotAndUpdates(Topology topology) {
		try (Scene scene = topology.open()) {
			TestClient ann = connect(scene.there(), "c1", "ann", "g");
			TestClient bob = connect(scene.here(), "c2", null, "g");
			assertThat(set(scene.there(), ann, "g", Map.of("k", "1"))).isNull();
			assertThat(set(scene.here(), bob, "g", Map.of())).isNull();
			assertThat(subscribe(scene.here(), bob, "g")).isNull();
			bob.assertReceived("snapshot g [c1 ann {k=1}, c2 null {}]");
			set(scene.there(), ann, "g", Map.of("k", "2"));
			bob.assertReceived("snapshot g [c1 ann {k=1}, c2 null {}]", "update g [c1 ann {k=2}]");
			set(scene.here(), bob, "g", Map.of("own", "echo"));
			set(scene.there(), ann, "g", null);
			await().untilAsserted(
					() -> assertThat(bob.received()).contains("update g [c2 null {own=echo}]", "update g [c1 ann null]")
						.hasSize(4));
			assertThat(ann.received()).isEmpty();
		}
	}

	@ParameterizedTest
	@EnumSource
	void updatesOfOneConnectionComeInOrderAndNeverAtTheSameTime(Topology topology) {
		try (Scene scene = topology.open()) {
			TestClient ann = connect(scene.there(), "c1", "ann", "g");
			TestClient bob = connect(scene.here(), "c2", null, "g");
			subscribe(scene.here(), bob, "g");
			List<String> expected = new ArrayList<>(List.of("snapshot g []"));
			for (int i = 0; i < 50; i++) {
				scene.there().manager.groupStates().set(ann.connection(), "g", Map.of("k", "" + i), (error) -> {
				});
				expected.add("update g [c1 ann {k=" + i + "}]");
			}
			bob.assertReceived(expected.toArray(String[]::new));
			List<Long> times = scene.here().pubSub.updates();
			assertThat(times).hasSize(50).isSorted().doesNotHaveDuplicates();
		}
	}

	@ParameterizedTest
	@EnumSource
	void stateEndsWithMembershipAndConnection(Topology topology) {
		try (Scene scene = topology.open()) {
			TestClient ann = connect(scene.there(), "c1", "ann", "g");
			TestClient cid = connect(scene.there(), "c3", "cid", "g");
			TestClient bob = connect(scene.here(), "c2", null, "g");
			set(scene.there(), ann, "g", Map.of("k", "1"));
			set(scene.there(), cid, "g", Map.of("k", "3"));
			subscribe(scene.here(), bob, "g");
			bob.assertReceived("snapshot g [c1 ann {k=1}, c3 cid {k=3}]");
			scene.here().chat.groups().remove("c1", "g").join();
			bob.assertReceived("snapshot g [c1 ann {k=1}, c3 cid {k=3}]", "update g [c1 ann null]");
			cid.disconnect();
			bob.assertReceived("snapshot g [c1 ann {k=1}, c3 cid {k=3}]", "update g [c1 ann null]",
					"update g [c3 cid null]");
			subscribe(scene.here(), bob, "g");
			assertThat(bob.received()).last().isEqualTo("snapshot g []");
		}
	}

	@ParameterizedTest
	@EnumSource
	void unsubscribedGetsNothing(Topology topology) {
		try (Scene scene = topology.open()) {
			TestClient ann = connect(scene.there(), "c1", "ann", "g");
			TestClient bob = connect(scene.here(), "c2", null, "g");
			TestClient other = connect(scene.here(), "c3", null, "g");
			subscribe(scene.here(), bob, "g");
			subscribe(scene.here(), other, "g");
			CompletableFuture<@Nullable PubSubError> answer = new CompletableFuture<>();
			scene.here().manager.groupStates().unsubscribe(bob.connection(), "g", answer::complete);
			assertThat(answer.join()).isNull();
			set(scene.there(), ann, "g", Map.of("k", "1"));
			other.assertReceived("snapshot g []", "update g [c1 ann {k=1}]");
			bob.assertReceived("snapshot g []");
		}
	}

	@ParameterizedTest
	@EnumSource
	void membersAndThosePermittedMay(Topology topology) {
		try (Scene scene = topology.open()) {
			TestClient ann = connect(scene.there(), "c1", "ann", "g");
			TestClient bob = connect(scene.here(), "c2", "bob", "other");
			assertThat(set(scene.here(), bob, "g", Map.of("k", "2"))).isEqualTo(PubSubError.FORBIDDEN);
			assertThat(subscribe(scene.here(), bob, "g")).isEqualTo(PubSubError.FORBIDDEN);
			bob.connection().permissions().grant(Permission.JOIN_LEAVE_GROUP, "g");
			assertThat(set(scene.here(), bob, "g", Map.of("k", "2"))).isNull();
			subscribe(scene.here(), bob, "g");
			bob.assertReceived("snapshot g [c2 bob {k=2}]");
			set(scene.there(), ann, "g", Map.of("k", "1"));
			bob.assertReceived("snapshot g [c2 bob {k=2}]", "update g [c1 ann {k=1}]");
			bob.disconnect();
			subscribe(scene.there(), ann, "g");
			ann.assertReceived("snapshot g [c1 ann {k=1}]");
		}
	}

	@ParameterizedTest
	@EnumSource
	void subscriptionOfAMemberEndsWithItsMembership(Topology topology) {
		try (Scene scene = topology.open()) {
			TestClient ann = connect(scene.there(), "c1", "ann", "g");
			TestClient bob = connect(scene.here(), "c2", "bob", "g");
			TestClient cid = connect(scene.here(), "c3", "cid", "g");
			cid.connection().permissions().grant(Permission.JOIN_LEAVE_GROUP, "g");
			subscribe(scene.here(), bob, "g");
			subscribe(scene.here(), cid, "g");
			bob.leave("g");
			cid.leave("g");
			set(scene.there(), ann, "g", Map.of("k", "1"));
			cid.assertReceived("snapshot g []", "update g [c1 ann {k=1}]");
			bob.assertReceived("snapshot g []");
		}
	}

	@ParameterizedTest
	@EnumSource(names = "ALONE")
	void sizesAreBounded(Topology topology) {
		try (Scene scene = topology.open()) {
			TestClient ann = connect(scene.there(), "c1", "ann", "g");
			ann.connection().permissions().grant(Permission.JOIN_LEAVE_GROUP, null);
			String largest = "x".repeat(GroupStates.MAXIMUM_SIZE - 1);
			assertThat(set(scene.there(), ann, "g", Map.of("k", largest))).isNull();
			assertThat(set(scene.there(), ann, "g", Map.of("kk", largest))).isEqualTo(PubSubError.BAD_REQUEST);
			for (int i = 1; i < GroupStates.MAXIMUM_GROUPS; i++) {
				assertThat(set(scene.there(), ann, "g" + i, Map.of())).isNull();
			}
			assertThat(set(scene.there(), ann, "more", Map.of())).isEqualTo(PubSubError.BAD_REQUEST);
			assertThat(subscribe(scene.there(), ann, "more")).isEqualTo(PubSubError.BAD_REQUEST);
			assertThat(set(scene.there(), ann, "g1", null)).isNull();
			assertThat(set(scene.there(), ann, "more", Map.of())).isNull();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "OTHER_NODE", "OTHER_NODE_REVERSED" })
	void changeThatTheSnapshotHasOvertakenIsOldNews(Topology topology) {
		try (Scene scene = topology.open()) {
			TestClient ann = connect(scene.there(), "c1", "ann", "g");
			TestClient bob = connect(scene.here(), "c2", null, "g");
			set(scene.there(), ann, "g", Map.of("k", "2"));
			subscribe(scene.here(), bob, "g");
			GroupStates states = scene.here().manager.groupStates();
			long updatedAt = scene.there().manager.groupStates().items("g").get(0).updatedAt();
			states.changed(new GroupStateChange("g", "c1", "ann", updatedAt - 1, Map.of("k", "1")));
			states.changed(new GroupStateChange("g", "c1", "ann", updatedAt, Map.of("k", "2")));
			states.changed(new GroupStateChange("g", "c9", null, 1, null));
			set(scene.there(), ann, "g", Map.of("k", "3"));
			bob.assertReceived("snapshot g [c1 ann {k=2}]", "update g [c1 ann {k=3}]");
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "OTHER_NODE", "OTHER_NODE_REVERSED" })
	void statesOfANodeThatIsGoneAreClearedByTheNextSubscriber(Topology topology) {
		try (Scene scene = topology.open()) {
			TestClient ann = connect(scene.there(), "c1", "ann", "g");
			TestClient bob = connect(scene.here(), "c2", null, "g");
			TestClient cid = connect(scene.here(), "c3", null, "g");
			set(scene.there(), ann, "g", Map.of("k", "1"));
			set(scene.here(), cid, "g", Map.of("k", "3"));
			subscribe(scene.here(), bob, "g");
			scene.there().backplane.stop();
			subscribe(scene.here(), cid, "g");
			cid.assertReceived("snapshot g [c3 null {k=3}]");
			bob.assertReceived("snapshot g [c1 ann {k=1}, c3 null {k=3}]", "update g [c1 ann null]");
		}
	}

	@ParameterizedTest
	@EnumSource
	void nothingIsLeft(Topology topology) {
		try (Scene scene = topology.open()) {
			int before = subscriptions(scene);
			TestClient ann = connect(scene.there(), "c1", "ann", "g");
			TestClient bob = connect(scene.here(), "c2", "bob", "g");
			set(scene.there(), ann, "g", Map.of("k", "1"));
			set(scene.here(), bob, "g", Map.of("k", "1"));
			subscribe(scene.here(), bob, "g");
			subscribe(scene.there(), ann, "g");
			ann.disconnect();
			bob.disconnect();
			assertThat(set(scene.here(), bob, "g", Map.of("k", "late"))).isEqualTo(PubSubError.FORBIDDEN);
			bob.connection().permissions().grant(Permission.JOIN_LEAVE_GROUP, "g");
			assertThat(set(scene.here(), bob, "g", Map.of("k", "late"))).isEqualTo(PubSubError.FORBIDDEN);
			assertThat(subscribe(scene.here(), bob, "g")).isEqualTo(PubSubError.FORBIDDEN);
			for (TestNode node : List.of(scene.here(), scene.there())) {
				await().untilAsserted(() -> assertThat(node.manager.groupStates().size()).isZero());
				assertThat(node.manager.groupStates().ownerCount()).isZero();
			}
			await().untilAsserted(() -> assertThat(subscriptions(scene)).isEqualTo(before));
		}
	}

	private static int subscriptions(Scene scene) {
		return scene.here().backplane.subscriptionCount() + scene.there().backplane.subscriptionCount();
	}

	@ParameterizedTest
	@EnumSource(names = { "ALONE", "OTHER_NODE" })
	void snapshotAndUpdatesMissNothing(Topology topology) throws Exception {
		try (Scene scene = topology.open()) {
			TestClient ann = connect(scene.there(), "c1", "ann", "g");
			TestClient bob = connect(scene.here(), "c2", null, "g");
			Thread setter = new Thread(() -> {
				for (int i = 0; i < 500; i++) {
					set(scene.there(), ann, "g", Map.of("k", String.valueOf(i)));
				}
			});
			setter.start();
			subscribe(scene.here(), bob, "g");
			setter.join();
			await().untilAsserted(() -> assertThat(bob.received()).last().asString().contains("c1 ann {k=499}"));
			List<String> received = bob.received();
			String snapshot = received.get(0);
			int first = snapshot.contains("k=") ? Integer.parseInt(snapshot.replaceAll(".*k=(\\d+).*", "$1")) : -1;
			List<String> expected = new ArrayList<>();
			for (int i = first + 1; i < 500; i++) {
				expected.add("update g [c1 ann {k=" + i + "}]");
			}
			assertThat(received.subList(1, received.size())).isEqualTo(expected);
		}
	}

}
