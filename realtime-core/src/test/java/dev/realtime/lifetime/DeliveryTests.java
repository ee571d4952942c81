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
import java.util.Set;

import dev.realtime.connection.Lane;
import dev.realtime.hub.PlainMessage;
import dev.realtime.lifetime.TestNodes.TestNode;
import dev.realtime.protocol.CloseReason;
import dev.realtime.protocol.EncodedMessage;
import dev.realtime.protocol.OutboundLimits;
import dev.realtime.protocol.OverflowStrategy;
import dev.realtime.protocol.ServerMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
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
