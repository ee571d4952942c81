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
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

import dev.realtime.protocol.TransportType;
import dev.realtime.web.ClientFrames;
import dev.realtime.web.TestServer;
import dev.realtime.web.TestServer.RawClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client of a hub over a real socket, whatever the transport, that reads only when it
 * is asked to. Single quotes stand for double quotes.
 */
abstract class SocketClient implements AutoCloseable {

	private static final String SEPARATOR = "\u001e";

	final TestServer server;

	final String path;

	final String token;

	private final StringBuilder unread = new StringBuilder();

	private CompletableFuture<?> posted = CompletableFuture.completedFuture(null);

	private SocketClient(TestServer server, String hubPath) {
		this.server = server;
		this.token = server.negotiate(hubPath);
		this.path = hubPath + "?id=" + this.token;
	}

	/**
	 * Connect and shake hands.
	 */
	static SocketClient connect(TestServer server, String hubPath, TransportType transport) throws IOException {
		SocketClient client = switch (transport) {
			case WEB_SOCKETS -> new WebSocketClient(server, hubPath);
			case SERVER_SENT_EVENTS -> new EventsClient(server, hubPath);
			case LONG_POLLING -> new PollingClient(server, hubPath);
		};
		client.send("{'protocol':'json','version':1}");
		assertThat(client.next()).isEqualTo("{}");
		return client;
	}

	abstract void write(String text) throws IOException;

	abstract String read() throws IOException;

	/**
	 * Go away without a word.
	 */
	abstract void lose() throws IOException;

	@Override
	public abstract void close() throws IOException;

	void send(String... records) throws IOException {
		StringBuilder text = new StringBuilder();
		for (String record : records) {
			text.append(record.replace('\'', '"')).append(SEPARATOR);
		}
		write(text.toString());
	}

	String next() throws IOException {
		int end = this.unread.indexOf(SEPARATOR);
		while (end == -1) {
			int searched = this.unread.length();
			this.unread.append(read());
			end = this.unread.indexOf(SEPARATOR, searched);
		}
		String record = this.unread.substring(0, end).replace('"', '\'');
		this.unread.delete(0, end + 1);
		return record;
	}

	// the answer waits while the client does not take what is sent to it
	void post(String text) {
		this.posted.join();
		this.posted = this.server.sendAsync("POST", this.path, text);
	}

	private static final class WebSocketClient extends SocketClient {

		private final RawClient raw;

		WebSocketClient(TestServer server, String hubPath) {
			super(server, hubPath);
			this.raw = server.rawWebSocket(this.path);
		}

		@Override
		void write(String text) throws IOException {
			this.raw.write(ClientFrames.text(text));
		}

		@Override
		String read() throws IOException {
			byte[] frame = this.raw.readFrame();
			assertThat(frame[0] & 0x7f).as("opcode").isLessThanOrEqualTo(1);
			return new String(frame, 1, frame.length - 1, StandardCharsets.UTF_8);
		}

		@Override
		void lose() throws IOException {
			this.raw.reset();
		}

		@Override
		public void close() throws IOException {
			this.raw.close();
		}

	}

	private static final class EventsClient extends SocketClient {

		private final RawClient raw;

		EventsClient(TestServer server, String hubPath) throws IOException {
			super(server, hubPath);
			this.raw = server
				.raw("GET " + this.path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n\r\n");
			this.raw.readUntil("\r\n\r\n");
		}

		@Override
		void write(String text) {
			post(text);
		}

		@Override
		String read() throws IOException {
			String length = this.raw.readUntil("\r\n").trim();
			if (length.isEmpty()) {
				// the end of the chunk before, which Jetty sends with the next one
				length = this.raw.readUntil("\r\n").trim();
			}
			String chunk = new String(this.raw.read(Integer.parseInt(length, 16)), StandardCharsets.UTF_8);
			// records contain no line breaks, nor any of this
			return chunk.replace("data: ", "").replace("\r\n", "").replaceFirst("^:", "");
		}

		@Override
		void lose() throws IOException {
			this.raw.reset();
		}

		@Override
		public void close() throws IOException {
			this.raw.close();
		}

	}

	private static final class PollingClient extends SocketClient {

		PollingClient(TestServer server, String hubPath) {
			super(server, hubPath);
			assertThat(read()).isEmpty();
		}

		@Override
		void write(String text) {
			post(text);
		}

		@Override
		String read() {
			return this.server.send("GET", this.path, null).body();
		}

		// as a client that does not poll any more, without waiting for its time
		@Override
		void lose() {
			this.server.registry.onHeartbeat(System.nanoTime() + 16_000_000_000L);
		}

		@Override
		public void close() {
			this.server.send("DELETE", this.path, null);
		}

	}

}
