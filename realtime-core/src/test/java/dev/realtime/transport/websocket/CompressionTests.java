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

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import dev.realtime.hub.HubOptions;
import dev.realtime.protocol.WebSocketCompression;
import dev.realtime.web.ClientFrames;
import dev.realtime.web.Deflate;
import dev.realtime.web.TestEngine;
import dev.realtime.web.TestHub;
import dev.realtime.web.TestServer;
import dev.realtime.web.TestServer.RawClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for compression of messages, where it is on.
 */
@ParameterizedClass
@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NETTY_DETACHED_FROM_TOMCAT")
class CompressionTests {

	private static final int TEXT = ClientFrames.LAST | Deflate.COMPRESSED | ClientFrames.TEXT;

	private static final String NO_TAKEOVER = "permessage-deflate; server_no_context_takeover; "
			+ "client_no_context_takeover";

	private static TestServer server;

	private static TestHub hub;

	@Parameter
	private TestEngine engine;

	@BeforeParameterizedClassInvocation
	static void start(TestEngine engine) {
		hub = new TestHub("chat", HubOptions.builder("/chat").compression(new WebSocketCompression(100)).build());
		server = new TestServer(engine, hub);
	}

	@AfterParameterizedClassInvocation
	static void stop() {
		server.close();
	}

	@Test
	void messagesAreCompressedBothWays() throws Exception {
		try (RawClient client = open(NO_TAKEOVER)) {
			String text = "0123456789".repeat(1000);
			for (int i = 0; i < 3; i++) {
				client.write(ClientFrames.frame(TEXT, Deflate.deflate(bytes(text))));
				byte[] frame = client.readFrame();
				assertThat(frame[0] & Deflate.COMPRESSED).isEqualTo(Deflate.COMPRESSED);
				StringBuilder echo = new StringBuilder(text(frame));
				while (echo.length() < text.length()) {
					echo.append(text(client.readFrame()));
				}
				assertThat(echo).hasToString(text);
			}
		}
	}

	@Test
	void messagesNeedNotBeCompressed() throws Exception {
		try (RawClient client = open(NO_TAKEOVER)) {
			client.write(ClientFrames.text("a"));
			byte[] frame = client.readFrame();
			assertThat(text(frame)).isEqualTo("a");
			if (this.engine.isNetty()) {
				assertThat(frame[0]).isEqualTo((byte) 0x81);
			}
		}
	}

	@Test
	void clientThatDoesNotOfferItDoesWithout() throws Exception {
		try (RawClient client = server.rawWebSocket("/chat")) {
			String text = "0123456789".repeat(100);
			client.write(ClientFrames.text(text));
			assertThat(client.readText(text.length())).isEqualTo(text);
		}
	}

	@Test
	void whatIsNotWorthItIsNotCompressed() throws Exception {
		assumeThat(this.engine.isNetty()).as("containers compress everything").isTrue();
		try (RawClient client = open(NO_TAKEOVER)) {
			String text = "0".repeat(99);
			client.write(ClientFrames.frame(TEXT, Deflate.deflate(bytes(text))));
			assertThat(client.readFrame()).startsWith(0x81);
		}
	}

	@Test
	void muchThatInflatesToEvenMoreWaitsForTheServer() throws Exception {
		hub.handler.echo = false;
		hub.handler.forget();
		try (RawClient client = open(NO_TAKEOVER)) {
			byte[][] frames = new byte[50][];
			Arrays.fill(frames, ClientFrames.frame(TEXT, Deflate.deflate(bytes("0".repeat(100_000)))));
			hub.latest.readGate().pause();
			client.write(ClientFrames.concat(frames));
			client.write(ClientFrames.text("last"));
			await().untilAsserted(() -> assertThat(hub.handler.received).isNotEmpty());
			assertThat(hub.handler.receivedText().length()).isLessThan(3_000_000);
			hub.latest.readGate().resume();
			await().untilAsserted(() -> assertThat(hub.handler.receivedText()).hasSize(5_000_004).endsWith("last"));
		}
		finally {
			hub.handler.echo = true;
		}
	}

	private RawClient open(String offer) throws Exception {
		RawClient client = server.raw(TestServer.upgrade("/chat", "Sec-WebSocket-Extensions", offer));
		assertThat(client.readUpgraded()).containsIgnoringCase("Sec-WebSocket-Extensions: permessage-deflate");
		return client;
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static String text(byte[] frame) {
		byte[] payload = Arrays.copyOfRange(frame, 1, frame.length);
		boolean compressed = (frame[0] & Deflate.COMPRESSED) != 0;
		return new String(compressed ? Deflate.inflate(payload) : payload, StandardCharsets.UTF_8);
	}

}
