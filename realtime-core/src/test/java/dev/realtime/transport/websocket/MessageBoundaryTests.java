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

package dev.realtime.transport.websocket;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

import dev.realtime.web.ClientFrames;
import dev.realtime.web.Deflate;
import dev.realtime.web.TestEngine;
import dev.realtime.web.TestServer;
import dev.realtime.web.TestServer.RawClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for protocols that have to know where the messages of a WebSocket end.
 */
@ParameterizedClass
@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NETTY_DETACHED_FROM_TOMCAT")
class MessageBoundaryTests {

	private static final int LAST = ClientFrames.LAST;

	private static TestServer server;

	@Parameter
	private TestEngine engine;

	@BeforeParameterizedClassInvocation
	static void start(TestEngine engine) {
		server = new TestServer(engine, new MessageEcho());
	}

	@AfterParameterizedClassInvocation
	static void stop() {
		server.close();
	}

	@Test
	void messagesOfOneReadStayApart() throws Exception {
		try (RawClient client = server.rawWebSocket("/echo")) {
			client.write(ClientFrames.concat(ClientFrames.text("a"), ClientFrames.text(""),
					ClientFrames.frame(LAST | ClientFrames.BINARY, "b"), ClientFrames.text("ä")));
			assertThat(read(client)).isEqualTo("1a");
			assertThat(read(client)).isEqualTo("1");
			assertThat(read(client)).isEqualTo("2b");
			assertThat(read(client)).isEqualTo("1ä");
		}
	}

	@Test
	void fragmentsAreOneMessage() throws Exception {
		try (RawClient client = server.rawWebSocket("/echo")) {
			byte[] bytes = "ä".getBytes(StandardCharsets.UTF_8);
			client.write(ClientFrames.concat(ClientFrames.frame(ClientFrames.TEXT, bytes[0]),
					ClientFrames.frame(ClientFrames.CONTINUATION, bytes[1]),
					ClientFrames.frame(LAST | ClientFrames.PING, "p"), ClientFrames.frame(LAST, "b")));
			assertThat(read(client)).isEqualTo("1äb");
		}
	}

	@Test
	void longMessageIsOne() throws Exception {
		try (RawClient client = server.rawWebSocket("/echo")) {
			String text = "0123456789".repeat(20_000);
			client.write(ClientFrames.text(text));
			assertThat(read(client)).isEqualTo("1" + text);
		}
	}

	@Test
	void compressedMessagesStayApart() throws Exception {
		String upgrade = TestServer.upgrade("/echo", "Sec-WebSocket-Extensions",
				"permessage-deflate; server_no_context_takeover; client_no_context_takeover");
		try (RawClient client = server.raw(upgrade)) {
			assertThat(client.readUpgraded()).as(this.engine.name()).contains("permessage-deflate");
			String text = "0123456789".repeat(20_000);
			byte[] frame = ClientFrames.frame(LAST | Deflate.COMPRESSED | ClientFrames.TEXT,
					Deflate.deflate(text.getBytes(StandardCharsets.UTF_8)));
			client.write(ClientFrames.concat(frame, frame));
			assertThat(read(client)).isEqualTo("1" + text);
			assertThat(read(client)).isEqualTo("1" + text);
		}
	}

	// opcode and payload; the containers send long messages in several frames
	private static String read(RawClient client) throws IOException {
		byte[] frame = client.readFrame();
		while ((frame[0] & 0xf) == ClientFrames.PONG) {
			frame = client.readFrame();
		}
		byte first = frame[0];
		ByteArrayOutputStream payload = new ByteArrayOutputStream();
		payload.write(frame, 1, frame.length - 1);
		while ((frame[0] & LAST) == 0) {
			frame = client.readFrame();
			payload.write(frame, 1, frame.length - 1);
		}
		byte[] bytes = payload.toByteArray();
		boolean compressed = (first & Deflate.COMPRESSED) != 0;
		return (first & 0xf) + new String(compressed ? Deflate.inflate(bytes) : bytes, StandardCharsets.UTF_8);
	}

}
