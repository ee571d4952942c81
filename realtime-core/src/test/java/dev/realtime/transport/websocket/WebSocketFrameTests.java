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

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import dev.realtime.connection.ClientConnection;
import dev.realtime.hub.HubOptions;
import dev.realtime.web.ClientFrames;
import dev.realtime.web.TestEngine;
import dev.realtime.web.TestHub;
import dev.realtime.web.TestServer;
import dev.realtime.web.TestServer.RawClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for frames as unusual clients and networks cut them.
 */
@ParameterizedClass
@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NETTY_DETACHED_FROM_TOMCAT")
class WebSocketFrameTests {

	private static final int PING = ClientFrames.LAST | ClientFrames.PING;

	@Parameter
	private TestEngine engine;

	private final TestHub hub = new TestHub("chat", HubOptions.at("/chat"));

	private TestServer server;

	private RawClient client;

	@BeforeEach
	void start() {
		this.server = new TestServer(this.engine, this.hub);
		this.client = this.server.rawWebSocket("/chat");
	}

	@AfterEach
	void stop() throws Exception {
		this.client.close();
		this.server.close();
	}

	@Test
	void messageMayHaveAMegabyte() {
		this.hub.handler.echo = false;
		String text = "Zeichen für Zeichen ".repeat(50_000);
		assertThat(text.length()).isEqualTo(1_000_000);
		write(ClientFrames.text(text));
		await().untilAsserted(() -> assertThat(this.hub.handler.receivedText()).hasSize(text.length()));
		assertThat(this.hub.handler.receivedText()).isEqualTo(text);
	}

	@Test
	void messageOfAMegabyteIsSent() throws Exception {
		String text = "0123456789".repeat(100_000);
		await().until(() -> this.hub.latest.channel() != null);
		this.hub.latest.send(this.hub.handler.body(text));
		assertThat(this.client.readText(text.length())).isEqualTo(text);
	}

	@Test
	void frameMayArriveInPieces() throws Exception {
		this.client.writeInPieces(ClientFrames.text("abc".repeat(100)), 5);
		assertThat(this.client.readText(300)).isEqualTo("abc".repeat(100));
		this.client.writeInPieces(ClientFrames.text("Grüße €😀"), 1);
		assertThat(this.client.readText(15)).isEqualTo("Grüße €😀");
	}

	@Test
	void fragmentsMayBeCutInsideCharactersWithPingsBetween() throws Exception {
		byte[] text = "Größe 5 €, 😀".getBytes(StandardCharsets.UTF_8);
		this.hub.handler.echo = false;
		for (int i = 0; i < text.length; i++) {
			int first = (i == 0) ? ClientFrames.TEXT : ClientFrames.CONTINUATION;
			this.client.write(ClientFrames.frame(first, text[i]));
			this.client.write(ClientFrames.frame(PING, "ping " + i));
			assertThat(this.client.readFrame()).isEqualTo(pong("ping " + i));
		}
		this.client.write(ClientFrames.frame(ClientFrames.LAST | ClientFrames.CONTINUATION));
		await().untilAsserted(() -> assertThat(this.hub.handler.receivedText()).isEqualTo("Größe 5 €, 😀"));
	}

	@Test
	void pingIsAnsweredWithItsPayload() throws Exception {
		for (String payload : new String[] { "", "x", "p".repeat(125) }) {
			this.client.write(ClientFrames.frame(PING, payload));
			assertThat(this.client.readFrame()).isEqualTo(pong(payload));
		}
		this.client.write(ClientFrames.frame(ClientFrames.LAST | ClientFrames.PONG, "unasked"));
		this.client.write(ClientFrames.text("hello"));
		assertThat(this.client.readText(5)).isEqualTo("hello");
	}

	@Test
	void pingsOfAClientThatDoesNotReadAreNotHoarded() throws Exception {
		this.hub.handler.echo = false;
		ClientConnection connection = this.hub.latest;
		byte[] pings = {};
		for (int i = 0; i < 500; i++) {
			pings = ClientFrames.concat(pings, ClientFrames.frame(PING, "p".repeat(125)));
		}
		// the pongs of 8 MB of pings fit in no socket's buffers
		int rounds = this.engine.isNetty() ? 128 : 1;
		for (int i = 0; i < rounds; i++) {
			this.client.write(pings);
		}
		this.client.write(ClientFrames.text("end"));
		await().untilAsserted(() -> assertThat(this.hub.handler.receivedText()).isEqualTo("end"));
		assertThat(connection.queue().bytes()).isZero();
	}

	private void write(byte[] bytes) {
		try {
			this.client.write(bytes);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static byte[] pong(String payload) {
		byte[] pong = Arrays.copyOf(new byte[] { (byte) 0x8a }, 1 + payload.length());
		System.arraycopy(payload.getBytes(StandardCharsets.US_ASCII), 0, pong, 1, payload.length());
		return pong;
	}

}
