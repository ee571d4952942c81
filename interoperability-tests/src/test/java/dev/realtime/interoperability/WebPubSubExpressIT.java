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
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.realtime.event.ClientEventConnection;
import dev.realtime.event.ClientEventHandler;
import dev.realtime.event.ConnectEventRequest;
import dev.realtime.event.ConnectEventResponse;
import dev.realtime.event.ConnectRejectedException;
import dev.realtime.event.UserEventRequest;
import dev.realtime.event.UserEventResponse;
import dev.realtime.protocol.HubHandshake;
import dev.realtime.protocol.JsonText;
import dev.realtime.protocol.ServerMessage.Data;
import dev.realtime.protocol.ServerMessage.DataType;
import dev.realtime.web.AccessKeys;
import dev.realtime.web.webhook.SystemEvent;
import dev.realtime.web.webhook.Webhook;
import dev.realtime.web.webhook.WebhookException;
import dev.realtime.web.webhook.Webhooks;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Webhooks against {@code @azure/web-pubsub-express}.
 */
class WebPubSubExpressIT {

	private static final AccessKeys KEYS = AccessKeys.of("0123456789abcdef0123456789abcdef",
			"fedcba9876543210fedcba9876543210");

	private static ExpressUpstream upstream;

	private static Webhooks webhooks;

	private final ClientEventHandler handler = webhooks.handler();

	private final Connection connection = new Connection("c1", "ann", null, null, handshake(Map.of()));

	@BeforeAll
	static void start() {
		upstream = ExpressUpstream.start("chat", "https://chat.example.com:8443");
		webhooks = webhooks("chat.example.com:8443");
	}

	private static Webhooks webhooks(String origin) {
		return Webhooks.builder()
			.handler("Chat",
					Webhook.to(upstream.url() + "?code={event}")
						.userEvents("*")
						.systemEvents(EnumSet.allOf(SystemEvent.class)))
			.accessKeys(KEYS)
			.origins(List.of(origin))
			.build();
	}

	@AfterAll
	static void stop() {
		webhooks.close();
		upstream.close();
	}

	@Test
	void connectIsAccepted() {
		HubHandshake handshake = handshake(Map.of("room", "a"));
		ConnectEventResponse response = get(this.handler.connect(new ConnectEventRequest("Chat", "c1", "ann", null,
				handshake, Map.of("sub", List.of("ann"), "role", List.of("r1", "r2")),
				List.of("mine", "json.webpubsub.azure.v1")), this.connection));
		assertThat(response.userId()).isEqualTo("ann@express");
		assertThat(response.groups()).containsExactly("lobby", "news");
		assertThat(response.roles()).containsExactly("webpubsub.sendToGroup.lobby");
		assertThat(response.subprotocol()).isEqualTo("json.webpubsub.azure.v1");
		assertThat(response.state()).isNotEmpty();
		JsonNode told = upstream.next();
		assertThat(told.at("/origin").asString()).isEqualTo("chat.example.com:8443");
		assertThat(told.at("/signature").asString())
			.isEqualTo("sha256=" + String.join(",sha256=", KEYS.signatures("c1")));
		assertThat(told.at("/context/hub").asString()).isEqualTo("chat");
		assertThat(told.at("/context/connectionId").asString()).isEqualTo("c1");
		assertThat(told.at("/event/claims/role/1").asString()).isEqualTo("r2");
		assertThat(told.at("/event/queries/room/0").asString()).isEqualTo("a");
		assertThat(told.at("/event/headers/User-Agent/0").asString()).isEqualTo("test");
		assertThat(told.at("/event/subprotocols").size()).isEqualTo(2);
	}

	@Test
	void connectIsRejected() {
		ConnectEventRequest request = new ConnectEventRequest("Chat", "c1", "ann", null,
				handshake(Map.of("reject", "403")));
		assertThatExceptionOfType(ConnectRejectedException.class)
			.isThrownBy(() -> get(this.handler.connect(request, this.connection)))
			.satisfies((rejection) -> {
				assertThat(rejection.getStatus()).isEqualTo(403);
				assertThat(rejection.getText()).isNull();
			});
		upstream.next();
	}

