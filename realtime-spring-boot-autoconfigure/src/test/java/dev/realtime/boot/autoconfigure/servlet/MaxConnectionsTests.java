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

package dev.realtime.boot.autoconfigure.servlet;

import java.net.URI;
import java.net.http.HttpResponse;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for the limit of connections.
 */
class MaxConnectionsTests {

	@Test
	void connectionsBeyondTheLimitAreRefusedUntilOthersEnd() {
		try (TestServer server = TestServer.start(EngineApplication.class, "realtime.max-connections=2",
				"realtime.web-pubsub.allow-anonymous=true")) {
			TestClient first = new TestClient(server.uri("/hubs/chat"));
			first.connect();
			TestClient second = new TestClient(server.uri("/hubs/chat"));
			second.connect();
			HttpResponse<String> answer = new TestClient(server.uri("/hubs/chat")).negotiate();
			assertThat(answer.statusCode()).isEqualTo(503);
			assertThat(answer.body()).isEqualTo("Too many connections");
			URI webPubSub = server.uri("/client/hubs/chat");
			assertThat(PubSubClient.status(webPubSub)).isEqualTo(429);
			assertThat(PubSubClient.status(URI.create(webPubSub + "?awps_connection_id=x"))).isEqualTo(429);
			assertThat(first.invoke("ping").get("result").asString()).isEqualTo("pong");
			second.close();
			await().untilAsserted(
					() -> assertThat(new TestClient(server.uri("/hubs/chat")).negotiate().statusCode()).isEqualTo(200));
			first.close();
			await().untilAsserted(() -> assertThat(PubSubClient.status(webPubSub)).isEqualTo(101));
		}
	}

}
