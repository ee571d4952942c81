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

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.realtime.connection.Lane;
import dev.realtime.hub.PlainMessage;
import dev.realtime.lifetime.TestNodes.TestNode;
import dev.realtime.lifetime.filter.ConnectionFilter;
import dev.realtime.protocol.CloseReason;
import dev.realtime.protocol.EncodedMessage;
import dev.realtime.protocol.OutboundLimits;
import dev.realtime.protocol.OverflowStrategy;
import dev.realtime.protocol.ServerMessage;
import dev.realtime.protocol.ServerMessage.DataType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * What a delivery costs, and whom it spares.
 */
class DeliveryTests {

	private final TestNodes nodes = new TestNodes();

	@AfterEach
	void close() {
		this.nodes.close();
	}

	@Test
	void nodeAloneEncodesOncePerSpokenProtocol() {
		TestNode node = this.nodes.alone();
		node.chat.all().send("m");
		assertThat(node.json.encoded()).isZero();
		node.connect("c1");
		TestClient two = node.connect("c2");
		node.chat.all().send("m");
		assertThat(node.json.encoded()).isEqualTo(1);
		assertThat(node.binary.encoded()).isZero();
		TestClient.connect(node.manager, "c3", null, node.binary, Lane.direct()).disconnect();
		node.chat.clients().clients("c1", "c2").send("m");
		node.chat.clients().groups("a", "b").send("m");
		assertThat(node.json.encoded()).isEqualTo(3);
		assertThat(node.binary.encoded()).isZero();
		assertThat(two.received()).hasSize(2);
	}

	@Test
	void distributedNodeEncodesEveryProtocolAndReceiversNone() {
		TestNode here = this.nodes.node();
		TestNode there = this.nodes.node();
		TestClient one = there.connect("c1");
		here.chat.all().send("m").join();
		one.assertReceived("m[]");
		assertThat(here.json.encoded()).isEqualTo(1);
		assertThat(here.binary.encoded()).isEqualTo(1);
		assertThat(there.json.encoded() + there.binary.encoded()).isZero();
	}

	@Test
	void whatIsForALocalConnectionNeverLeavesTheNode() {
		TestNode here = this.nodes.node();
		this.nodes.node();
		here.connect("c1");
		int before = here.loopback.published();
		here.chat.client("c1").send("m").join();
		here.chat.client("c1").invoke("q", String.class);
		here.chat.groups().add("c1", "g").join();
		here.chat.connections().get("c1").join();
		here.chat.connections().close("c1", null).join();
		assertThat(here.loopback.published()).isEqualTo(before);
	}

	@Test
	void receiversShareTheEncodedMessage() {
		TestNode node = this.nodes.alone();
		TestClient one = node.connect("c1");
		EncodedMessage message = node.manager.encode(new ServerMessage.Invocation("m", List.of()),
				EncodedMessage.NO_DEADLINE);
		one.join("g");
		node.manager.deliver(Target.group("g"), message).join();
		node.manager.deliver(new Target.All(Set.of("c2")), message).join();
		node.manager.deliver(new Target.All(Set.of("c1")), message).join();
		assertThat(one.received()).containsExactly("m[]", "m[]");
	}

	@Test
	void callIsEncodedForEachGroupWhereItIsSaid() {
		TestNode node = this.nodes.alone();
		TestClient json = node.connect("c1");
		TestClient plain = TestClient.connect(node.manager, "c2", null, node.plain, Lane.direct());
		json.join("a");
		plain.join("a");
		plain.join("b");
		node.chat.clients().groups("a", "b").send("m");
		node.chat.group("a").send("n");
		node.chat.all().send("o");
		assertThat(plain.received()).extracting((text) -> text.replaceAll(".*target=(.), .*group=(\\w+).*", "$1 $2"))
			.containsExactly("m a", "m b", "n a", "o null");
		assertThat(json.received()).containsExactly("m[]", "n[]", "o[]");
	}

	@Test
	void expiredMessageIsNotSent() {
		TestNode here = this.nodes.node();
		TestNode there = this.nodes.node();
		TestClient slow = there.connect("c1");
		slow.stall();
		here.chat.all().publish(PlainMessage.text("old").timeToLive(Duration.ofMillis(1))).join();
		here.chat.all().publish(PlainMessage.text("new").timeToLive(Duration.ofMinutes(1))).join();
		here.chat.all().publish(PlainMessage.text("ageless").timeToLive(Duration.ofSeconds(Long.MAX_VALUE))).join();
		await().until(() -> slow.connection().queue().messages() == 3);
		long queued = System.nanoTime();
		await().until(() -> System.nanoTime() - queued > Duration.ofMillis(1).toNanos());
		slow.resume();
		slow.assertReceived("server: new", "server: ageless");
	}

