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

package dev.realtime.interoperability;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.rest.RequestOptions;
import com.azure.core.util.BinaryData;
import com.azure.messaging.webpubsub.WebPubSubServiceClient;
import com.azure.messaging.webpubsub.WebPubSubServiceClientBuilder;
import com.azure.messaging.webpubsub.models.GetClientAccessTokenOptions;
import com.azure.messaging.webpubsub.models.WebPubSubContentType;
import com.azure.messaging.webpubsub.models.WebPubSubPermission;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The official SDKs for application servers of Web PubSub, in Node.js and in Java, with
 * nothing but a connection string.
 */
@SpringBootTest(
		classes = InteropApplication.class, properties = { InteropApplication.DEFAULTS,
				"realtime.web-pubsub.access-key=" + WebPubSubRestIT.KEY, "realtime.web-pubsub.undeclared-hubs=allow" },
		webEnvironment = WebEnvironment.RANDOM_PORT)
class WebPubSubRestIT {

	static final String KEY = "the access key of the SDKs, which needs 32 bytes";

	private static final RequestOptions NO_OPTIONS = new RequestOptions();

	@LocalServerPort
	private int port;

	private WebPubSubServiceClient service;

	@BeforeEach
	void createClient() {
		this.service = new WebPubSubServiceClientBuilder().connectionString(connectionString())
			.hub("java_sdk")
			.buildClient();
	}

	private String connectionString() {
		return "Endpoint=http://localhost:" + this.port + ";AccessKey=" + KEY + ";Version=1.0;";
	}

	@TestFactory
	Stream<DynamicTest> node() {
		return NodeProcess.run(Map.of("BASE_URL", "http://localhost:" + this.port, "CONNECTION_STRING",
				connectionString(), "NODE_OPTIONS", "--experimental-websocket"), "test/web-pubsub-rest.test.mjs");
	}

	@Test
	void sends() {
		try (Client ann = connect("ann/1", "g/1 ü"); Client bob = connect("bob")) {
			this.service.sendToAll("{\"a\" : 1.0}", WebPubSubContentType.APPLICATION_JSON);
			for (Client client : List.of(ann, bob)) {
				assertThat(client.next()).isEqualTo(
						"{\"type\":\"message\",\"from\":\"server\",\"dataType\":\"json\",\"data\":{\"a\" : 1.0}}");
			}
			this.service.sendToGroup("g/1 ü", "to group", WebPubSubContentType.TEXT_PLAIN);
			assertThat(ann.nextData()).isEqualTo("to group");
			this.service.sendToUser("ann/1", "to user", WebPubSubContentType.TEXT_PLAIN);
			assertThat(ann.nextData()).isEqualTo("to user");
			this.service.sendToConnection(bob.id, "to connection", WebPubSubContentType.TEXT_PLAIN);
			assertThat(bob.nextData()).isEqualTo("to connection");
			this.service.sendToAllWithResponse(BinaryData.fromString("filtered"), WebPubSubContentType.TEXT_PLAIN, 8,
					new RequestOptions().addQueryParam("filter", "userId ne 'bob'"));
			assertThat(ann.nextData()).isEqualTo("filtered");
			this.service.sendToAllWithResponse(BinaryData.fromBytes(new byte[] { 1, 2, 3 }),
					WebPubSubContentType.APPLICATION_OCTET_STREAM, 3,
					new RequestOptions().addQueryParam("excluded", ann.id));
			assertThat(bob.nextData()).isEqualTo("AQID");
		}
	}

	@Test
	void invalidFilter() {
		assertThatExceptionOfType(HttpResponseException.class)
			.isThrownBy(() -> this.service.sendToAllWithResponse(BinaryData.fromString("x"),
					WebPubSubContentType.TEXT_PLAIN, 1, new RequestOptions().addQueryParam("filter", "invalid filter")))
			.withMessageContaining("Syntax error at position 14 in 'invalid filter'")
			.satisfies((ex) -> assertThat(ex.getResponse().getStatusCode()).isEqualTo(400));
	}

