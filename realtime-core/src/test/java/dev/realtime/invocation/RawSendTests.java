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

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

import dev.realtime.protocol.TransferFormat;
import dev.realtime.raw.ConnectionController;
import dev.realtime.raw.RawConnection;
import dev.realtime.raw.RawConnectionHandler;
import dev.realtime.web.ClientFrames;
import dev.realtime.web.TestEngine;
import dev.realtime.web.TestServer.RawClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for what a {@link RawConnection} sends, and in which format.
 */
class RawSendTests {

	private static final RawServer server = new RawServer(TestEngine.NETTY_ON_TOMCAT, Greeter.class);

	private static final byte[] NO_TEXT = { 1, (byte) 0xFF };

	@AfterAll
	static void stop() {
		server.close();
	}

	@Test
	void bytesAreBinaryUntilTheClientSendsText() throws Exception {
		try (RawClient client = server.web.rawWebSocket("/greet")) {
			RawConnection connection = connection();
			assertThat(connection.transferFormat()).isEqualTo(TransferFormat.BINARY);
			ByteBuffer buffer = ByteBuffer.wrap(new byte[] { 9, 1, (byte) 0xFF, 9 }, 1, 2);
			assertThat(connection.send(buffer)).isTrue();
			assertThat(client.readFrame()).containsExactly(0x80 | ClientFrames.BINARY, 1, 0xFF);
			assertThat(buffer.remaining()).isEqualTo(2);
			client.write(ClientFrames.text("x"));
			assertThat(client.readText(1)).isEqualTo("x");
			assertThat(connection.transferFormat()).isEqualTo(TransferFormat.TEXT);
			assertThatIllegalArgumentException().isThrownBy(() -> connection.send(ByteBuffer.wrap(NO_TEXT)))
				.withMessageContaining("UTF-8");
			assertThat(connection.send(ByteBuffer.wrap(NO_TEXT), TransferFormat.BINARY)).isTrue();
			assertThat(client.readFrame()).containsExactly(0x80 | ClientFrames.BINARY, 1, 0xFF);
		}
	}

	@Test
	void textIsText() throws Exception {
		try (RawClient client = server.web.rawWebSocket("/greet")) {
			RawConnection connection = connection();
			connection.send("ä");
			assertThat(client.readFrame()).isEqualTo(frame(ClientFrames.TEXT, "ä"));
			connection.send(ByteBuffer.wrap("ö".getBytes(StandardCharsets.UTF_8)), TransferFormat.TEXT);
			assertThat(client.readFrame()).isEqualTo(frame(ClientFrames.TEXT, "ö"));
			client.write(ClientFrames.frame(ClientFrames.LAST | ClientFrames.BINARY, "b"));
			assertThat(client.readFrame()).isEqualTo(frame(ClientFrames.BINARY, "b"));
			connection.send("ü");
			assertThat(client.readFrame()).isEqualTo(frame(ClientFrames.TEXT, "ü"));
		}
	}

	@Test
	void buffersMayBeUsedAgain() throws Exception {
		try (RawClient client = server.web.rawWebSocket("/greet")) {
			RawConnection connection = connection();
			byte[] bytes = new byte[1];
			for (int i = 0; i < 100; i++) {
				bytes[0] = (byte) i;
				connection.send(ByteBuffer.wrap(bytes));
			}
			for (int i = 0; i < 100; i++) {
				assertThat(client.readFrame()[1]).isEqualTo((byte) i);
			}
		}
	}

	@Test
	void eventsAreText() throws Exception {
		String token = server.web.negotiate("/greet");
		try (RawClient events = server.web
			.raw("GET /greet?id=" + token + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n\r\n")) {
			RawConnection connection = connection();
			assertThat(connection.transferFormat()).isEqualTo(TransferFormat.TEXT);
			assertThatIllegalArgumentException()
				.isThrownBy(() -> connection.send(ByteBuffer.wrap(NO_TEXT), TransferFormat.BINARY));
			connection.send(ByteBuffer.wrap(new byte[] { 'a', '\r', 'b' }), TransferFormat.BINARY);
			assertThat(events.readUntil("b\r\n\r\n")).endsWith("data: a\r\ndata: b\r\n\r\n");
		}
	}

	private static byte[] frame(int opcode, String payload) {
		byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
		return ByteBuffer.allocate(1 + bytes.length).put((byte) (ClientFrames.LAST | opcode)).put(bytes).array();
	}

	private static RawConnection connection() {
		Greeter greeter = server.bean(Greeter.class);
		RawConnection connection = greeter.latest.join();
		greeter.latest = new CompletableFuture<>();
		return connection;
	}

	@ConnectionController("/greet")
	static class Greeter implements RawConnectionHandler {

		private volatile CompletableFuture<RawConnection> latest = new CompletableFuture<>();

		@Override
		public void onConnected(RawConnection connection) {
			this.latest.complete(connection);
		}

		@Override
		public void onData(RawConnection connection, ByteBuffer data) {
			connection.send(data);
		}

	}

}
