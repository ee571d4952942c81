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

package dev.realtime.operations;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A lean client of a hub that does what the official one does: it negotiates, opens a
 * WebSocket, calls, and connects again after the same delays when its connection has
 * ended.
 */
final class LoadClient {

	private static final String SEPARATOR = "\u001e";

	private static final long[] DELAYS = { 0, 2_000, 10_000, 30_000 };

	private final Load load;

	private final String query;

	// of the latest connection
	private volatile Connection connection;

	private volatile String node;

	private volatile long lostAt;

	private int attempts;

	LoadClient(Load load, String key) {
		this.load = load;
		this.query = "client=" + key;
	}

	/**
	 * Connect for the first time.
	 * @return completes with the handshake
	 */
	CompletableFuture<Void> start() {
		return negotiate().thenCompose(this::open).thenCompose(Connection::shakeHands);
	}

	private CompletableFuture<String> negotiate() {
		URI uri = URI.create(this.load.url() + "/hubs/tasks/negotiate?negotiateVersion=1&" + this.query);
		HttpRequest request = HttpRequest.newBuilder(uri)
			.POST(BodyPublishers.noBody())
			.timeout(Duration.ofSeconds(60))
			.build();
		return this.load.http().sendAsync(request, BodyHandlers.ofString()).thenApply(LoadClient::token);
	}

	private static String token(HttpResponse<String> answer) {
		if (answer.statusCode() != 200) {
			throw new IllegalStateException("Negotiation was answered with " + answer.statusCode());
		}
		return JsonMapper.shared().readTree(answer.body()).get("connectionToken").asString();
	}

	private CompletableFuture<Connection> open(String token) {
		URI uri = URI.create(this.load.url().replaceFirst("http", "ws") + "/hubs/tasks?" + this.query + "&id=" + token);
		Connection connection = new Connection();
		return this.load.http().newWebSocketBuilder().buildAsync(uri, connection).thenApply((webSocket) -> {
			connection.webSocket = webSocket;
			return connection;
		});
	}

	/**
	 * Return the name of the node that has answered last.
	 */
	String node() {
		return this.node;
	}

	boolean isConnected() {
		Connection connection = this.connection;
		return connection != null && !connection.ended;
	}

	void leave() {
		Connection connection = this.connection;
		if (connection != null) {
			connection.webSocket.abort();
		}
	}

	private void reconnect() {
		if (this.load.isOver()) {
			return;
		}
		if (this.attempts == DELAYS.length) {
			this.load.gaveUp();
			return;
		}
		long delay = DELAYS[this.attempts++];
		this.load.timer().schedule(() -> start().whenComplete((nothing, failure) -> {
			if (failure != null) {
				this.load.failed(failure);
				reconnect();
			}
			else {
				this.attempts = 0;
				this.load.reconnected(System.nanoTime() - this.lostAt);
			}
		}), delay, TimeUnit.MILLISECONDS);
	}

	/**
	 * One connection of the client.
	 */
	private final class Connection implements WebSocket.Listener {

		private final CompletableFuture<Void> opened = new CompletableFuture<>();

		private final StringBuilder text = new StringBuilder();

		private volatile WebSocket webSocket;

		private volatile boolean ended;

		private boolean sentAway;

		// guarded by 'this'
		private boolean waits;

		CompletableFuture<Void> shakeHands() {
			say("{\"protocol\":\"json\",\"version\":1}");
			return this.opened;
		}

		private void say(String message) {
			this.webSocket.sendText(message + SEPARATOR, true);
		}

		private void call() {
			synchronized (this) {
				if (this.ended || LoadClient.this.load.isOver()) {
					return;
				}
				this.waits = true;
			}
			say("{\"type\":1,\"invocationId\":\"1\",\"target\":\"work\",\"arguments\":[%d]}"
				.formatted(LoadClient.this.load.workMillis()));
		}

		@Override
		public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
			this.text.append(data);
			if (last) {
				for (String message : this.text.toString().split(SEPARATOR)) {
					received(message);
				}
				this.text.setLength(0);
			}
			webSocket.request(1);
			return null;
		}

		private void received(String message) {
			JsonNode json = JsonMapper.shared().readTree(message);
			switch (json.path("type").asInt(0)) {
				case 0 -> {
					LoadClient.this.connection = this;
					this.opened.complete(null);
					callLater(LoadClient.this.load.firstPauseMillis());
				}
				case 3 -> answered(json.path("result").asString(""));
				case 7 -> {
					this.sentAway = json.path("allowReconnect").asBoolean(false);
				}
				default -> {
				}
			}
		}

		private void answered(String node) {
			synchronized (this) {
				this.waits = false;
			}
			LoadClient.this.node = node;
			LoadClient.this.load.answered(node);
			callLater(LoadClient.this.load.pauseMillis());
		}

		private void callLater(long millis) {
			LoadClient.this.load.timer().schedule(this::call, millis, TimeUnit.MILLISECONDS);
		}

		@Override
		public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
			end(new IllegalStateException("Closed with " + statusCode));
			return null;
		}

		@Override
		public void onError(WebSocket webSocket, Throwable error) {
			end(error);
		}

		private void end(Throwable cause) {
			boolean waited;
			synchronized (this) {
				if (this.ended) {
					return;
				}
				this.ended = true;
				waited = this.waits;
			}
			if (LoadClient.this.load.isOver()) {
				return;
			}
			if (!this.opened.completeExceptionally(cause)) {
				LoadClient.this.lostAt = System.nanoTime();
				LoadClient.this.load.lost(this.sentAway, waited);
				reconnect();
			}
		}

	}

}
