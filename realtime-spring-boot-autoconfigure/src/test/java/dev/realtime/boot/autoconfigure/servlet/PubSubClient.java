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

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client of Web PubSub that shows the text it receives.
 */
public final class PubSubClient implements AutoCloseable {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final HttpClient HTTP = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

	private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

	private final BlockingQueue<byte[]> receivedBinary = new LinkedBlockingQueue<>();

	private final CompletableFuture<Integer> closed = new CompletableFuture<>();

	private final WebSocket webSocket;

	/**
	 * Connect.
	 * @param url the URL, of any scheme
	 * @param subprotocols the subprotocols to offer
	 */
	public PubSubClient(URI url, String... subprotocols) {
		this(HTTP, url, subprotocols);
	}

	/**
	 * Connect.
	 * @param http connects
	 * @param url the URL, of any scheme
	 * @param subprotocols the subprotocols to offer
	 */
	PubSubClient(HttpClient http, URI url, String... subprotocols) {
		WebSocket.Builder builder = http.newWebSocketBuilder();
		if (subprotocols.length > 0) {
			builder.subprotocols(subprotocols[0]);
		}
		this.webSocket = connect(builder, url, new Listener());
	}

	/**
	 * Try to connect.
	 * @param url the URL, of any scheme
	 * @param headers names and values of headers to send
	 * @return the status
	 */
	public static int status(URI url, String... headers) {
		WebSocket.Builder builder = HTTP.newWebSocketBuilder();
		for (int i = 0; i < headers.length; i += 2) {
			builder.header(headers[i], headers[i + 1]);
		}
		try {
			connect(builder, url, new WebSocket.Listener() {
			}).abort();
			return 101;
		}
		catch (CompletionException ex) {
			if (ex.getCause() instanceof WebSocketHandshakeException refused) {
				return refused.getResponse().statusCode();
			}
			throw ex;
		}
	}

	private static WebSocket connect(WebSocket.Builder builder, URI url, WebSocket.Listener listener) {
		return builder.buildAsync(URI.create(url.toString().replaceFirst("^http", "ws")), listener).join();
	}

	public void send(String text) {
		this.webSocket.sendText(text, true).join();
	}

	public void sendBinary(byte[] bytes) {
		this.webSocket.sendBinary(ByteBuffer.wrap(bytes), true).join();
	}

	/**
	 * Wait for a text message.
	 */
	public String next() {
		return next(this.received);
	}

	/**
	 * Wait for a binary message.
	 */
	public byte[] nextBinary() {
		return next(this.receivedBinary);
	}

	private static <T> T next(BlockingQueue<T> received) {
		try {
			T message = received.poll(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
			assertThat(message).as("a message").isNotNull();
			return message;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Wait for the end.
	 * @return the status of the close frame
	 */
	public int closed() {
		return this.closed.orTimeout(TIMEOUT.toSeconds(), TimeUnit.SECONDS).join();
	}

	/**
	 * Drop the socket without a word.
	 */
	public void abort() {
		this.webSocket.abort();
	}

	@Override
	public void close() {
		this.webSocket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
		closed();
	}

	private final class Listener implements WebSocket.Listener {

		private final StringBuilder text = new StringBuilder();

		private final ByteArrayOutputStream binary = new ByteArrayOutputStream();

		@Override
		public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
			this.text.append(data);
			if (last) {
				PubSubClient.this.received.add(this.text.toString());
				this.text.setLength(0);
			}
			webSocket.request(1);
			return null;
		}

		@Override
		public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
			byte[] bytes = new byte[data.remaining()];
			data.get(bytes);
			this.binary.writeBytes(bytes);
			if (last) {
				PubSubClient.this.receivedBinary.add(this.binary.toByteArray());
				this.binary.reset();
			}
			webSocket.request(1);
			return null;
		}

		@Override
		public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
			PubSubClient.this.closed.complete(statusCode);
			return null;
		}

		@Override
		public void onError(WebSocket webSocket, Throwable error) {
			PubSubClient.this.closed.completeExceptionally(error);
		}

	}

}
