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

import java.io.IOException;
import java.io.InputStream;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client that speaks as much of the protocol as these tests need.
 */
public final class TestClient {

	private static final String SEPARATOR = "\u001e";

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private final HttpClient http;

	private final URI hub;

	private final BlockingQueue<JsonNode> received = new LinkedBlockingQueue<>();

	private final CompletableFuture<Integer> closed = new CompletableFuture<>();

	private String query = "";

	private WebSocket webSocket;

	private String token;

	private int invocations;

	public TestClient(URI hub) {
		this(hub, HttpClient.newBuilder());
	}

	TestClient(URI hub, HttpClient.Builder http) {
		this.hub = hub;
		this.http = http.cookieHandler(new CookieManager()).connectTimeout(TIMEOUT).build();
	}

	/**
	 * Add a query to everything that is sent.
	 */
	public TestClient query(String query) {
		this.query = query;
		return this;
	}

	public HttpResponse<String> get(String path) {
		return send(HttpRequest.newBuilder(this.hub.resolve(path)).GET());
	}

	public HttpResponse<String> post(String path, String body) {
		return send(HttpRequest.newBuilder(this.hub.resolve(path))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(BodyPublishers.ofString(body)));
	}

	public HttpResponse<String> send(HttpRequest.Builder request) {
		try {
			return this.http.send(request.timeout(TIMEOUT).build(), BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Send a request and do not wait for the body of the answer.
	 * @return the status
	 */
	public int start(HttpRequest.Builder request) {
		HttpResponse<InputStream> response = this.http
			.sendAsync(request.timeout(TIMEOUT).build(), BodyHandlers.ofInputStream())
			.join();
		try {
			response.body().close();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		return response.statusCode();
	}

	/**
	 * Try to open a WebSocket.
	 * @return the status
	 */
	public int upgrade(String query) {
		URI uri = URI.create(this.hub.toString().replaceFirst("http", "ws") + "?" + query);
		try {
			this.http.newWebSocketBuilder().buildAsync(uri, new Listener()).join().abort();
			return 101;
		}
		catch (CompletionException ex) {
			if (ex.getCause() instanceof WebSocketHandshakeException refused) {
				return refused.getResponse().statusCode();
			}
			throw ex;
		}
	}

	public HttpResponse<String> negotiate(String... headers) {
		HttpRequest.Builder request = HttpRequest
			.newBuilder(URI.create(this.hub + "/negotiate?negotiateVersion=1" + appended()))
			.POST(BodyPublishers.noBody());
		return send((headers.length > 0) ? request.headers(headers) : request);
	}

	/**
	 * Negotiate, open a WebSocket and shake hands.
	 */
	public TestClient connect() {
		HttpResponse<String> answer = negotiate();
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		this.token = JsonMapper.shared().readTree(answer.body()).get("connectionToken").asString();
		URI uri = URI.create(this.hub.toString().replaceFirst("http", "ws") + "?id=" + this.token + appended());
		this.webSocket = this.http.newWebSocketBuilder().buildAsync(uri, new Listener()).join();
		say("{\"protocol\":\"json\",\"version\":1}");
		assertThat(next()).isEmpty();
		return this;
	}

	/**
	 * Return the secret token of the connection.
	 */
	public String token() {
		return this.token;
	}

	private String appended() {
		return this.query.isEmpty() ? "" : "&" + this.query;
	}

	/**
	 * Call a method and wait for its completion.
	 */
	public JsonNode invoke(String method, Object... arguments) {
		return complete(call(1, method, arguments));
	}

	/**
	 * Call a method with headers and wait for its completion.
	 */
	public JsonNode invoke(Map<String, String> headers, String method) {
		String id = String.valueOf(++this.invocations);
		say("{\"type\":1,\"headers\":%s,\"invocationId\":\"%s\",\"target\":\"%s\",\"arguments\":[]}"
			.formatted(JsonMapper.shared().writeValueAsString(headers), id, method));
		return complete(id);
	}

	/**
	 * Call a method and do not wait.
	 * @return the id of the call
	 */
	public String begin(String method, Object... arguments) {
		return call(1, method, arguments);
	}

	/**
	 * Call a method that returns a stream.
	 * @return the id of the call
	 */
	public String stream(String method, Object... arguments) {
		return call(4, method, arguments);
	}

	private String call(int type, String method, Object... arguments) {
		String id = String.valueOf(++this.invocations);
		say("{\"type\":%d,\"invocationId\":\"%s\",\"target\":\"%s\",\"arguments\":%s}".formatted(type, id, method,
				JsonMapper.shared().writeValueAsString(arguments)));
		return id;
	}

	private JsonNode complete(String id) {
		JsonNode message = next();
		while (!id.equals(message.path("invocationId").asString(""))) {
			message = next();
		}
		return message;
	}

	private void say(String message) {
		this.webSocket.sendText(message + SEPARATOR, true).join();
	}

	/**
	 * Tell the server that the client is there.
	 */
	public void ping() {
		say("{\"type\":6}");
	}

	/**
	 * Wait for a message.
	 */
	public JsonNode next() {
		try {
			JsonNode message = this.received.poll(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
			assertThat(message).as("a message").isNotNull();
			return message;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Wait for the end of the WebSocket.
	 * @return its status
	 */
	public int closed() {
		return this.closed.orTimeout(TIMEOUT.toSeconds(), TimeUnit.SECONDS).join();
	}

	public boolean isClosed() {
		return this.closed.isDone();
	}

	public void close() {
		this.webSocket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
		closed();
	}

	private final class Listener implements WebSocket.Listener {

		private final StringBuilder text = new StringBuilder();

		@Override
		public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
			this.text.append(data);
			if (last) {
				for (String message : this.text.toString().split(SEPARATOR)) {
					TestClient.this.received.add(JsonMapper.shared().readTree(message));
				}
				this.text.setLength(0);
			}
			webSocket.request(1);
			return null;
		}

		@Override
		public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
			TestClient.this.closed.complete(statusCode);
			return null;
		}

		@Override
		public void onError(WebSocket webSocket, Throwable error) {
			TestClient.this.closed.completeExceptionally(error);
		}

	}

}
