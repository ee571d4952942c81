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

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;

import dev.realtime.connection.Lane;
import dev.realtime.hub.HubMember;
import dev.realtime.lifetime.TestNodes.TestNode;
import dev.realtime.protocol.CloseReason;
import dev.realtime.protocol.EncodedBody;
import dev.realtime.protocol.OutboundLimits;
import dev.realtime.protocol.OverflowStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Connections on lanes that have queues of their own.
 */
class LaneTests {

	private final TestNodes nodes = new TestNodes();

	private final TestNode node = this.nodes.alone();

	private final ManualLane one = new ManualLane();

	private final ManualLane two = new ManualLane();

	@AfterEach
	void close() {
		this.nodes.close();
	}

	@Test
	void broadcastIsOneTaskPerLane() {
		List<TestClient> clients = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			clients.add(this.node.connect("a" + i, null, this.one));
			clients.add(this.node.connect("b" + i, null, this.two));
		}
		TestClient direct = this.node.connect("c", null);
		this.one.run();
		this.two.run();
		this.node.chat.all().send("m");
		assertThat(this.one.waiting()).isEqualTo(1);
		assertThat(this.two.waiting()).isEqualTo(1);
		assertThat(direct.received()).hasSize(1);
		assertThat(clients).allMatch((client) -> client.received().isEmpty());
		this.one.run();
		this.two.run();
		assertThat(clients).allMatch((client) -> client.received().size() == 1);
	}

	@Test
	void laneWithoutMembersIsLeftAlone() {
		TestClient member = this.node.connect("a", "ann", this.one);
		this.node.connect("b", "bob", this.two);
		member.join("g");
		this.one.run();
		this.two.run();
		this.node.chat.group("g").send("m");
		this.node.chat.user("ann").send("m");
		assertThat(this.two.waiting()).isZero();
		assertThat(this.one.waiting()).isEqualTo(2);
		member.leave("g");
		this.one.run();
		this.node.chat.group("g").send("m");
		assertThat(this.one.waiting()).isZero();
	}

	@Test
	void broadcastMeetsTheMembersOfItsTime() {
		TestClient first = this.node.connect("a", null, this.one);
		TestClient second = this.node.connect("b", null, this.one);
		first.join("g");
		this.node.chat.group("g").send("m", 1);
		first.leave("g");
		second.join("g");
		this.node.chat.group("g").send("m", 2);
		this.one.run();
		assertThat(first.received()).containsExactly("m[1]");
		assertThat(second.received()).containsExactly("m[2]");
	}

	@Test
	void filterMeetsTheMembershipOfItsTime() {
		TestClient first = this.node.connect("a", "ann", this.one);
		TestClient second = this.node.connect("b", "ann", this.one);
		TestClient other = this.node.connect("c", "bob", this.two);
		first.join("g");
		this.node.chat.clients().matching("'g' in groups").send("m", 1);
		first.leave("g");
		second.join("g");
		this.node.chat.clients().matching("'g' in groups").send("m", 2);
		this.node.chat.user("ann").send("m", 3);
		this.node.chat.clients().matching("not ('g' in groups)").send("m", 4);
		second.leave("g");
		this.one.run();
		this.two.run();
		assertThat(first.received()).containsExactly("m[1]", "m[3]", "m[4]");
		assertThat(second.received()).containsExactly("m[2]", "m[3]");
		assertThat(other.received()).containsExactly("m[4]");
	}

	@Test
	void filterLeavesLanesWithoutMatchesAlone() {
		this.node.connect("a", "ann", this.one);
		this.node.connect("b", "bob", this.two);
		this.one.run();
		this.two.run();
		this.node.chat.clients().matching("userId eq 'ann'").send("m");
		assertThat(this.one.waiting()).isEqualTo(1);
		assertThat(this.two.waiting()).isZero();
	}

	@Test
	void queriesDoNotWaitForTheLane() {
		TestClient first = this.node.connect("a", "ann", this.one);
		first.join("g");
		assertThat(this.node.chat.groups().members("g")).isCompletedWithValue(List.of(new HubMember("a", "ann")));
		first.leave("g");
		assertThat(this.node.chat.groups().exists("g")).isCompletedWithValue(false);
	}

	@Test
	void excludedMembersAreSpared() {
		TestClient first = this.node.connect("a", null, this.one);
		TestClient second = this.node.connect("b", null, this.one);
		this.node.chat.clients().allExcept("a").send("m");
		this.one.run();
		assertThat(first.received()).isEmpty();
		assertThat(second.received()).hasSize(1);
	}

	@Test
	void membersComeAndGoInAnyOrder() {
		List<TestClient> clients = IntStream.range(0, 50)
			.mapToObj((i) -> this.node.connect("c" + i, null, this.one))
			.toList();
		clients.forEach((client) -> client.join("g"));
		this.one.run();
		for (int i = 0; i < 50; i += 3) {
			clients.get(i).leave("g");
		}
		for (int i = 48; i > 0; i -= 6) {
			clients.get(i).join("g");
		}
		this.node.chat.group("g").send("m");
		this.one.run();
		for (int i = 0; i < 50; i++) {
			boolean member = clients.get(i).connection().membership().contains("g");
			assertThat(clients.get(i).received()).hasSize(member ? 1 : 0);
		}
		clients.forEach(TestClient::disconnect);
		this.one.run();
		assertThat(this.node.manager.groupCount() + this.node.manager.connectionCount()).isZero();
	}

	@Test
	void messageToOneFollowsTheMessagesToManyBeforeIt() {
		TestClient client = this.node.connect("a", "ann", this.one);
		client.join("g");
		this.one.run();
		this.node.chat.group("g").send("m", 1);
		this.node.chat.client("a").send("m", 2);
		client.connection().send(EncodedBody.text("answer".getBytes(StandardCharsets.UTF_8)));
		this.node.chat.user("ann").send("m", 3);
		this.node.chat.client("a").send("m", 4);
		assertThat(client.received()).isEmpty();
		this.one.run();
		assertThat(client.received()).containsExactly("m[1]", "m[2]", "answer", "m[3]", "m[4]");
		this.node.chat.client("a").send("m", 5);
		assertThat(client.received()).endsWith("m[5]");
		assertThat(client.connection().queue().messages()).isZero();
		assertThat(client.connection().queue().bytes()).isZero();
	}

	@Test
	void lastWordFollowsWhatWasSentBeforeIt() {
		TestClient client = this.node.connect("a", null, this.one);
		this.one.run();
		this.node.chat.all().send("m", 1);
		this.node.chat.client("a").send("m", 2);
		client.connection().close(CloseReason.SERVER_CLOSED, null);
		assertThat(client.closed()).isNull();
		this.one.run();
		assertThat(client.received()).containsExactly("m[1]", "m[2]");
		assertThat(client.closed()).isEqualTo(CloseReason.SERVER_CLOSED);
	}

	@Test
	void whatHasToFollowOthersCountsAtOnce() {
		OutboundLimits limits = new OutboundLimits(1000, 2, OutboundLimits.DEFAULT.sendTimeout(),
				OverflowStrategy.TERMINATE);
		TestClient client = this.node.connect("a", null, this.one, limits);
		this.one.run();
		this.node.chat.all().send("m", 1);
		this.node.chat.client("a").send("m", 2);
		this.node.chat.client("a").send("m", 3);
		assertThat(client.connection().queue().messages()).isEqualTo(2);
		this.node.chat.client("a").send("m", 4);
		assertThat(client.connection().closeReason()).isEqualTo(CloseReason.SLOW_CONSUMER);
		this.one.run();
		assertThat(client.connection().queue().hasWork()).isFalse();
	}

	@Test
	void laneThatHasEndedStopsNobody() {
		TestClient first = this.node.connect("a", "ann", this.one);
		TestClient second = this.node.connect("b", "ann", this.two);
		this.one.ended = true;
		assertThat(first.join("g")).isTrue();
		this.node.chat.user("ann").send("m");
		this.two.run();
		assertThat(second.received()).hasSize(1);
		first.disconnect();
		assertThat(this.node.manager.connectionCount()).isEqualTo(1);
		assertThat(this.node.manager.groupCount()).isZero();
	}

	/**
	 * Runs its tasks when told to.
	 */
	private static final class ManualLane implements Lane {

		private final Queue<Runnable> tasks = new ArrayDeque<>();

		private int deliveries;

		private boolean ended;

		@Override
		public void deliver(Runnable task) {
			execute(() -> {
				task.run();
				this.deliveries--;
			});
			this.deliveries++;
		}

		@Override
		public boolean isBehind() {
			return this.deliveries > 0;
		}

		@Override
		public void execute(Runnable task) {
			if (this.ended) {
				throw new RejectedExecutionException("ended");
			}
			this.tasks.add(task);
		}

		int waiting() {
			return this.tasks.size();
		}

		void run() {
			Runnable task;
			while ((task = this.tasks.poll()) != null) {
				task.run();
			}
		}

	}

}