	@Test
	void repliesAreOfTheKindOfTheEvent() {
		assertThat(ask("echo", DataType.TEXT, "grüß").reply()).isEqualTo(data(DataType.TEXT, "grüß"));
		assertThat(ask("echo", DataType.JSON, JsonText.of("[1,null]".getBytes())).reply())
			.isEqualTo(data(DataType.JSON, JsonText.of("{\"echo\":[1,null]}".getBytes())));
		Data binary = ask("echo", DataType.BINARY, new byte[] { 0, (byte) 0xff }).reply();
		assertThat(binary.dataType()).isEqualTo(DataType.BINARY);
		assertThat((byte[]) binary.payload()).containsExactly(0, 0xff);
		for (String dataType : List.of("text", "json", "binary")) {
			assertThat(upstream.next().at("/event/dataType").asString()).isEqualTo(dataType);
		}
	}

	@Test
	void stateGoesThereAndBack() {
		ConnectEventResponse connected = get(this.handler
			.connect(new ConnectEventRequest("Chat", "c1", "ann", null, this.connection.handshake()), this.connection));
		UserEventResponse first = ask(this.connection.withState(connected.state()), "count", DataType.TEXT, "x");
		UserEventResponse second = ask(this.connection.withState(first.state()), "count", DataType.TEXT, "x");
		assertThat(second.reply()).isEqualTo(data(DataType.TEXT, "2"));
		assertThat(ask(this.connection.withState(second.state()), "echo", DataType.TEXT, "x").state()).isNull();
		upstream.next();
		assertThat(upstream.next().at("/context/states/events").asInt()).isZero();
		assertThat(upstream.next().at("/context/states/events").asInt()).isOne();
		assertThat(upstream.next().at("/context/states/events").asInt()).isEqualTo(2);
	}

	@Test
	void eventFails() {
		assertThatExceptionOfType(WebhookException.class).isThrownBy(() -> ask("fail", DataType.TEXT, "x"))
			.withMessage("The answer has status 422");
		upstream.next();
	}

	@Test
	void isToldOfConnectionsAndGroups() {
		this.handler.connected(this.connection);
		assertThat(next("connected").at("/context/userId").asString()).isEqualTo("ann");
		this.handler.joined(this.connection, "lobby");
		assertThat(next("joined").at("/event/group").asString()).isEqualTo("lobby");
		this.handler.left(this.connection, "lobby");
		assertThat(next("left").at("/event/group").asString()).isEqualTo("lobby");
		this.handler.disconnected(this.connection, "bye");
		assertThat(next("disconnected").at("/event/reason").asString()).isEqualTo("bye");
	}

	private static JsonNode next(String event) {
		JsonNode told = upstream.next();
		assertThat(told.at("/context/eventName").asString()).isEqualTo(event);
		return told;
	}

	@Test
	void nothingIsSentWithoutPermission() {
		try (Webhooks others = webhooks("other.example.com")) {
			assertThatExceptionOfType(WebhookException.class)
				.isThrownBy(() -> get(others.handler()
					.userEvent(new UserEventRequest("echo", data(DataType.TEXT, "x")), this.connection)))
				.withMessageContaining("does not allow events of other.example.com");
		}
	}

	private UserEventResponse ask(String event, DataType type, Object payload) {
		return ask(this.connection, event, type, payload);
	}

	private UserEventResponse ask(Connection connection, String event, DataType type, Object payload) {
		return get(this.handler.userEvent(new UserEventRequest(event, data(type, payload)), connection));
	}

	private static Data data(DataType type, Object payload) {
		return new Data(null, null, type, payload, Map.of());
	}

	private static HubHandshake handshake(Map<String, String> parameters) {
		MultiValueMap<String, String> query = new LinkedMultiValueMap<>();
		query.setAll(parameters);
		MultiValueMap<String, String> headers = new LinkedMultiValueMap<>();
		headers.add("User-Agent", "test");
		return new HubHandshake(URI.create("https://chat.example.com/client/hubs/chat"), query, headers,
				new LinkedMultiValueMap<>(), null, new ConcurrentHashMap<>());
	}

	private static <T> T get(CompletionStage<T> stage) {
		try {
			return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof RuntimeException failure) ? failure : new IllegalStateException(ex);
		}
		catch (InterruptedException | TimeoutException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private record Connection(String connectionId, String userId, String subprotocol, String state,
			HubHandshake handshake) implements ClientEventConnection {

		@Override
		public String hub() {
			return "Chat";
		}

		Connection withState(String state) {
			return new Connection(this.connectionId, this.userId, this.subprotocol, state, this.handshake);
		}

	}

}
