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
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.realtime.hub.HubOptions;
import dev.realtime.protocol.CloseReason;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for the opening handshake of the WebSocket engines, and what arrives with it.
 */
@ParameterizedClass
@EnumSource
class WebSocketOpeningTests {

	@Parameter
	private TestEngine engine;

	private final TestHub hub = new TestHub("chat", HubOptions.at("/chat"));

	private TestServer server;

	@BeforeEach
	void start() {
		this.server = new TestServer(this.engine, this.hub);
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void requestMayArriveInPieces() throws Exception {
		byte[] bytes = ClientFrames.concat(upgrade(), ClientFrames.text("hello"));
		try (RawClient client = this.server.raw()) {
			client.writeInPieces(bytes, 7);
			client.readUpgraded();
			assertThat(client.readText(5)).isEqualTo("hello");
		}
		awaitGone();
	}

	@Test
	void frameMayArriveWithTheRequest() throws Exception {
		try (RawClient client = this.server.raw(ClientFrames.concat(upgrade(), ClientFrames.text("hello")))) {
			client.readUpgraded();
			assertThat(client.readText(5)).isEqualTo("hello");
			client.write(ClientFrames.text("again"));
			assertThat(client.readText(5)).isEqualTo("again");
		}
		awaitGone();
	}

	@Test
	void halfAFrameMayArriveWithTheRequest() throws Exception {
		byte[] frame = ClientFrames.text("cut in two");
		for (int cut = 1; cut < frame.length; cut++) {
			try (RawClient client = this.server.raw(ClientFrames.concat(upgrade(), Arrays.copyOf(frame, cut)))) {
				client.readUpgraded();
				client.write(Arrays.copyOfRange(frame, cut, frame.length));
				assertThat(client.readText(10)).isEqualTo("cut in two");
			}
		}
		await().untilAsserted(() -> assertThat(this.hub.handler.closings).hasValue(frame.length - 1));
	}

	@Test
	void manyFramesMayArriveWithTheRequest() throws Exception {
		StringBuilder expected = new StringBuilder();
		byte[] bytes = upgrade();
		for (int i = 0; i < 300; i++) {
			String text = ("frame " + i + " ").repeat(32).substring(0, 255);
			expected.append(text);
			bytes = ClientFrames.concat(bytes, ClientFrames.text(text));
		}
		assertThat(bytes).hasSizeGreaterThan(79_000);
		try (RawClient client = this.server.raw(bytes)) {
			client.readUpgraded();
			assertThat(client.readText(expected.length())).isEqualTo(expected.toString());
		}
		awaitGone();
	}

	@Test
	void closeMayArriveWithTheRequest() throws Exception {
		try (RawClient client = this.server
			.raw(ClientFrames.concat(upgrade(), ClientFrames.text("bye"), ClientFrames.close(1000)))) {
			client.readUpgraded();
			byte[] frame = client.readFrame();
			while (frame[0] == (byte) 0x81) {
				frame = client.readFrame();
			}
			assertThat(frame).containsExactly(0x88, 0x03, 0xe8);
			assertThat(client.readAll()).isEmpty();
		}
		await().untilAsserted(
				() -> assertThat(this.hub.handler.closed.values()).containsExactly(CloseReason.CLIENT_CLOSED));
		assertThat(String.join("", this.hub.handler.received)).isEqualTo("bye");
	}

	@Test
	void requestMayFollowAnotherAtOnce() throws Exception {
		byte[] get = "GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
		try (RawClient client = this.server.raw(ClientFrames.concat(get, upgrade(), ClientFrames.text("hello")))) {
			assertThat(client.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 404");
			assertThat(client.readUntil("HTTP/1.1 101")).isNotNull();
			client.readUntil("\r\n\r\n");
			assertThat(client.readText(5)).isEqualTo("hello");
		}
		awaitGone();
	}

	@Test
	void requestMayFollowAnotherLater() throws Exception {
		try (RawClient client = this.server
			.raw("POST /chat/negotiate?negotiateVersion=1 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n")) {
			assertThat(client.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 200");
			String token = TestServer.token(client.readUntil("]}"));
			client.write(TestServer.upgrade("/chat?id=" + token).getBytes(StandardCharsets.US_ASCII));
			client.readUntil("HTTP/1.1 101");
			client.readUntil("\r\n\r\n");
			client.write(ClientFrames.text("hello"));
			assertThat(client.readText(5)).isEqualTo("hello");
		}
		awaitGone();
	}

	@Test
	void answerIsThatOfTheSpecification() throws Exception {
		try (RawClient client = this.server
			.raw(TestServer.upgrade("/chat", "Sec-WebSocket-Protocol", "mqtt, v12.stomp"))) {
			assertThat(client.readUpgraded().toLowerCase()).contains("\r\nupgrade: websocket\r\n")
				.contains("\r\nconnection: upgrade\r\n")
				// RFC 6455, section 1.3
				.contains("\r\nsec-websocket-accept: s3pplmbitxaq9kygzzhzrbk+xoo=\r\n")
				.doesNotContain("sec-websocket-protocol")
				.doesNotContain("sec-websocket-extensions");
		}
	}

	@ParameterizedTest
	@CsvSource({ "'mqtt, v12.stomp', v12.stomp", "'mqtt', ", "'v12.stomp, other', v12.stomp", "'other', " })
	void subProtocolIsThatOfTheSelector(String requested, String selected) throws Exception {
		List<List<String>> asked = new CopyOnWriteArrayList<>();
		TestHub hub = new TestHub("chat", HubOptions.builder("/chat").subProtocolSelector((names) -> {
			asked.add(names);
			return "v12.stomp";
		}).build());
		try (TestServer selecting = new TestServer(this.engine, hub)) {
			try (RawClient client = selecting.raw(TestServer.upgrade("/chat", "Sec-WebSocket-Protocol", requested))) {
				String answer = client.readUpgraded().toLowerCase();
				assertThat(asked).containsExactly(List.of(requested.split(", ")));
				if (selected != null) {
					assertThat(answer).contains("\r\nsec-websocket-protocol: " + selected + "\r\n");
				}
				else {
					assertThat(answer).doesNotContain("sec-websocket-protocol");
				}
				client.write(ClientFrames.text("hello"));
				assertThat(client.readText(5)).isEqualTo("hello");
			}
			try (RawClient client = selecting.rawWebSocket("/chat")) {
				client.write(ClientFrames.text("hello"));
				assertThat(client.readText(5)).isEqualTo("hello");
			}
			assertThat(asked).hasSize(1);
		}
	}

	@Test
	void otherVersionsAreRefused() throws Exception {
		String answer = refused(TestServer.upgrade("/chat").replace("Version: 13", "Version: 8"));
		assertThat(answer).startsWith("HTTP/1.1 426").containsIgnoringCase("\r\nSec-WebSocket-Version: 13\r\n");
	}

	@Test
	void missingKeyIsRefused() throws Exception {
		assertThat(refused(TestServer.upgrade("/chat").replaceFirst("Sec-WebSocket-Key: .*\r\n", "")))
			.startsWith("HTTP/1.1 400");
	}

	@Test
	void clientMayTryAgainAfterARefusal() throws Exception {
		String token = this.server.negotiate("/chat");
		String request = TestServer.upgrade("/chat?id=" + token);
		try (RawClient client = this.server.raw(request.replace("Version: 13", "Version: 12"))) {
			assertThat(client.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 426");
		}
		try (RawClient client = this.server.raw(request)) {
			client.readUpgraded();
			client.write(ClientFrames.text("hello"));
			assertThat(client.readText(5)).isEqualTo("hello");
		}
		awaitGone();
	}

	private String refused(String request) throws IOException {
		try (RawClient client = this.server.raw(request)) {
			String answer = client.readUntil("\r\n\r\n");
			this.server.beat();
			assertThat(this.server.registry.size()).isZero();
			assertThat(this.hub.handler.attached).isEmpty();
			return answer;
		}
	}

	private void awaitGone() {
		await()
			.untilAsserted(() -> assertThat(this.hub.handler.closed.values()).containsExactly(CloseReason.CLIENT_GONE));
		assertThat(this.hub.handler.closings).hasValue(1);
		this.server.beat();
		assertThat(this.server.registry.size()).isZero();
	}

	private static byte[] upgrade() {
		return TestServer.upgrade("/chat").getBytes(StandardCharsets.US_ASCII);
	}

}
