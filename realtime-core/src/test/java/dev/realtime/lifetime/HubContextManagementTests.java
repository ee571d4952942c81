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

import java.util.List;
import java.util.Set;

import dev.realtime.hub.ConnectionManager;
import dev.realtime.hub.GroupManager;
import dev.realtime.hub.HubConnection;
import dev.realtime.hub.HubMember;
import dev.realtime.hub.UserManager;
import dev.realtime.lifetime.Topology.Scene;
import dev.realtime.protocol.CloseReason;
import dev.realtime.protocol.TransportType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Every operation of the managers, with the connections on this node or another one.
 */
class HubContextManagementTests {

	@ParameterizedTest
	@EnumSource
	void addAndRemove(Topology topology) {
		try (Scene scene = topology.open()) {
			TestClient one = scene.there().connect("c1", "ann");
			GroupManager groups = scene.here().chat.groups();
			assertThat(groups.exists("g").join()).isFalse();
			groups.add("c1", "g").join();
			groups.add("c1", "g").join();
			assertThat(one.connection().membership().groups()).containsExactly("g");
			assertThat(groups.exists("g").join()).isTrue();
			assertThat(groups.exists("G").join()).isFalse();
			assertThat(groups.members("g").join()).containsExactly(new HubMember("c1", "ann"));
			groups.remove("c1", "g").join();
			groups.remove("c1", "g").join();
			assertThat(groups.exists("g").join()).isFalse();
			assertThat(groups.members("g").join()).isEmpty();
			assertThat(scene.there().manager.groupCount()).isZero();
		}
	}

	@ParameterizedTest
	@EnumSource
	void addedMemberIsReachedFromEverywhere(Topology topology) {
		try (Scene scene = topology.open()) {
			TestClient one = scene.there().connect("c1");
			scene.here().chat.groups().add("c1", "g").join();
			scene.here().chat.group("g").send("m").join();
			one.assertReceived("m[]");
		}
	}

	@ParameterizedTest
	@EnumSource
	void addAndRemoveUser(Topology topology) {
		try (Scene scene = topology.open()) {
			scene.there().connect("c1", "ann");
			scene.there().connect("c2", "ann");
			scene.there().connect("c3", "bob");
			scene.here().connect("h1", "ann");
			GroupManager groups = scene.here().chat.groups();
			groups.addUser("ann", "g").join();
			groups.addUser("nobody", "g").join();
			assertThat(groups.members("g").join()).extracting(HubMember::connectionId)
				.containsExactlyInAnyOrder("c1", "c2", "h1");
			groups.removeUser("ann", "g").join();
			assertThat(groups.members("g").join()).isEmpty();
		}
	}

	@ParameterizedTest
	@EnumSource
	void removeFromAll(Topology topology) {
		try (Scene scene = topology.open()) {
			TestClient one = scene.there().connect("c1");
			one.join("a");
			one.join("b");
			scene.here().chat.groups().removeFromAll("c1").join();
			scene.here().chat.groups().removeFromAll("unknown").join();
			assertThat(one.connection().membership().groups()).isEmpty();
			assertThat(scene.there().manager.groupCount()).isZero();
		}
	}

	@ParameterizedTest
	@EnumSource
	void unknownConnectionIsIgnored(Topology topology) {
		try (Scene scene = topology.open()) {
			scene.here().chat.groups().add("unknown", "g").join();
			scene.here().chat.groups().remove("unknown", "g").join();
			scene.here().chat.connections().close("unknown", null).join();
			scene.here().chat.users().close("unknown", null).join();
			assertThat(scene.here().chat.groups().exists("g").join()).isFalse();
		}
	}

	@ParameterizedTest
	@EnumSource
	void users(Topology topology) {
		try (Scene scene = topology.open()) {
			scene.there().connect("c1", "ann").join("g");
			scene.there().connect("c2", "ann");
			UserManager users = scene.here().chat.users();
			assertThat(users.exists("ann").join()).isTrue();
			assertThat(users.exists("Ann").join()).isFalse();
			assertThat(users.connections("ann").join()).extracting(HubConnection::connectionId)
				.containsExactlyInAnyOrder("c1", "c2");
			assertThat(users.connections("bob").join()).isEmpty();
			assertThat(users.inGroup("ann", "g").join()).isTrue();
			assertThat(users.inGroup("ann", "h").join()).isFalse();
			assertThat(users.inGroup("bob", "g").join()).isFalse();
		}
	}

	@ParameterizedTest
	@EnumSource
	void closeUser(Topology topology) {
		try (Scene scene = topology.open()) {
			TestClient one = scene.there().connect("c1", "ann");
			TestClient two = scene.there().connect("c2", "bob");
			scene.here().chat.users().close("ann", "kicked").join();
			assertThat(one.closed()).isEqualTo(CloseReason.SERVER_CLOSED.withText("kicked"));
			assertThat(two.closed()).isNull();
			assertThat(scene.here().chat.users().exists("ann").join()).isFalse();
			assertThat(scene.here().chat.users().exists("bob").join()).isTrue();
		}
	}

