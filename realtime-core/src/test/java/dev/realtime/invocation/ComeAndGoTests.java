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

package dev.realtime.invocation;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.realtime.connection.LimitListener;
import dev.realtime.event.EventHandler;
import dev.realtime.event.EventType;
import dev.realtime.hub.ClientLimits;
import dev.realtime.hub.HubCallerContext;
import dev.realtime.hub.HubOptions;
import dev.realtime.hub.RateLimit;
import dev.realtime.hub.WebPubSubOptions;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.lifetime.HubLifetimeManager;
import dev.realtime.transport.ConnectionLimits;
import dev.realtime.web.ClientFrames;
import dev.realtime.web.TestEngine;
import dev.realtime.web.TestServer;
import dev.realtime.web.TestServer.RawClient;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Clients of both families come and go in every way there is, thousands of them: of
 * connections, groups, users, places, threads and memory there is as much afterwards as
 * before. How many there are may be set with {@code -Dclients}.
 */
class ComeAndGoTests {

	private static final int AT_A_TIME = 16;

	// what a client would leave behind at least
	private static final int BYTES_PER_CLIENT = 2048;

	private static final int SPARE_THREADS = 2 * AT_A_TIME;

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static void configure(HubOptions.Builder options) {
		options.webPubSub(WebPubSubOptions.builder().allowAnonymous(true).build())
			// for those that negotiate and do not come
			.disconnectTimeout(Duration.ofMillis(500))
			.limits(ClientLimits.builder()
				.connectionsPerUser(1000)
				.messages(RateLimit.perSecond(1000))
				.invocationsPerConnection(10)
				.build());
	}

	@ParameterizedTest
	@EnumSource(names = { "NETTY_ON_TOMCAT", "NETTY_DETACHED_FROM_TOMCAT", "SERVLET_ON_TOMCAT" })
	void nothingIsLeft(TestEngine engine) throws Exception {
		int count = Integer.getInteger("clients", engine.isNetty() ? 2000 : 400);
		ExecutorService clients = Executors.newFixedThreadPool(AT_A_TIME);
		try (HubTester tester = HubTester.with(ComeAndGoTests::configure, Groups.class);
				TestServer server = new TestServer(
						engine, (builder) -> builder
							.webPubSub((name, known) -> tester.engine().pubSubEndpoint(name, known), null),
						tester.endpoint())) {
			server.registry.setLimits(new ConnectionLimits(1_000_000, LimitListener.none()));
			run(clients, server, 200);
			awaitGone(tester, server);
			int threads = threads();
			long heap = heap();
			run(clients, server, count);
			awaitGone(tester, server);
			assertThat(threads()).isLessThanOrEqualTo(threads + SPARE_THREADS);
			await().atMost(PATIENCE)
				.untilAsserted(() -> assertThat(heap()).isLessThan(heap + (long) count * BYTES_PER_CLIENT));
		}
		finally {
			clients.shutdown();
		}
	}

	private static void run(ExecutorService clients, TestServer server, int count) throws Exception {
		List<Future<?>> running = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			int number = i;
			running.add(clients.submit(() -> {
				comeAndGo(server, number);
				return null;
			}));
		}
		for (Future<?> client : running) {
			client.get();
		}
	}

	private static void comeAndGo(TestServer server, int number) throws IOException {
		String user = "user" + number % 100;
		switch (number % 5) {
			case 0 -> signalR(server, user, true);
			case 1 -> signalR(server, user, false);
			case 2 -> pubSub(server, true);
			case 3 -> pubSub(server, false);
			default -> negotiate(server, user);
		}
	}

	private static void signalR(TestServer server, String user, boolean graceful) throws IOException {
		try (RawClient client = server.raw(TestServer.upgrade("/hubs/test", "X-User", user))) {
			client.readUpgraded();
			client.write(ClientFrames.text("{\"protocol\":\"json\",\"version\":1}\u001e"));
			assertThat(client.readText(3)).isEqualTo("{}\u001e");
			leave(client, graceful);
		}
	}

	private static void pubSub(TestServer server, boolean graceful) throws IOException {
		String subprotocol = graceful ? "json.webpubsub.azure.v1" : "json.reliable.webpubsub.azure.v1";
		try (RawClient client = server
			.raw(TestServer.upgrade("/client/hubs/test", "Sec-WebSocket-Protocol", subprotocol))) {
			client.readUpgraded();
			assertThat(new String(client.readFrame(), StandardCharsets.UTF_8)).contains("connected");
			leave(client, graceful);
		}
	}

	private static void leave(RawClient client, boolean graceful) throws IOException {
		if (graceful) {
			client.write(ClientFrames.close(1000));
			client.readAll();
		}
		else {
			client.reset();
		}
	}

	private static void negotiate(TestServer server, String user) throws IOException {
		try (RawClient client = server.raw("POST /hubs/test/negotiate?negotiateVersion=1 HTTP/1.1\r\n"
				+ "Host: 127.0.0.1\r\nX-User: " + user + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")) {
			assertThat(new String(client.readAll(), StandardCharsets.UTF_8)).contains("connectionToken");
		}
	}

	private static void awaitGone(HubTester tester, TestServer server) {
		HubLifetimeManager hub = tester.engine().find("test");
		await().atMost(PATIENCE).untilAsserted(() -> {
			// reliable clients may come back for half a minute
			server.registry.onHeartbeat(System.nanoTime() + PATIENCE.toNanos());
			assertThat(server.registry.size()).isZero();
			assertThat(server.registry.limits().size()).isZero();
			assertThat(hub.connectionCount()).isZero();
			assertThat(hub.groupCount()).isZero();
			assertThat(hub.userCount()).isZero();
		});
	}

	private static int threads() {
		return ManagementFactory.getThreadMXBean().getThreadCount();
	}

	private static long heap() {
		System.gc();
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

	@HubController("test")
	static class Groups {

		@EventHandler(type = EventType.CONNECTED)
		void join(HubCallerContext caller) {
			caller.join("all");
			caller.join("group of " + caller.connectionId());
		}

	}

}
