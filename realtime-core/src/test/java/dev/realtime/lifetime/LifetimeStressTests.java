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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.realtime.connection.Lane;
import dev.realtime.event.GroupJoinedEvent;
import dev.realtime.event.GroupLeftEvent;
import dev.realtime.event.HubEvent;
import dev.realtime.hub.ClientProxy;
import dev.realtime.lifetime.TestNodes.TestNode;
import dev.realtime.protocol.CloseReason;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Many threads connect, join, leave, close and broadcast at the same time.
 */
class LifetimeStressTests {

	private static final int SENDERS = 2;

	private static final int TARGETS = 4;

	private static final int MESSAGES = 2000;

	private static final int CHURNERS = 2;

	private static final int CHURNS = 4000;

	private static final int JOINERS = 2;

	private static final int JOINS = 40000;

	private static final int SLOTS = 16;

	private static final int GROUPS = 5;

	private final TestNodes nodes = new TestNodes();

	private final AtomicReferenceArray<TestClient> visible = new AtomicReferenceArray<>(SLOTS);

	static Stream<Setting> settings() {
		return Stream.of(new Setting("direct", 1, 0), new Setting("lanes", 1, 3), new Setting("two nodes", 2, 0),
				new Setting("two nodes with lanes", 2, 2));
	}

	@ParameterizedTest
	@MethodSource("settings")
	void nobodyIsForgottenAndNobodyStays(Setting setting) throws Exception {
		List<TestNode> nodes = IntStream.range(0, setting.nodes())
			.mapToObj((i) -> (setting.nodes() == 1) ? this.nodes.alone() : this.nodes.node())
			.toList();
		List<Lane> lanes = new ArrayList<>(List.of(Lane.direct()));
		IntStream.range(0, setting.lanes()).forEach((i) -> lanes.add(this.nodes.lane()));
		List<TestClient> stable = new ArrayList<>();
		for (int i = 0; i < 2 * lanes.size(); i++) {
			TestNode node = nodes.get(i % nodes.size());
			stable.add(node.connect("stable" + i, "u", lanes.get(i / 2)));
			node.chat.groups().add("stable" + i, "stable").join();
		}
		run(nodes, lanes);
		this.nodes.awaitLanes();
		stable.forEach((client) -> assertThatNothingIsMissing(nodes, client));
		stable.forEach(TestClient::disconnect);
		for (TestNode node : nodes) {
			assertThat(node.manager.connectionCount()).isZero();
			assertThat(node.manager.userCount()).isZero();
			assertThat(node.manager.groupCount()).isZero();
			assertThat(node.manager.clientResults().pending()).isZero();
			assertThatWhoeverJoinedHasLeft(node.events);
			await().atMost(Duration.ofSeconds(10))
				.until(() -> node.backplane.subscriptionCount() <= 2 && node.backplane.pendingRequests() == 0);
		}
		this.nodes.close();
	}

	private void run(List<TestNode> nodes, List<Lane> lanes) throws Exception {
		List<Callable<?>> tasks = new ArrayList<>();
		for (int i = 0; i < SENDERS; i++) {
			int sender = i;
			tasks.add(() -> send(nodes.get(sender % nodes.size()), sender));
		}
		for (int i = 0; i < CHURNERS; i++) {
			int churner = i;
			tasks.add(() -> churn(nodes.get(churner % nodes.size()), lanes, churner));
		}
		for (int i = 0; i < JOINERS; i++) {
			int joiner = i;
			tasks.add(() -> join(nodes.get(joiner % nodes.size()), joiner));
		}
		ExecutorService executor = Executors.newFixedThreadPool(tasks.size());
		try {
			List<Future<?>> results = new ArrayList<>();
			tasks.forEach((task) -> results.add(executor.submit(task)));
			for (Future<?> result : results) {
				result.get(60, TimeUnit.SECONDS);
			}
		}
		finally {
			executor.shutdownNow();
		}
	}

