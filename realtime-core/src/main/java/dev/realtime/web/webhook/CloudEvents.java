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

package dev.realtime.web.webhook;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

import dev.realtime.event.ClientEventConnection;
import dev.realtime.event.ConnectEventRequest;
import dev.realtime.event.UserEventRequest;
import dev.realtime.protocol.JsonText;
import dev.realtime.protocol.ServerMessage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Describes events as CloudEvents (Web PubSub, CloudEvents HTTP binding).
 */
final class CloudEvents {

	/**
	 * The version of the binding. Handlers ignore requests that do not name it.
	 */
	static final String VERSION_HEADER = "ce-awpsversion";

	static final String VERSION = "1.0";

	static final String STATE_HEADER = "ce-connectionState";

	private static final String CONTENT_TYPE = "Content-Type";

	private static final String JSON = "application/json; charset=utf-8";

	private static final byte[] NO_DATA = { '{', '}' };

	private final InstantSource clock;

	private final Function<String, @Nullable String> signatures;

	private final WebhookObserver observer;

	CloudEvents(InstantSource clock, Function<String, @Nullable String> signatures, WebhookObserver observer) {
		this.observer = observer;
		this.clock = clock;
		this.signatures = signatures;
	}

	CloudEvent connect(ConnectEventRequest request, ClientEventConnection connection) {
		Map<String, String> headers = headers(SystemEvent.CONNECT.type(), SystemEvent.CONNECT.wireName(), 0, connection,
				request.userId());
		headers.put(CONTENT_TYPE, JSON);
		return event(SystemEvent.CONNECT.wireName(), connection, headers, ConnectBody.of(request));
	}

	CloudEvent connected(ClientEventConnection connection) {
		return systemEvent(SystemEvent.CONNECTED, SystemEvent.CONNECTED.wireName(), connection, NO_DATA);
	}

	CloudEvent disconnected(ClientEventConnection connection, @Nullable String reason) {
		Map<String, String> data = (reason != null) ? Map.of("reason", reason) : Map.of();
		return systemEvent(SystemEvent.DISCONNECTED, SystemEvent.DISCONNECTED.wireName(), connection, json(data));
	}

	CloudEvent group(SystemEvent event, ClientEventConnection connection, String group) {
		return systemEvent(event, new Object(), connection, json(Map.of("group", group)));
	}

	CloudEvent user(UserEventRequest request, ClientEventConnection connection) {
		ServerMessage.Data data = request.data();
		String name = request.event();
		Map<String, String> headers = headers("azure.webpubsub.user." + name, name,
				WebhookState.of(connection).idOf(request), connection, connection.userId());
		putSubprotocol(headers, connection);
		data.metadata()
			.forEach((key, value) -> headers.put(EventRequests.METADATA_PREFIX + key, HeaderValues.encode(value)));
		headers.put(CONTENT_TYPE, contentType(data.dataType()));
		return event(name, connection, headers, payload(data));
	}

	private CloudEvent systemEvent(SystemEvent event, Object identity, ClientEventConnection connection, byte[] body) {
		Map<String, String> headers = headers(event.type(), event.wireName(),
				WebhookState.of(connection).idOf(identity), connection, connection.userId());
		putSubprotocol(headers, connection);
		headers.put(CONTENT_TYPE, JSON);
		return event(event.wireName(), connection, headers, body);
	}

	private Map<String, String> headers(String type, String name, long id, ClientEventConnection connection,
			@Nullable String userId) {
		String hub = hub(connection);
		String connectionId = connection.connectionId();
		Map<String, String> headers = new LinkedHashMap<>();
		headers.put("ce-specversion", "1.0");
		headers.put(VERSION_HEADER, VERSION);
		headers.put("ce-type", HeaderValues.encode(type));
		headers.put("ce-source", HeaderValues.encode("/hubs/" + hub + "/client/" + connectionId));
		headers.put("ce-id", Long.toString(id));
		headers.put("ce-time", this.clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
		put(headers, "ce-signature", WebhookState.of(connection).signature(connectionId, this.signatures));
		if (userId != null && !userId.isEmpty()) {
			put(headers, "ce-userId", userId);
		}
		put(headers, "ce-connectionId", connectionId);
		put(headers, "ce-hub", hub);
		put(headers, "ce-eventName", name);
		put(headers, STATE_HEADER, connection.state());
		return headers;
	}

	private static void putSubprotocol(Map<String, String> headers, ClientEventConnection connection) {
		put(headers, "ce-subprotocol", connection.subprotocol());
	}

	private static void put(Map<String, String> headers, String name, @Nullable String value) {
		if (value != null) {
			headers.put(name, HeaderValues.encode(value));
		}
	}

	private CloudEvent event(String name, ClientEventConnection connection, Map<String, String> headers, byte[] body) {
		return new CloudEvent(name, hub(connection), connection.connectionId(), headers, body,
				WebhookState.of(connection), this.observer.current());
	}

	private static String hub(ClientEventConnection connection) {
		return connection.hub().toLowerCase(Locale.ROOT);
	}

	private static String contentType(ServerMessage.DataType type) {
		return switch (type) {
			case TEXT -> "text/plain";
			case JSON -> "application/json";
			case BINARY -> "application/octet-stream";
			case PROTOBUF -> "application/x-protobuf";
		};
	}

	private static byte[] payload(ServerMessage.Data data) {
		Object payload = data.payload();
		if (payload instanceof JsonText json) {
			return json.utf8();
		}
		return switch (data.dataType()) {
			case TEXT -> String.valueOf(payload).getBytes(StandardCharsets.UTF_8);
			case JSON -> json(payload);
			case BINARY, PROTOBUF -> (payload instanceof byte[] bytes) ? bytes : new byte[0];
		};
	}

	private static byte[] json(@Nullable Object value) {
		return JsonMapper.shared().writeValueAsBytes(value);
	}

}
