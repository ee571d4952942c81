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

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import dev.realtime.web.ClientFrames;
import dev.realtime.web.TestEngine;
import dev.realtime.web.TestServer.RawClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for raw connections over WebSockets: an echo in each engine.
 */
@ParameterizedClass
@EnumSource
class RawEchoTests {

	private static final int LAST = ClientFrames.LAST;

	private static final int BINARY = ClientFrames.BINARY;

	private static RawServer server;

	@Parameter
	private TestEngine engine;

	@BeforeParameterizedClassInvocation
	static void start(TestEngine engine) {
		server = new RawServer(engine, RawRecorder.Echo.class);
	}

	@AfterParameterizedClassInvocation
	static void stop() {
		server.close();
	}

	@Test
	void answersInTheFormatOfTheQuestion() throws Exception {
		try (RawClient client = open()) {
			client.write(ClientFrames.text("Grüße"));
			assertThat(read(client)).as(this.engine.name()).isEqualTo("1Grüße");
			client.write(ClientFrames.frame(LAST | BINARY, new byte[] { 0, (byte) 0xFF, 10, 30 }));
			assertThat(readFrame(client)).containsExactly(2, 0, (byte) 0xFF, 10, 30);
			client.write(ClientFrames.text("again"));
			assertThat(read(client)).isEqualTo("1again");
		}
	}

	@Test
	void connectsWithNegotiation() throws Exception {
		String token = server.web.negotiate("/echo");
		try (RawClient client = server.web.rawWebSocket("/echo?id=" + token)) {
			client.write(ClientFrames.text("hello"));
			assertThat(read(client)).isEqualTo("1hello");
		}
	}

	@Test
	void keepsMessagesApartAndInOrder() throws Exception {
		List<String> sent = new ArrayList<>();
		ByteArrayOutputStream frames = new ByteArrayOutputStream();
		for (int i = 0; i < 2000; i++) {
			sent.add("1" + i);
			frames.writeBytes(ClientFrames.text(Integer.toString(i)));
		}
		try (RawClient client = open()) {
			client.write(frames.toByteArray());
			List<String> received = new ArrayList<>();
			while (received.size() < sent.size()) {
				received.add(read(client));
			}
			assertThat(received).isEqualTo(sent);
		}
	}

	@Test
	void handsOnFragmentsAsOneMessage() throws Exception {
		byte[] bytes = "ä".getBytes(StandardCharsets.UTF_8);
		try (RawClient client = open()) {
			client.write(ClientFrames.concat(ClientFrames.frame(ClientFrames.TEXT, bytes[0]),
					ClientFrames.frame(ClientFrames.CONTINUATION, bytes[1]), ClientFrames.frame(LAST, "b"),
					ClientFrames.text(""), ClientFrames.text("c")));
			assertThat(List.of(read(client), read(client), read(client))).containsExactly("1äb", "1", "1c");
		}
	}

	@Test
	void handsOnLongMessagesInPiecesOfWholeCharacters() throws Exception {
		String text = String.join("", Collections.nCopies(40_000, "a€"));
		try (RawClient client = open()) {
			client.write(ClientFrames.text(text));
			StringBuilder received = new StringBuilder();
			int pieces = 0;
			while (received.length() < text.length()) {
				String piece = read(client);
				assertThat(piece).startsWith("1");
				received.append(piece, 1, piece.length());
				pieces++;
			}
			assertThat(received.toString()).isEqualTo(text);
			assertThat(pieces).isEqualTo(5);
		}
	}

	@Test
	void answersACloseFrame() throws Exception {
		try (RawClient client = open()) {
			client.write(ClientFrames.text("last"));
			assertThat(read(client)).isEqualTo("1last");
			client.write(ClientFrames.close(1000));
			assertThat(readFrame(client)).startsWith(ClientFrames.CLOSE, 1000 >> 8, (byte) 1000);
		}
	}

	private static RawClient open() {
		return server.web.rawWebSocket("/echo");
	}

	private static String read(RawClient client) throws IOException {
		byte[] frame = readFrame(client);
		return frame[0] + new String(frame, 1, frame.length - 1, StandardCharsets.UTF_8);
	}

	// opcode and payload; the containers send long messages in several frames
	private static byte[] readFrame(RawClient client) throws IOException {
		ByteArrayOutputStream message = new ByteArrayOutputStream();
		byte[] frame = client.readFrame();
		message.write(frame[0] & 0xf);
		message.write(frame, 1, frame.length - 1);
		while ((frame[0] & LAST) == 0) {
			frame = client.readFrame();
			message.write(frame, 1, frame.length - 1);
		}
		return message.toByteArray();
	}

}
