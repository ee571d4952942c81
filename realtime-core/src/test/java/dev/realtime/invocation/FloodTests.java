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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import dev.realtime.connection.ClientConnection;
import dev.realtime.hub.ClientLimits;
import dev.realtime.hub.HubOptions;
import dev.realtime.hub.RateLimit;
import dev.realtime.hub.WebPubSubOptions;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import dev.realtime.protocol.TransportType;
import dev.realtime.web.ClientFrames;
import dev.realtime.web.TestEngine;
import dev.realtime.web.TestServer;
import dev.realtime.web.TestServer.RawClient;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for a client that calls as fast as it can and takes no answers: it is slowed
 * down, others are not, and what waits is bounded.
 */
@ParameterizedClass
@EnumSource(names = { "NETTY_ON_TOMCAT", "SERVLET_ON_TOMCAT" })
class FloodTests {

	// what is read at once, and one message more, may come on top
	private static final int READ_AT_ONCE = 128 * 1024;

	private static final String JSON = "json.webpubsub.azure.v1";

	@Parameter
	private TestEngine engine;

	private static void limit(HubOptions.Builder options, boolean limited) {
		options.webPubSub(WebPubSubOptions.builder().allowAnonymous(true).build());
		if (limited) {
			options.limits(ClientLimits.builder().messages(new RateLimit(100, 100)).build());
		}
	}

	private static String call(boolean signalR, int number) {
		return signalR
				? "{\"type\":1,\"invocationId\":\"" + number + "\",\"target\":\"echo\",\"arguments\":[\""
						+ "x".repeat(100) + "\"]}\u001e"
				: "{\"type\":\"event\",\"event\":\"echo\",\"data\":[\"" + "x".repeat(100) + "\"],\"ackId\":" + number
						+ "}";
	}

	@ParameterizedTest
	@CsvSource({ "true, false", "true, true", "false, false", "false, true" })
	void othersGoOnAndWhatWaitsIsBounded(boolean signalR, boolean limited) throws Exception {
		try (HubTester tester = HubTester.with((options) -> limit(options, limited), Calls.class, LimitRecorder.class);
				TestServer server = new TestServer(this.engine,
						(builder) -> builder.webPubSub(
								(name, authenticated) -> tester.engine().pubSubEndpoint(name, authenticated), null),
						tester.endpoint());
				RawClient flooder = open(server, signalR)) {
			CompletableFuture<Void> flood = CompletableFuture.runAsync(() -> flood(flooder, signalR),
					(task) -> new Thread(task, "flooder").start());
			ClientConnection connection = tester.engine().find("test").connections().iterator().next();
			await().until(() -> connection.readGate().isPaused());
			try (SocketClient other = SocketClient.connect(server, "/hubs/test", TransportType.WEB_SOCKETS)) {
				for (int i = 0; i < 50; i++) {
					other.send("{'type':1,'invocationId':'" + i + "','target':'echo','arguments':['hello']}");
					assertThat(other.next()).isEqualTo("{'type':3,'invocationId':'" + i + "','result':'hello'}");
					assertBounded(connection);
				}
			}
			if (limited) {
				assertThat(tester.bean(LimitRecorder.class).exceeded()).contains("test messages-per-second");
			}
			assertThat(connection.isEnding()).isFalse();
			flooder.reset();
			flood.join();
			await().until(() -> tester.engine().connectionCount() == 0);
			assertThat(tester.bean(Calls.class).calls).hasValueGreaterThan(50);
		}
	}

	private static RawClient open(TestServer server, boolean signalR) throws IOException {
		if (!signalR) {
			RawClient client = server.raw(TestServer.upgrade("/client/hubs/test", "Sec-WebSocket-Protocol", JSON));
			client.readUpgraded();
			client.readFrame();
			return client;
		}
		RawClient client = server.rawWebSocket("/hubs/test");
		client.write(ClientFrames.text("{\"protocol\":\"json\",\"version\":1}\u001e"));
		client.readFrame();
		return client;
	}

	private static void flood(RawClient client, boolean signalR) {
		try {
			for (int number = 1;; number++) {
				client.write(ClientFrames.text(call(signalR, number)));
			}
		}
		catch (IOException ex) {
			// it was stopped
		}
	}

	private static void assertBounded(ClientConnection connection) {
		HubSession session = HubSession.of(connection);
		assertThat(session.queue().waitingBytes())
			.isLessThanOrEqualTo(session.options().applicationMaxBufferSize() + READ_AT_ONCE);
		assertThat(connection.queue().bytes()).isLessThanOrEqualTo(connection.queue().limits().maxBytes());
	}

	@HubController("test")
	static class Calls {

		final AtomicInteger calls = new AtomicInteger();

		@HubMethod
		String echo(String text) {
			this.calls.incrementAndGet();
			return text;
		}

	}

}
