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

package dev.realtime.samples.notifications;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An open page: as much of a client as these tests need, over one protocol or the other.
 * The official clients are in the pages.
 */
final class TestDevice implements WebSocket.Listener, AutoCloseable {

	private static final String RECORD_SEPARATOR = "\u001e";

	private final JsonMapper json = new JsonMapper();

	private final List<JsonNode> calls = new CopyOnWriteArrayList<>();

	private final StringBuilder partial = new StringBuilder();

	private final Protocol protocol;

	private final WebSocket webSocket;

	private volatile boolean closed;

	TestDevice(HttpClient http, URI uri, Protocol protocol) {
		this.protocol = protocol;
		WebSocket.Builder builder = http.newWebSocketBuilder();
		if (protocol == Protocol.WEB_PUBSUB) {
			builder.subprotocols("json.webpubsub.azure.v1");
		}
		this.webSocket = builder.buildAsync(uri, this).join();
		if (protocol == Protocol.SIGNALR) {
			send(Map.of("protocol", "json", "version", 1));
		}
		await("inbox");
	}

	void markRead(long... ids) {
		call("markRead", Arrays.stream(ids).boxed().toList());
	}

	void markAllRead() {
		call("markAllRead");
	}

	/**
	 * An only list is the list of arguments of an event, if the method takes no list.
	 */
	private void call(String method, Object... arguments) {
		if (this.protocol == Protocol.SIGNALR) {
			send(Map.of("type", 1, "target", method, "arguments", arguments));
		}
		else {
			Object data = (arguments.length == 1) ? arguments[0] : arguments;
			send(Map.of("type", "event", "event", method, "dataType", "json", "data", data));
		}
	}

	/**
	 * Wait for a call of the server, and return its argument.
	 */
	JsonNode await(String target) {
		return Awaitility.await().until(() -> last(target), (argument) -> !argument.isMissingNode());
	}

	/**
	 * Wait for a notification, and return it.
	 */
	JsonNode awaitNotification(String text) {
		return Awaitility.await()
			.until(() -> notifications().stream()
				.filter((notification) -> text.equals(notification.path("text").asString()))
				.findFirst()
				.orElse(null), (notification) -> notification != null);
	}

	/**
	 * Wait until so many notifications were marked as read at once, and return their ids.
	 */
	List<Long> awaitRead(int number) {
		return Awaitility.await()
			.until(() -> last("notificationsRead"), (ids) -> ids.size() == number)
			.valueStream()
			.map(JsonNode::asLong)
			.toList();
	}

	boolean has(String target) {
		return !arguments(target).isEmpty();
	}

	List<String> texts() {
		return notifications().stream().map((notification) -> notification.path("text").asString()).toList();
	}

	JsonNode inbox() {
		return last("inbox").path("notifications");
	}

	private List<JsonNode> notifications() {
		return arguments("notificationReceived");
	}

	private JsonNode last(String target) {
		List<JsonNode> arguments = arguments(target);
		return arguments.isEmpty() ? this.json.missingNode() : arguments.get(arguments.size() - 1);
	}

	private List<JsonNode> arguments(String target) {
		return this.calls.stream()
			.filter((call) -> target.equals(call.path("target").asString()))
			.map((call) -> call.path("arguments").path(0))
			.toList();
	}

	void awaitEnd() {
		Awaitility.await().until(() -> this.closed);
	}

	private void send(Map<String, ?> message) {
		String text = this.json.writeValueAsString(message);
		this.webSocket.sendText((this.protocol == Protocol.SIGNALR) ? text + RECORD_SEPARATOR : text, true).join();
	}

	@Override
	public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
		this.partial.append(data);
		if (last) {
			for (String message : this.partial.toString().split(RECORD_SEPARATOR)) {
				JsonNode received = this.json.readTree(message);
				this.calls.add((this.protocol == Protocol.SIGNALR) ? received : received.path("data"));
			}
			this.partial.setLength(0);
		}
		webSocket.request(1);
		return null;
	}

	@Override
	public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
		this.closed = true;
		return null;
	}

	@Override
	public void close() {
		this.webSocket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
	}

	enum Protocol {

		SIGNALR, WEB_PUBSUB

	}

}
