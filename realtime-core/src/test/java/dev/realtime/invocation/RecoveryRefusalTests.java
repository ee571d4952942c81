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
import java.util.List;

import dev.realtime.connection.LimitListener;
import dev.realtime.transport.ConnectionLimits;
import dev.realtime.web.TestEngine;
import dev.realtime.web.TestServer;
import dev.realtime.web.TestServer.RawClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for Web PubSub clients that come back to what there is no more: how they are
 * told, and what they hold meanwhile.
 */
class RecoveryRefusalTests {

	private static final String RECOVERY = "/client/hubs/test?awps_connection_id=x&awps_reconnection_token=y";

	private final HubTester tester = HubTester.with();

	private final TestServer server = new TestServer(TestEngine.NETTY_ON_TOMCAT,
			(builder) -> builder.webPubSub(this.tester.engine()::pubSubEndpoint, null), this.tester.endpoint());

	@AfterEach
	void close() {
		this.server.close();
		this.tester.close();
	}

	private static void assertRefused(RawClient client) throws IOException {
		assertThat(client.readFrame()).containsExactly(0x88, 1008 >> 8, 1008 & 0xff);
	}

	@Test
	void clientOfAHubThatDoesNotExistIsToldInACloseFrame() throws IOException {
		try (RawClient client = this.server.rawWebSocket("/client/hubs/nowhere?awps_connection_id=x")) {
			assertRefused(client);
		}
		assertThat(this.tester.engine().contains("nowhere")).isFalse();
	}

	@Test
	void clientHoldsASlotOfItsAddressUntilItAnswers() throws IOException {
		this.server.registry.setLimits(new ConnectionLimits(1, LimitListener.none()));
		for (String recovery : List.of(RECOVERY, RECOVERY.replace("test", "nowhere"))) {
			try (RawClient client = this.server.rawWebSocket(recovery);
					RawClient next = this.server.raw(TestServer.upgrade(recovery))) {
				assertRefused(client);
				assertThat(next.readUntil("\r\n")).startsWith("HTTP/1.1 429");
				client.frame(0x88, (byte) 3, (byte) 0xf0);
				await().until(() -> this.server.registry.limits().size() == 0);
			}
		}
	}

	@Test
	void clientThatDoesNotAnswerIsLetGo() throws IOException {
		this.server.registry.setLimits(new ConnectionLimits(1, LimitListener.none()));
		try (RawClient client = this.server.rawWebSocket(RECOVERY)) {
			assertRefused(client);
			assertThat(client.readAll()).isEmpty();
			await().until(() -> this.server.registry.limits().size() == 0);
			this.server.beat();
			assertThat(this.server.registry.size()).isZero();
		}
	}

	@Test
	void clientThatCannotUpgradeHoldsNothing() throws IOException {
		this.server.registry.setLimits(new ConnectionLimits(1, LimitListener.none()));
		try (RawClient client = this.server
			.raw(TestServer.upgrade(RECOVERY).replace("Sec-WebSocket-Version: 13", "Sec-WebSocket-Version: 7"))) {
			assertThat(client.readUntil("\r\n")).doesNotContain("101");
			assertThat(this.server.registry.limits().size()).isZero();
		}
	}

	@Test
	void clientIsToldByAServerThatTakesNobody() throws IOException {
		this.server.registry.setRefusing(true);
		try (RawClient client = this.server.raw(TestServer.upgrade(RECOVERY))) {
			client.readUpgraded();
			assertRefused(client);
		}
	}

	@Test
	void subprotocolIsEchoedAllTheSame() throws IOException {
		try (RawClient client = this.server
			.raw(TestServer.upgrade(RECOVERY, "Sec-WebSocket-Protocol", PubSubTestClient.RELIABLE))) {
			assertThat(client.readUpgraded()).contains("Sec-WebSocket-Protocol: " + PubSubTestClient.RELIABLE);
			assertRefused(client);
		}
	}

}