	@Test
	void whatAClientSendsToAGroupSparesItAndAges() {
		TestNode here = this.nodes.node();
		TestNode there = this.nodes.node();
		TestClient sender = here.connect("sender", "ann");
		TestClient local = here.connect("local", "ann");
		TestClient remote = there.connect("remote");
		for (String id : List.of("sender", "local", "remote")) {
			here.chat.groups().add(id, "g").join();
		}
		local.stall();
		remote.stall();
		Target target = new Target.Group("g", Set.of("sender"));
		for (Duration timeToLive : List.of(Duration.ofMillis(1), Duration.ZERO, Duration.ofSeconds(300))) {
			ServerMessage message = new ServerMessage.Data("g", "ann", DataType.TEXT, timeToLive, Map.of());
			here.manager.deliver(target, here.manager.encode(message, EncodedMessage.deadlineAfter(timeToLive))).join();
		}
		await().until(() -> remote.connection().queue().messages() == 3);
		long queued = System.nanoTime();
		await().until(() -> System.nanoTime() - queued > Duration.ofMillis(1).toNanos());
		local.resume();
		remote.resume();
		local.assertReceived("group g: PT0S", "group g: PT5M");
		remote.assertReceived("group g: PT0S", "group g: PT5M");
		assertThat(sender.received()).isEmpty();
	}

	@Test
	void filterPicksWithinGroupsAndUsers() {
		TestNode here = this.nodes.node();
		TestNode there = this.nodes.node();
		List<TestClient> clients = List.of(here.connect("a1", "ann"), there.connect("a2", "ann"),
				here.connect("b1", "bob"), there.connect("b2", "bob"), there.connect("c1"));
		for (String id : List.of("a1", "b1", "b2")) {
			here.chat.groups().add(id, "g").join();
		}
		ConnectionFilter second = ConnectionFilter.parse("endswith(connectionId, '2')");
		ConnectionFilter members = ConnectionFilter.parse("'g' in groups");
		deliver(here, new Target.Filter(Target.group("g"), second), 1);
		deliver(here, new Target.Filter(Target.user("ann"), second), 2);
		deliver(here, new Target.Filter(Target.user("bob"), members), 3);
		deliver(here, new Target.Filter(new Target.Group("g", Set.of("b1")), ConnectionFilter.parse("true")), 4);
		deliver(here, new Target.Filter(new Target.All(Set.of("a1", "b2")), members), 5);
		deliver(here, new Target.Filter(Target.group("unknown"), members), 6);
		clients.get(0).assertReceived("m[4]");
		clients.get(1).assertReceived("m[2]");
		clients.get(2).assertReceived("m[3]", "m[5]");
		clients.get(3).assertReceived("m[1]", "m[3]", "m[4]");
		assertThat(clients.get(4).received()).isEmpty();
	}

	private static void deliver(TestNode node, Target target, int number) {
		node.manager
			.deliver(target,
					node.manager.encode(new ServerMessage.Invocation("m", List.of(number)), EncodedMessage.NO_DEADLINE))
			.join();
	}

	@Test
	void filterDoesNotPickWithinOne() {
		ConnectionFilter filter = ConnectionFilter.parse("true");
		assertThatIllegalArgumentException().isThrownBy(() -> new Target.Filter(Target.connection("c1"), filter));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new Target.Filter(new Target.Filter(Target.all(), filter), filter));
	}

	@Test
	void slowConsumerEndsAndSparesOthers() {
		TestNode node = this.nodes.alone();
		TestClient slow = TestClient.connect(node.manager, "slow", "ann", node.json, Lane.direct(),
				new OutboundLimits(64, 4, Duration.ofSeconds(1), OverflowStrategy.TERMINATE));
		TestClient fast = node.connect("fast");
		slow.stall();
		for (int i = 0; i < 100; i++) {
			node.chat.all().send("m", i);
		}
		assertThat(slow.connection().closeReason()).isEqualTo(CloseReason.SLOW_CONSUMER);
		assertThat(node.manager.connectionCount()).isEqualTo(1);
		assertThat(fast.received()).hasSize(100);
	}

	@Test
	void droppableMessagesOfOtherNodesStayDroppable() {
		TestNode here = this.nodes.node();
		TestNode there = this.nodes.node();
		TestClient slow = TestClient.connect(there.manager, "slow", null, there.json, Lane.direct(),
				new OutboundLimits(64, 4, Duration.ofSeconds(1), OverflowStrategy.DROP_OLDEST));
		slow.stall();
		for (int i = 0; i < 100; i++) {
			here.chat.all().send("m", i);
		}
		await().until(() -> slow.connection().queue().dropped() >= 96);
		assertThat(slow.connection().isEnding()).isFalse();
	}

	@Test
	void brokenBackplaneFailsTheSendButReachesLocals() {
		TestNode here = this.nodes.node();
		TestClient one = here.connect("c1");
		here.loopback.setBroken(true);
		assertThat(here.chat.all().send("m")).isCompletedExceptionally();
		assertThat(here.chat.client("c1").send("m")).isCompletedWithValue(null);
		assertThat(one.received()).hasSize(2);
	}

}
