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
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

import dev.realtime.hub.GroupManager;
import dev.realtime.hub.HubConnection;
import dev.realtime.hub.HubMember;
import dev.realtime.hub.UserManager;
import dev.realtime.lifetime.Topology.Scene;
import dev.realtime.protocol.CloseReason;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What is done to many connections at once, on this node or another one.
 */
class BulkManagementTests {

	@ParameterizedTest
	@EnumSource
	void removeUserFromAll(Topology topology) {
		try (Scene scene = topology.open()) {
			TestClient one = scene.there().connect("c1", "ann");
			TestClient two = scene.here().connect("c2", "ann");
			TestClient three = scene.there().connect("c3", "bob");
			List.of("a", "b").forEach((group) -> List.of(one, two, three).forEach((client) -> client.join(group)));
			GroupManager groups = scene.here().chat.groups();
			groups.removeUserFromAll("ann").join();
			groups.removeUserFromAll("unknown").join();
			assertThat(one.connection().membership().groups()).isEmpty();
			assertThat(two.connection().membership().groups()).isEmpty();
			assertThat(groups.members("a").join()).containsExactly(new HubMember("c3", "bob"));
		}
	}

	@ParameterizedTest
	@EnumSource
	void addAndRemoveMatching(Topology topology) {
		try (Scene scene = topology.open()) {
			TestClient one = scene.there().connect("c1", "ann");
			scene.there().connect("c2", "bob");
			scene.here().connect("h1", "ann");
			GroupManager groups = scene.here().chat.groups();
			groups.addMatching("userId eq 'ann'", List.of("a", "b")).join();
			assertThat(ids(groups, "a")).containsExactly("c1", "h1");
			assertThat(ids(groups, "b")).containsExactly("c1", "h1");
			scene.here().chat.group("b").send("m").join();
			one.assertReceived("m[]");
			groups.addMatching(null, List.of("c")).join();
			assertThat(ids(groups, "c")).containsExactly("c1", "c2", "h1");
			groups.addMatching("userId eq 'nobody'", List.of("d")).join();
			groups.addMatching(null, List.of()).join();
			assertThat(groups.exists("d").join()).isFalse();
			groups.removeMatching("connectionId eq 'c1' and 'a' in groups", List.of("a", "c", "unknown")).join();
			assertThat(ids(groups, "a")).containsExactly("h1");
			assertThat(ids(groups, "c")).containsExactly("c2", "h1");
			groups.removeMatching(null, List.of("a", "b", "c")).join();
			assertThat(scene.here().manager.groupCount() + scene.there().manager.groupCount()).isZero();
		}
	}

	@ParameterizedTest
	@EnumSource
	void closingConnectionsLeaveButDoNotJoin(Topology topology) {
		try (Scene scene = topology.open()) {
			TestClient one = scene.there().connect("c1", "ann");
			one.stall();
			GroupManager groups = scene.here().chat.groups();
			groups.add("c1", "a").join();
			groups.close("a", "enough").join();
			assertThat(one.connection().isEnding()).isTrue();
			groups.addMatching(null, List.of("b")).join();
			assertThat(groups.exists("b").join()).isFalse();
			groups.removeMatching(null, List.of("a")).join();
			assertThat(groups.exists("a").join()).isFalse();
		}
	}

	@ParameterizedTest
	@EnumSource
	void closeGroup(Topology topology) {
		try (Scene scene = topology.open()) {
			TestClient one = scene.there().connect("c1");
			TestClient two = scene.there().connect("c2");
			TestClient three = scene.here().connect("h1");
			TestClient other = scene.there().connect("c3");
			GroupManager groups = scene.here().chat.groups();
			List.of("c1", "c2", "h1").forEach((id) -> groups.add(id, "g").join());
			groups.add("c3", "h").join();
			groups.close("g", "bye", Set.of("c2", "unknown")).join();
			assertThat(one.closed()).isEqualTo(CloseReason.SERVER_CLOSED.withText("bye"));
			assertThat(three.closed()).isEqualTo(CloseReason.SERVER_CLOSED.withText("bye"));
			assertThat(two.closed()).isNull();
			groups.close("g", null).join();
			groups.close("unknown", null).join();
			assertThat(two.closed()).isEqualTo(CloseReason.SERVER_CLOSED);
			assertThat(other.closed()).isNull();
		}
	}