	private Void send(TestNode node, int sender) {
		List<ClientProxy> targets = List.of(node.chat.all(), node.chat.group("stable"), node.chat.user("u"),
				node.chat.clients().matching("'stable' in groups and startswith(connectionId, 'stable')"));
		for (int i = 0; i < MESSAGES; i++) {
			for (int target = 0; target < targets.size(); target++) {
				targets.get(target).send("stable", sender + "." + target, i);
			}
			node.chat.group("g" + i % GROUPS).send("churn", i);
		}
		return null;
	}

	private Void churn(TestNode node, List<Lane> lanes, int churner) {
		SplittableRandom random = new SplittableRandom(churner);
		for (int i = 0; i < CHURNS; i++) {
			TestClient client = node.connect("churn" + churner + "-" + i, "u" + random.nextInt(3),
					lanes.get(random.nextInt(lanes.size())));
			client.join("g" + random.nextInt(GROUPS));
			TestClient before = this.visible.getAndSet(random.nextInt(SLOTS), client);
			if (before != null) {
				end(before, random.nextInt(3));
			}
		}
		for (int slot = 0; slot < SLOTS; slot++) {
			TestClient last = this.visible.getAndSet(slot, null);
			if (last != null) {
				last.disconnect();
			}
		}
		return null;
	}

	private static void end(TestClient client, int way) {
		switch (way) {
			case 0 -> client.disconnect();
			case 1 -> client.connection().close(CloseReason.SERVER_CLOSED, null);
			default -> {
				client.leave("g0");
				client.connection().terminate(CloseReason.SERVER_ERROR, null);
			}
		}
	}

	private Void join(TestNode node, int joiner) {
		SplittableRandom random = new SplittableRandom(1000 + joiner);
		for (int i = 0; i < JOINS; i++) {
			TestClient client = this.visible.get(random.nextInt(SLOTS));
			if (client != null) {
				String group = "g" + random.nextInt(GROUPS);
				switch (random.nextInt(8)) {
					case 0, 1, 2 -> client.join(group);
					case 3, 4 -> client.leave(group);
					case 5 -> node.chat.groups().add(client.id(), group);
					case 6 -> node.manager.clientResults();
					default -> node.chat.client(client.id()).invoke("q", String.class);
				}
			}
		}
		return null;
	}

	private static void assertThatWhoeverJoinedHasLeft(List<HubEvent> events) {
		Set<GroupLeftEvent> members = new HashSet<>();
		for (HubEvent event : events) {
			if (event instanceof GroupJoinedEvent joined) {
				GroupLeftEvent end = new GroupLeftEvent(joined.hub(), joined.connectionId(), joined.userId(),
						joined.group());
				assertThat(members.add(end)).as("joined twice: " + joined).isTrue();
			}
			else {
				assertThat(members.remove(event)).as("left twice: " + event).isTrue();
			}
		}
		assertThat(members).isEmpty();
	}

	private static void assertThatNothingIsMissing(List<TestNode> nodes, TestClient client) {
		int expected = SENDERS * TARGETS * MESSAGES;
		await().atMost(Duration.ofSeconds(20))
			.until(() -> client.received()
				.stream()
				.filter((message) -> message.startsWith("stable"))
				.count() >= expected);
		Set<String> seen = new HashSet<>();
		for (int sender = 0; sender < SENDERS; sender++) {
			for (int target = 0; target < TARGETS; target++) {
				String prefix = "stable[" + sender + "." + target + ", ";
				List<String> messages = client.received().stream().filter((text) -> text.startsWith(prefix)).toList();
				List<String> complete = IntStream.range(0, MESSAGES).mapToObj((i) -> prefix + i + "]").toList();
				assertThat(messages).isEqualTo(complete);
				seen.addAll(messages);
			}
		}
		assertThat(client.received()).hasSize(expected);
		assertThat(seen).hasSize(expected);
	}

	/**
	 * What takes part.
	 *
	 * @param name what it is called
	 * @param nodes how many nodes
	 * @param lanes how many lanes beside the direct one
	 */
	record Setting(String name, int nodes, int lanes) {

		@Override
		public String toString() {
			return this.name;
		}

	}

}
