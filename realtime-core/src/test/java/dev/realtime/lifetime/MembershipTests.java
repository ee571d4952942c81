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

import dev.realtime.event.GroupJoinedEvent;
import dev.realtime.event.GroupLeftEvent;
import dev.realtime.lifetime.TestNodes.TestNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * Registering, joining, leaving and what is left of it.
 */
class MembershipTests {

	private final TestNodes nodes = new TestNodes();

	private final TestNode node = this.nodes.alone();

	@AfterEach
	void close() {
		this.nodes.close();
	}

	@Test
	void groupExistsFromItsFirstMemberToItsLast() {
		TestClient one = this.node.connect("c1");
		TestClient two = this.node.connect("c2");
		assertThat(this.node.manager.groupCount()).isZero();
		assertThat(one.join("g")).isTrue();
		assertThat(two.join("g")).isTrue();
		assertThat(this.node.manager.groupCount()).isEqualTo(1);
		assertThat(one.leave("g")).isTrue();
		assertThat(this.node.manager.groupCount()).isEqualTo(1);
		two.disconnect();
		assertThat(this.node.manager.groupCount()).isZero();
	}

	@Test
	void userExistsFromItsFirstConnectionToItsLast() {
		TestClient one = this.node.connect("c1", "ann");
		TestClient two = this.node.connect("c2", "ann");
		this.node.connect("c3");
		assertThat(this.node.manager.userCount()).isEqualTo(1);
		one.disconnect();
		assertThat(this.node.manager.userCount()).isEqualTo(1);
		two.disconnect();
		assertThat(this.node.manager.userCount()).isZero();
	}

	@Test
	void joiningAndLeavingTwiceIsDoingItOnce() {
		TestClient one = this.node.connect("c1");
		assertThat(one.join("g")).isTrue();
		assertThat(one.join("g")).isFalse();
		assertThat(one.leave("g")).isTrue();
		assertThat(one.leave("g")).isFalse();
		assertThat(one.leave("h")).isFalse();
	}

	@Test
	void changeIsEffectiveAtOnce() {
		TestClient one = this.node.connect("c1");
		this.node.chat.groups().add("c1", "g");
		this.node.chat.group("g").send("m", 1);
		this.node.chat.groups().remove("c1", "g");
		this.node.chat.group("g").send("m", 2);
		assertThat(one.received()).containsExactly("m[1]");
	}

	@Test
	void unregisteredConnectionIsNoMemberAndJoinsNoMore() {
		TestClient one = this.node.connect("c1", "ann");
		one.join("a");
		one.join("b");
		one.disconnect();
		assertThat(one.connection().membership().groups()).isEmpty();
		assertThat(one.join("g")).isFalse();
		assertThat(one.leave("a")).isFalse();
		this.node.manager.unregister(one.connection());
		assertThat(this.node.manager.groupCount()).isZero();
		assertThat(this.node.manager.connectionCount()).isZero();
		assertThat(this.node.manager.find("c1")).isNull();
		assertThat(this.node.manager.connections()).isEmpty();
	}

	@Test
	void connectionThatHasEndedIsNotRegistered() {
		TestClient one = this.node.connect("c1", "ann");
		one.disconnect();
		this.node.manager.register(one.connection()).join();
		assertThat(this.node.manager.connectionCount()).isZero();
		assertThat(this.node.manager.userCount()).isZero();
	}

	@Test
	void registeringTwiceIsRegisteringOnce() {
		TestClient one = this.node.connect("c1", "ann");
		this.node.manager.register(one.connection()).join();
		assertThat(this.node.manager.connectionCount()).isEqualTo(1);
		this.node.chat.user("ann").send("m");
		assertThat(one.received()).containsExactly("m[]");
		one.disconnect();
		assertThat(this.node.manager.userCount()).isZero();
	}

	@Test
	void strangersLeaveNoTrace() {
		TestNode other = this.nodes.node();
		TestClient stranger = other.connect("c1", "ann");
		assertThat(this.node.manager.join(stranger.connection(), "g")).isFalse();
		assertThat(this.node.manager.groupCount()).isZero();
		assertThat(stranger.join("g")).isTrue();
	}

	@Test
	void emptyGroupIsRefused() {
		TestClient one = this.node.connect("c1");
		assertThatIllegalArgumentException().isThrownBy(() -> one.join(""));
		assertThatIllegalArgumentException().isThrownBy(() -> one.leave(null));
	}

	@Test
	void eventsTellWhoJoinedAndLeft() {
		TestClient one = this.node.connect("c1", "ann");
		one.join("a");
		one.join("a");
		one.join("b");
		one.leave("a");
		one.leave("a");
		one.disconnect();
		assertThat(this.node.events).containsExactly(new GroupJoinedEvent("chat", "c1", "ann", "a"),
				new GroupJoinedEvent("chat", "c1", "ann", "b"), new GroupLeftEvent("chat", "c1", "ann", "a"),
				new GroupLeftEvent("chat", "c1", "ann", "b"));
	}

	@Test
	void hubHasOneManagerPerNode() {
		assertThatIllegalStateException().isThrownBy(() -> HubLifetimeManager.builder("CHAT", List.of(this.node.json))
			.backplane(this.node.backplane)
			.build());
		this.node.manager.close();
		assertThat(HubLifetimeManager.builder("CHAT", List.of(this.node.json))
			.backplane(this.node.backplane)
			.build()
			.hub()).isEqualTo("CHAT");
	}

	@Test
	void nodeSubscribesWhileItHasMembers() {
		TestNode distributed = this.nodes.node();
		TestClient one = distributed.connect("c1", "ann");
		TestClient two = distributed.connect("c2", "ann");
		distributed.chat.groups().add("c1", "g").join();
		distributed.chat.groups().add("c2", "g").join();
		for (String channel : new String[] { ":group:g", ":user:ann", ":connection:c1", ":connection:c2", ":all" }) {
			assertThat(this.nodes.subscriptions((hub) -> hub + channel)).as(channel).isEqualTo(1);
		}
		one.disconnect();
		await().until(() -> this.nodes.subscriptions((hub) -> hub + ":connection:c1") == 0);
		assertThat(this.nodes.subscriptions((hub) -> hub + ":group:g")).isEqualTo(1);
		assertThat(this.nodes.subscriptions((hub) -> hub + ":user:ann")).isEqualTo(1);
		two.leave("g");
		await().until(() -> this.nodes.subscriptions((hub) -> hub + ":group:g") == 0);
		two.disconnect();
		await().until(() -> this.nodes.subscriptions((hub) -> hub + ":user:ann") == 0);
		await().until(() -> distributed.backplane.subscriptionCount() == 2);
	}

}