	@Test
	void membershipAndExistence() {
		try (Client ann = connect("ann/1")) {
			this.service.addConnectionToGroupWithResponse("a/b", ann.id, NO_OPTIONS);
			assertThat(this.service.groupExistsWithResponse("a/b", NO_OPTIONS).getValue()).isTrue();
			this.service.removeConnectionFromGroupWithResponse("a/b", ann.id, NO_OPTIONS);
			assertThat(this.service.groupExistsWithResponse("a/b", NO_OPTIONS).getValue()).isFalse();
			this.service.addUserToGroupWithResponse("a/b", "ann/1", NO_OPTIONS);
			this.service.removeUserFromGroupWithResponse("a/b", "ann/1", NO_OPTIONS);
			this.service.addConnectionsToGroups(List.of("a/b", "c"), "userId eq 'ann/1'");
			assertThat(this.service.groupExistsWithResponse("c", NO_OPTIONS).getValue()).isTrue();
			this.service.removeUserFromAllGroupsWithResponse("ann/1", NO_OPTIONS);
			assertThat(this.service.groupExistsWithResponse("c", NO_OPTIONS).getValue()).isFalse();
			this.service.removeConnectionFromAllGroupsWithResponse(ann.id, NO_OPTIONS);
			assertThat(this.service.connectionExistsWithResponse(ann.id, NO_OPTIONS).getValue()).isTrue();
			assertThat(this.service.connectionExistsWithResponse("nobody", NO_OPTIONS).getValue()).isFalse();
			assertThat(this.service.userExistsWithResponse("ann/1", NO_OPTIONS).getValue()).isTrue();
			assertThat(this.service.userExistsWithResponse("nobody", NO_OPTIONS).getValue()).isFalse();
		}
	}

	@Test
	void permissions() {
		RequestOptions target = new RequestOptions().addQueryParam("targetName", "a/b");
		try (Client ann = connect("ann")) {
			assertThat(hasPermission(ann.id, target)).isFalse();
			this.service.grantPermissionWithResponse(WebPubSubPermission.JOIN_LEAVE_GROUP, ann.id, target);
			assertThat(hasPermission(ann.id, target)).isTrue();
			this.service.revokePermissionWithResponse(WebPubSubPermission.JOIN_LEAVE_GROUP, ann.id, target);
			assertThat(hasPermission(ann.id, target)).isFalse();
		}
	}

	private boolean hasPermission(String connectionId, RequestOptions target) {
		return this.service.checkPermissionWithResponse(WebPubSubPermission.JOIN_LEAVE_GROUP, connectionId, target)
			.getValue();
	}

	@Test
	void closesConnections() {
		RequestOptions reason = new RequestOptions().addQueryParam("reason", "too loud");
		Client one = connect("one");
		this.service.closeConnectionWithResponse(one.id, reason);
		assertThat(one.next()).contains("\"disconnected\"", "too loud");
		Client two = connect("two");
		this.service.closeUserConnectionsWithResponse("two", reason);
		assertThat(two.next()).contains("too loud");
		Client three = connect("three", "g");
		this.service.closeGroupConnectionsWithResponse("g", reason);
		assertThat(three.next()).contains("too loud");
		Client four = connect("four");
		this.service.closeAllConnectionsWithResponse(reason);
		assertThat(four.next()).contains("too loud");
	}

	private Client connect(String userId, String... groups) {
		return new Client(this.service
			.getClientAccessToken(new GetClientAccessTokenOptions().setUserId(userId)
				.setGroups(List.of(groups))
				.setExpiresAfter(Duration.ofMinutes(5)))
			.getUrl());
	}

	/**
	 * A client that shows the frames it receives.
	 */
	private static final class Client implements WebSocket.Listener, AutoCloseable {

		private static final HttpClient HTTP = HttpClient.newHttpClient();

		private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();

		private final StringBuilder text = new StringBuilder();

		private final WebSocket webSocket;

		private final String id;

		Client(String url) {
			this.webSocket = HTTP.newWebSocketBuilder()
				.subprotocols("json.webpubsub.azure.v1")
				.buildAsync(URI.create(url), this)
				.join();
			this.id = JsonMapper.shared().readTree(next()).get("connectionId").asString();
		}

		String next() {
			try {
				String frame = this.frames.poll(10, TimeUnit.SECONDS);
				assertThat(frame).as("a frame").isNotNull();
				return frame;
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new IllegalStateException(ex);
			}
		}

		String nextData() {
			JsonNode frame = JsonMapper.shared().readTree(next());
			return frame.get("data").asString();
		}

		@Override
		public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
			this.text.append(data);
			if (last) {
				this.frames.add(this.text.toString());
				this.text.setLength(0);
			}
			webSocket.request(1);
			return null;
		}

		@Override
		public void close() {
			this.webSocket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
		}

	}

}