	@ParameterizedTest
	@EnumSource
	void connections(Topology topology) {
		try (Scene scene = topology.open()) {
			TestClient one = scene.there().connect("c1", "ann");
			one.join("g");
			one.join("h");
			scene.there().connect("c2");
			ConnectionManager connections = scene.here().chat.connections();
			assertThat(connections.exists("c1").join()).isTrue();
			assertThat(connections.exists("c3").join()).isFalse();
			HubConnection expected = new HubConnection("c1", "ann", "json", TransportType.WEB_SOCKETS, Set.of("g", "h"),
					one.connection().connectedAt(), scene.there().backplane.name());
			assertThat(connections.get("c1").join()).contains(expected);
			assertThat(connections.get("c3").join()).isEmpty();
			assertThat(connections.list().join()).hasSize(2).contains(expected);
		}
	}

	@ParameterizedTest
	@EnumSource
	void closeConnection(Topology topology) {
		try (Scene scene = topology.open()) {
			TestClient one = scene.there().connect("c1", "ann");
			scene.here().chat.connections().close("c1", null).join();
			assertThat(one.closed()).isEqualTo(CloseReason.SERVER_CLOSED);
			assertThat(scene.here().chat.connections().exists("c1").join()).isFalse();
		}
	}

	@ParameterizedTest
	@EnumSource
	void closingConnectionExistsNoMore(Topology topology) {
		try (Scene scene = topology.open()) {
			TestClient one = scene.there().connect("c1", "ann");
			one.stall();
			scene.here().chat.connections().close("c1", "enough").join();
			assertThat(one.closed()).isNull();
			assertThat(scene.here().chat.connections().exists("c1").join()).isFalse();
			assertThat(scene.here().chat.connections().get("c1").join()).isEmpty();
			assertThat(scene.here().chat.connections().list().join()).isEmpty();
			assertThat(scene.here().chat.users().exists("ann").join()).isFalse();
			assertThat(scene.here().chat.users().connections("ann").join()).isEmpty();
		}
	}

	@ParameterizedTest
	@EnumSource
	void closingConnectionIsStillAMember(Topology topology) {
		try (Scene scene = topology.open()) {
			TestClient one = scene.there().connect("c1", "ann");
			one.join("g");
			one.stall();
			scene.here().chat.connections().close("c1", "enough").join();
			GroupManager groups = scene.here().chat.groups();
			assertThat(groups.exists("g").join()).isTrue();
			assertThat(groups.members("g").join()).containsExactly(new HubMember("c1", "ann"));
			assertThat(scene.here().chat.users().inGroup("ann", "g").join()).isTrue();
			groups.add("c1", "h").join();
			groups.addUser("ann", "h").join();
			assertThat(groups.exists("h").join()).isFalse();
			scene.there().manager.unregister(one.connection());
			assertThat(groups.exists("g").join()).isFalse();
			assertThat(groups.members("g").join()).isEmpty();
			assertThat(scene.here().chat.users().inGroup("ann", "g").join()).isFalse();
		}
	}

	@ParameterizedTest
	@EnumSource
	void closingConnectionMayLeave(Topology topology) {
		try (Scene scene = topology.open()) {
			TestClient one = scene.there().connect("c1", "ann");
			List.of("a", "b", "c").forEach(one::join);
			one.stall();
			scene.here().chat.connections().close("c1", null).join();
			GroupManager groups = scene.here().chat.groups();
			groups.remove("c1", "a").join();
			assertThat(groups.members("a").join()).isEmpty();
			groups.removeUser("ann", "b").join();
			assertThat(groups.members("b").join()).isEmpty();
			groups.removeFromAll("c1").join();
			assertThat(groups.members("c").join()).isEmpty();
		}
	}

	@ParameterizedTest
	@EnumSource
	void closeAll(Topology topology) {
		try (Scene scene = topology.open()) {
			scene.there().connect("c1");
			scene.there().connect("c2");
			scene.here().connect("h1");
			scene.here().chat.connections().closeAll("maintenance", Set.of("c2")).join();
			assertThat(scene.here().chat.connections().list().join()).extracting(HubConnection::connectionId)
				.containsExactly("c2");
			scene.here().chat.connections().closeAll(null).join();
			assertThat(scene.here().manager.connectionCount() + scene.there().manager.connectionCount()).isZero();
		}
	}

	@ParameterizedTest
	@EnumSource
	void emptyNamesAreRefused(Topology topology) {
		try (Scene scene = topology.open()) {
			GroupManager groups = scene.here().chat.groups();
			UserManager users = scene.here().chat.users();
			ConnectionManager connections = scene.here().chat.connections();
			assertThatIllegalArgumentException().isThrownBy(() -> groups.add("", "g"));
			assertThatIllegalArgumentException().isThrownBy(() -> groups.add("c", null));
			assertThatIllegalArgumentException().isThrownBy(() -> groups.removeUser(null, "g"));
			assertThatIllegalArgumentException().isThrownBy(() -> groups.members(" "));
			assertThatIllegalArgumentException().isThrownBy(() -> users.exists(""));
			assertThatIllegalArgumentException().isThrownBy(() -> users.inGroup("u", ""));
			assertThatIllegalArgumentException().isThrownBy(() -> connections.get(null));
			assertThatIllegalArgumentException().isThrownBy(() -> connections.closeAll("x", null));
		}
	}

}
