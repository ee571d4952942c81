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

package dev.realtime.transport.netty;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.realtime.hub.HubOptions;
import dev.realtime.protocol.CloseReason;
import dev.realtime.web.ClientFrames;
import dev.realtime.web.TestEngine;
import dev.realtime.web.TestHub;
import dev.realtime.web.TestServer;
import dev.realtime.web.TestServer.RawClient;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many connections come and go: nothing of them stays.
 */
@ParameterizedClass
@EnumSource
class ChurnTests {

	private static final int CLIENTS = 32;

	// chunks that Netty keeps for the next connections
	private static final long POOLED_BYTES = 1024 * 1024;

	private static TestHub hub;

	private static TestServer server;

	private static LeakReports leaks;

	private static ExecutorService clients;

	@Parameter
	private TestEngine engine;

	@BeforeParameterizedClassInvocation
	static void start(TestEngine engine) throws Exception {
		leaks = new LeakReports();
		clients = Executors.newFixedThreadPool(CLIENTS);
		// a connection whose upgrade fails is forgotten after the disconnect timeout
		hub = new TestHub("chat", HubOptions.builder("/chat").disconnectTimeout(Duration.ofMillis(500)).build());
		server = new TestServer(engine, hub);
		for (ClientEnding ending : ClientEnding.values()) {
			run(CLIENTS * 2, () -> ending.run(server));
		}
		awaitForgotten(2L);
	}

	@AfterParameterizedClassInvocation
	static void stop() {
		clients.shutdown();
		server.close();
		try (LeakReports reports = leaks) {
			assertThat(reports.collect()).isEmpty();
		}
	}

	@ParameterizedTest
	@EnumSource
	void nothingIsLeft(ClientEnding ending) throws Exception {
		Footprint before = Footprint.now();
		int closings = hub.handler.closings.get();
		int count = count();
		run(count, () -> ending.run(server));
		awaitForgotten(before.connections);
		if (ending != ClientEnding.RESET_WITHOUT_WAITING) {
			assertThat(hub.handler.closings).hasValue(closings + count);
		}
		assertThat(reasons()).isSubsetOf(ending.reason().name());
		awaitBack(before);
	}

	@Test
	void nothingIsLeftWhenTheServerClosesAll() throws Exception {
		Footprint before = Footprint.now();
		int closings = hub.handler.closings.get();
		int count = count();
		List<RawClient> open = run(count, () -> {
			RawClient client = server.rawWebSocket("/chat");
			client.write(ClientFrames.text("x"));
			assertThat(client.readText(1)).isEqualTo("x");
			return client;
		});
		assertThat(server.registry.size()).isEqualTo(count);
		server.registry.forEach((connection) -> connection.close(CloseReason.SERVER_SHUTDOWN, null));
		for (RawClient client : open) {
			assertThat(client.readFrame()).containsExactly(0x88, 0x03, 0xe9);
			client.write(ClientFrames.close(1001));
			assertThat(client.readAll()).isEmpty();
			client.close();
		}
		awaitForgotten(before.connections);
		assertThat(hub.handler.closings).hasValue(closings + count);
		assertThat(reasons()).containsExactly(CloseReason.SERVER_SHUTDOWN.name());
		awaitBack(before);
	}

	@BeforeEach
	void forget() {
		hub.handler.forget();
	}

	private int count() {
		return this.engine.isNetty() ? 2000 : 200;
	}

	private static void run(int count, IoRunnable task) throws Exception {
		run(count, () -> {
			task.run();
			return count;
		});
	}

	private static <T> List<T> run(int count, Callable<T> task) throws Exception {
		List<Future<T>> running = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			running.add(clients.submit(task));
		}
		List<T> results = new ArrayList<>();
		for (Future<T> future : running) {
			results.add(future.get());
		}
		return results;
	}

	private static void awaitForgotten(long connections) {
		awaitTwenty().untilAsserted(() -> {
			server.beat();
			assertThat(server.registry.size()).isZero();
			assertThat(hub.handler.closings).hasValue(hub.handler.attachments.get());
			assertThat(server.container().connections()).isLessThanOrEqualTo(connections);
			assertThat(server.container().leftovers()).isZero();
		});
	}

	private static Set<String> reasons() {
		return hub.handler.closed.values().stream().map(CloseReason::name).collect(Collectors.toSet());
	}

	private static void awaitBack(Footprint before) {
		awaitTwenty().untilAsserted(() -> {
			Footprint now = Footprint.now();
			assertThat(now.descriptors).isLessThanOrEqualTo(before.descriptors);
			assertThat(now.directMemory).isLessThanOrEqualTo(before.directMemory + POOLED_BYTES);
		});
	}

	private static ConditionFactory awaitTwenty() {
		return Awaitility.await().atMost(Duration.ofSeconds(20));
	}

	private interface IoRunnable {

		void run() throws IOException;

	}

	private record Footprint(long connections, long descriptors, long directMemory) {

		static Footprint now() {
			return new Footprint(server.container().connections(),
					((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
						.getOpenFileDescriptorCount(),
					((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric().usedDirectMemory());
		}

	}

}