	@ParameterizedTest
	@EnumSource
	void closeUserWithExceptions(Topology topology) {
		try (Scene scene = topology.open()) {
			scene.there().connect("c1", "ann");
			scene.there().connect("c2", "ann");
			scene.here().connect("h1", "ann");
			scene.there().connect("c3", "bob");
			UserManager users = scene.here().chat.users();
			users.close("ann", "bye", Set.of("c2", "c3")).join();
			assertThat(users.connections("ann").join()).extracting(HubConnection::connectionId).containsExactly("c2");
			assertThat(users.exists("bob").join()).isTrue();
		}
	}

	@ParameterizedTest
	@EnumSource
	void membersAreListedPageByPage(Topology topology) {
		try (Scene scene = topology.open()) {
			List<Integer> numbers = new ArrayList<>(IntStream.range(100, 130).boxed().toList());
			Collections.shuffle(numbers, new Random(42));
			for (int number : numbers) {
				((number % 3 == 0) ? scene.here() : scene.there()).connect("c" + number, "u" + number);
			}
			GroupManager groups = scene.here().chat.groups();
			groups.addMatching(null, List.of("g")).join();
			List<HubMember> listed = new ArrayList<>();
			String after = null;
			List<HubMember> page = groups.members("g", after, 7).join();
			while (!page.isEmpty()) {
				assertThat(page).hasSizeLessThanOrEqualTo(7);
				listed.addAll(page);
				after = page.get(page.size() - 1).connectionId();
				page = groups.members("g", after, 7).join();
			}
			assertThat(listed).isEqualTo(
					IntStream.range(100, 130).mapToObj((number) -> new HubMember("c" + number, "u" + number)).toList());
			assertThat(groups.members("unknown", null, 1).join()).isEmpty();
			assertThat(groups.members("g", "c129", 1).join()).isEmpty();
			assertThat(groups.members("g", "c1283", Integer.MAX_VALUE).join()).extracting(HubMember::connectionId)
				.containsExactly("c129");
		}
	}

	@ParameterizedTest
	@EnumSource
	void managementTellsWhetherThereIsSomething(Topology topology) {
		try (Scene scene = topology.open()) {
			TestClient one = scene.there().connect("c1", "ann");
			HubManagement management = scene.here().manager.management();
			assertThat(management.add("c1", "g").join()).isTrue();
			assertThat(management.add("c1", "g").join()).isTrue();
			assertThat(management.add("unknown", "g").join()).isFalse();
			assertThat(management.addUser("ann", "h").join()).isTrue();
			assertThat(management.addUser("unknown", "h").join()).isFalse();
			assertThat(one.connection().membership().groups()).containsOnly("g", "h");
			assertThat(management.remove("c1", "g").join()).isTrue();
			assertThat(management.remove("unknown", "g").join()).isFalse();
			assertThat(management.removeUser("ann", "h").join()).isTrue();
			assertThat(management.removeUser("unknown", "h").join()).isFalse();
			assertThat(one.connection().membership().groups()).isEmpty();
		}
	}

	@ParameterizedTest
	@EnumSource
	void nonsenseIsRefusedOnTheCallersThread(Topology topology) {
		try (Scene scene = topology.open()) {
			GroupManager groups = scene.here().chat.groups();
			assertThatIllegalArgumentException().isThrownBy(() -> groups.addMatching("invalid filter", List.of("g")))
				.withMessageStartingWith("Invalid syntax for 'invalid filter'");
			assertThatIllegalArgumentException().isThrownBy(() -> groups.removeMatching("userId", List.of("g")));
			assertThatIllegalArgumentException().isThrownBy(() -> groups.addMatching(null, List.of("g", " ")));
			assertThatIllegalArgumentException().isThrownBy(() -> groups.addMatching(null, null));
			assertThatIllegalArgumentException().isThrownBy(() -> groups.members("g", null, 0));
			assertThatIllegalArgumentException().isThrownBy(() -> groups.members("", null, 1));
			assertThatIllegalArgumentException().isThrownBy(() -> groups.close("", null));
			assertThatIllegalArgumentException().isThrownBy(() -> groups.close("g", null, null));
			assertThatIllegalArgumentException().isThrownBy(() -> groups.removeUserFromAll(""));
			assertThatIllegalArgumentException().isThrownBy(() -> scene.here().chat.users().close("ann", null, null));
		}
	}

	private static List<String> ids(GroupManager groups, String group) {
		return groups.members(group, null, 100).join().stream().map(HubMember::connectionId).toList();
	}

}
