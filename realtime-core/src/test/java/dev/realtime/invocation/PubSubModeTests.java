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

import dev.realtime.event.ConnectEventRequest;
import dev.realtime.event.ConnectEventResponse;
import dev.realtime.event.EventHandler;
import dev.realtime.event.EventType;
import dev.realtime.hub.WebPubSubOptions;
import dev.realtime.web.TestServer;
import dev.realtime.web.TestServer.RawClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for plain Web PubSub clients whose subprotocol is one of the application, and
 * that say in the query what becomes of their frames.
 */
class PubSubModeTests {

	private static final String OWN = "own.subprotocol";

	private static final String TO_GROUP = "webpubsub_mode=sendToGroup&group=g";

	private final HubTester tester = HubTester
		.with((options) -> options.webPubSub(WebPubSubOptions.builder().allowAnonymous(true).build()), Handlers.class);

	private final TestServer server = new TestServer(
			(builder) -> builder.webPubSub(this.tester.engine()::pubSubEndpoint, null), this.tester.endpoint());

	@AfterEach
	void close() {
		this.server.close();
		this.tester.close();
	}

	private RawClient connect(String query, String subprotocols) {
		return this.server
			.raw(TestServer.upgrade("/client/hubs/test?" + query, "Sec-WebSocket-Protocol", subprotocols));
	}

	@ParameterizedTest
	@ValueSource(strings = { OWN, PubSubTestClient.JSON + ", " + OWN })
	void framesArePublished(String subprotocols) throws IOException {
		try (RawClient client = connect(TO_GROUP, subprotocols)) {
			assertThat(client.readUpgraded()).contains("Sec-WebSocket-Protocol: " + OWN);
			client.frame(0x81, "hello".getBytes());
			assertThat(client.readText(5)).isEqualTo("hello");
		}
	}

	@Test
	void framesAreEventsWithoutAMode() throws IOException {
		try (RawClient client = connect("webpubsub_mode=sendEvent", OWN)) {
			client.readUpgraded();
			client.frame(0x81, "hello".getBytes());
			assertThat(client.readText(10)).isEqualTo("echo hello");
		}
	}

	@ParameterizedTest
	@CsvSource({ "own.subprotocol, 400", "'json.webpubsub.azure.v1, own.subprotocol', 400",
			"json.webpubsub.azure.v1, 101" })
	void modeIsCheckedUnlessTheClientCannotBePlain(String subprotocols, int status) throws IOException {
		try (RawClient client = connect("webpubsub_mode=nonsense", subprotocols)) {
			assertThat(client.readUntil("\r\n")).startsWith("HTTP/1.1 " + status);
		}
	}

	@Test
	void modeIsNothingToAClientThatIsNotPlain() {
		PubSubTestClient client = PubSubTestClient.to(this.tester.pubSub())
			.groups("g")
			.subprotocols("unknown", PubSubTestClient.JSON)
			.publish("g", false)
			.connect();
		client.send("{'type':'event','event':'message','dataType':'text','data':'hello'}");
		assertThat(client.next()).isEqualTo("{'type':'message','from':'server','dataType':'text','data':'echo hello'}");
	}

	static class Handlers {

		@EventHandler(type = EventType.CONNECT)
		@Nullable ConnectEventResponse connect(ConnectEventRequest request) {
			return request.subprotocols().contains(OWN)
					? ConnectEventResponse.accept().subprotocol(OWN).groups("g").roles("webpubsub.sendToGroup") : null;
		}

		@EventHandler("message")
		String message(String text) {
			return "echo " + text;
		}

	}

}
