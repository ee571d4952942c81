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

package dev.realtime.samples.chat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.web.util.UriUtils;

/**
 * As much of a SignalR client as these tests need: JSON over a WebSocket. The official
 * clients have tests of their own.
 */
final class TestClient implements WebSocket.Listener, AutoCloseable {

	private static final String RECORD_SEPARATOR = "\u001e";

	private final JsonMapper json = new JsonMapper();

	private final List<JsonNode> received = new CopyOnWriteArrayList<>();

	private final StringBuilder partial = new StringBuilder();

	private final AtomicInteger calls = new AtomicInteger();

	private final WebSocket webSocket;

	TestClient(int port, String name) {
		URI uri = URI
			.create("ws://localhost:" + port + "/hubs/chat?name=" + UriUtils.encode(name, StandardCharsets.UTF_8));
		this.webSocket = HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(uri, this).join();
		send(Map.of("protocol", "json", "version", 1));
		await((message) -> "welcome".equals(message.path("target").asString()));
	}

	/**
	 * Call a method and wait for its completion.
	 */
	JsonNode invoke(String target, Object... arguments) {
		String id = call(1, target, arguments);
		return await((message) -> message.path("type").asInt() == 3 && id.equals(id(message)));
	}

	/**
	 * Ask for a stream and wait for its end.
	 */
	List<String> stream(String target, Object... arguments) {
		String id = call(4, target, arguments);
		await((message) -> message.path("type").asInt() == 3 && id.equals(id(message)));
		return this.received.stream()
			.filter((message) -> message.path("type").asInt() == 2 && id.equals(id(message)))
			.map((message) -> message.path("item").asString())
			.toList();
	}

	/**
	 * Call a method that asks back, and answer.
	 */
	JsonNode invokeAndAnswer(Object answer, String target, Object... arguments) {
		String id = call(1, target, arguments);
		JsonNode question = await((message) -> message.path("type").asInt() == 1 && id(message) != null);
		send(Map.of("type", 3, "invocationId", question.path("invocationId").asString(), "result", answer));
		return await((message) -> message.path("type").asInt() == 3 && id.equals(id(message)));
	}

	/**
	 * Wait until the server has called a method with these first arguments.
	 */
	JsonNode awaitCall(String target, Object... arguments) {
		return await((message) -> isCall(message, target, arguments));
	}

	boolean hasCall(String target, Object... arguments) {
		return this.received.stream().anyMatch((message) -> isCall(message, target, arguments));
	}

	private boolean isCall(JsonNode message, String target, Object... arguments) {
		if (!target.equals(message.path("target").asString())) {
			return false;
		}
		for (int i = 0; i < arguments.length; i++) {
			if (!arguments[i].equals(message.path("arguments").path(i).asString())) {
				return false;
			}
		}
		return true;
	}

	private JsonNode await(Predicate<JsonNode> condition) {
		return Awaitility.await()
			.until(() -> this.received.stream().filter(condition).findFirst().orElse(null),
					(message) -> message != null);
	}

	private String call(int type, String target, Object... arguments) {
		String id = String.valueOf(this.calls.incrementAndGet());
		send(Map.of("type", type, "invocationId", id, "target", target, "arguments", arguments));
		return id;
	}

	private void send(Map<String, ?> message) {
		this.webSocket.sendText(this.json.writeValueAsString(message) + RECORD_SEPARATOR, true).join();
	}

	@Override
	public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
		this.partial.append(data);
		int end;
		while ((end = this.partial.indexOf(RECORD_SEPARATOR)) >= 0) {
			this.received.add(this.json.readTree(this.partial.substring(0, end)));
			this.partial.delete(0, end + 1);
		}
		webSocket.request(1);
		return null;
	}

	@Override
	public void close() {
		this.webSocket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
	}

	private static String id(JsonNode message) {
		return message.path("invocationId").asString(null);
	}

}
