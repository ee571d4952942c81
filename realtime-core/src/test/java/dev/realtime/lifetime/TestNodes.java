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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import dev.realtime.backplane.BackplaneNode;
import dev.realtime.backplane.LoopbackBackplane;
import dev.realtime.connection.Lane;
import dev.realtime.event.HubEvent;
import dev.realtime.hub.HubContext;
import dev.realtime.protocol.OutboundLimits;
import dev.realtime.protocol.TransferFormat;
import org.jspecify.annotations.Nullable;

/**
 * Nodes of one application with the hub "chat" in one process.
 */
final class TestNodes implements AutoCloseable {

	private final LoopbackBackplane.Network network = new LoopbackBackplane.Network();

	private final List<ExecutorService> lanes = new ArrayList<>();

	private final List<TestNode> nodes = new ArrayList<>();

	TestNode alone() {
		return add(BackplaneNode.local(), null);
	}

	TestNode node() {
		return node(Duration.ofSeconds(5));
	}

	TestNode node(Duration requestTimeout) {
		LoopbackBackplane backplane = new LoopbackBackplane(this.network);
		return add(new BackplaneNode("node" + this.nodes.size(), backplane, requestTimeout), backplane);
	}

	private TestNode add(BackplaneNode node, @Nullable LoopbackBackplane backplane) {
		TestNode added = new TestNode(node, backplane);
		added.backplane.start().join();
		this.nodes.add(added);
		return added;
	}

	long subscriptions(Function<String, String> channel) {
		return this.network.subscriptions(channel.apply("chat"));
	}

	/**
	 * Return a lane with a thread of its own.
	 */
	Lane lane() {
		ThreadFactory daemons = (task) -> {
			Thread thread = new Thread(task, "lane");
			thread.setDaemon(true);
			return thread;
		};
		ExecutorService lane = Executors.newSingleThreadExecutor(daemons);
		this.lanes.add(lane);
		return lane::execute;
	}

	/**
	 * Wait until all lanes have done what was handed to them so far.
	 */
	void awaitLanes() throws Exception {
		for (ExecutorService lane : this.lanes) {
			lane.submit(() -> {
			}).get(10, TimeUnit.SECONDS);
		}
	}

	@Override
	public void close() {
		this.nodes.forEach((node) -> node.backplane.stop());
		this.lanes.forEach(ExecutorService::shutdown);
		this.network.close();
	}

	/**
	 * One node.
	 */
	static final class TestNode {

		final TestProtocol json = new TestProtocol("json", TransferFormat.TEXT);

		final TestProtocol binary = new TestProtocol("binary", TransferFormat.BINARY);

		final PlainTestProtocol plain = new PlainTestProtocol();

		final PubSubTestProtocol pubSub = new PubSubTestProtocol();

		final BackplaneNode backplane;

		final @Nullable LoopbackBackplane loopback;

		final List<HubEvent> events = Collections.synchronizedList(new ArrayList<>());

		final HubLifetimeManager manager;

		final HubContext chat;

		TestNode(BackplaneNode backplane, @Nullable LoopbackBackplane loopback) {
			this.backplane = backplane;
			this.loopback = loopback;
			this.manager = HubLifetimeManager.builder("chat", List.of(this.json, this.binary, this.plain, this.pubSub))
				.backplane(backplane)
				.events(this.events::add)
				.resultBinder((raw, protocol, type) -> {
					String text = new String(raw, StandardCharsets.UTF_8);
					return (type == Integer.class) ? Integer.valueOf(text) : protocol + " " + text;
				})
				.build();
			this.chat = this.manager.hubContext();
		}

		TestClient connect(String id) {
			return connect(id, null);
		}

		TestClient connect(String id, @Nullable String user) {
			return connect(id, user, Lane.direct());
		}

		TestClient connect(String id, @Nullable String user, Lane lane) {
			return TestClient.connect(this.manager, id, user, this.json, lane);
		}

		TestClient connect(String id, @Nullable String user, Lane lane, OutboundLimits limits) {
			return TestClient.connect(this.manager, id, user, this.json, lane, limits);
		}

	}

}
