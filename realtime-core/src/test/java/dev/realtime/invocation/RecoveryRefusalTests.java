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

import dev.realtime.web.TestServer;
import dev.realtime.web.TestServer.RawClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for Web PubSub clients that come back to what there is no more: how they are
 * told, and what they hold meanwhile.
 */
class RecoveryRefusalTests {

	private static final String RECOVERY = "/client/hubs/test?awps_connection_id=x&awps_reconnection_token=y";

	private final HubTester tester = HubTester.with();

	private final TestServer server = new TestServer(
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
	void subprotocolIsEchoedAllTheSame() throws IOException {
		try (RawClient client = this.server
			.raw(TestServer.upgrade(RECOVERY, "Sec-WebSocket-Protocol", PubSubTestClient.RELIABLE))) {
			assertThat(client.readUpgraded()).contains("Sec-WebSocket-Protocol: " + PubSubTestClient.RELIABLE);
			assertRefused(client);
		}
	}

}
