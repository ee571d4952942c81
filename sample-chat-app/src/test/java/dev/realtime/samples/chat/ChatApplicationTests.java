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

package dev.realtime.samples.chat;

import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ChatApplication}.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class ChatApplicationTests {

	@LocalServerPort
	private int port;

	private RestTestClient http;

	@BeforeEach
	void setUp() {
		this.http = RestTestClient.bindToServer().baseUrl("http://localhost:" + this.port).build();
	}

	@Test
	void deliversMessagesToTheRoomAndKeepsThem() {
		try (TestClient ann = client("ann"); TestClient bob = client("bob"); TestClient eve = client("eve")) {
			ann.invoke("join", "tea");
			bob.invoke("join", "tea");
			ann.awaitCall("joined", "bob", "tea");
			assertThat(ann.invoke("members", "tea").path("result")).map(JsonNode::asString)
				.containsExactly("ann", "bob");
			bob.invoke("typing", "tea");
			ann.awaitCall("typing", "bob", "tea");
			bob.invoke("sendMessage", "tea", "Hello");
			JsonNode message = ann.awaitCall("messageReceived", "bob", "Hello");
			bob.awaitCall("messageReceived", "bob", "Hello");
			JsonNode kept = eve.invoke("join", "tea").path("result").path(0);
			assertThat(kept.path("user").asString()).isEqualTo("bob");
			assertThat(kept.path("text").asString()).isEqualTo("Hello");
			assertThat(kept.path("at")).isEqualTo(message.path("arguments").path(2).path("at"));
		}
	}

	@Test
	void tellsThatAUserLeftWhenTheLastDeviceDid() {
		try (TestClient ann = client("ann"); TestClient phone = client("bob")) {
			ann.invoke("join", "cake");
			phone.invoke("join", "cake");
			try (TestClient laptop = client("bob")) {
				laptop.invoke("join", "cake");
				phone.invoke("leave", "cake");
				ann.invoke("members", "cake");
				assertThat(ann.hasCall("left")).isFalse();
			}
			ann.awaitCall("left", "bob", "cake");
		}
	}

	@Test
	void sendsPrivateMessagesToAllOtherDevicesOfBoth() {
		try (TestClient ann = client("ann"); TestClient other = client("ann"); TestClient bob = client("bob")) {
			ann.invoke("sendPrivate", "bob", "Psst");
			bob.awaitCall("privateMessage", "ann", "bob", "Psst");
			other.awaitCall("privateMessage", "ann", "bob", "Psst");
			ann.invoke("members", "none");
			assertThat(ann.hasCall("privateMessage")).isFalse();
			assertThat(error(ann.invoke("sendPrivate", "nobody", "Psst")))
				.endsWith("HubException: nobody is not here.");
		}
	}

	@Test
	void answersWordByWord() {
		try (TestClient ann = client("ann")) {
			assertThat(ann.stream("ask", "Why?")).startsWith("You", "asked:", "“Why?”.").hasSizeGreaterThan(10);
		}
	}

	@Test
	void asksBeforeItClearsARoom() {
		try (TestClient ann = client("ann")) {
			ann.invoke("join", "attic");
			ann.invoke("sendMessage", "attic", "Old");
			assertThat(ann.invokeAndAnswer(false, "closeRoom", "attic").path("result").asBoolean()).isFalse();
			assertThat(ann.invoke("join", "attic").path("result")).hasSize(1);
		}
		try (TestClient bob = client("bob")) {
			bob.invoke("join", "attic");
			assertThat(bob.invokeAndAnswer(true, "closeRoom", "attic").path("result").asBoolean()).isTrue();
			bob.awaitCall("roomCleared", "attic", "bob");
			assertThat(bob.invoke("join", "attic").path("result")).isEmpty();
		}
	}

	@Test
	void explainsWhatItRefuses() {
		try (TestClient ann = client("ann")) {
			assertThat(error(ann.invoke("join", " "))).endsWith("HubException: The name of a room must not be empty.");
			assertThat(error(ann.invoke("sendMessage", "elsewhere", "Hello")))
				.endsWith("HubException: You are not in this room.");
			assertThat(error(ann.invoke("sendMessage", "elsewhere", "x".repeat(2001))))
				.endsWith("HubException: A message has at most 2000 characters.");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "<b>", "a234567890123456789012345678901234" })
	void refusesNames(String name) {
		this.http.post()
			.uri("/hubs/chat/negotiate?negotiateVersion=1&name={name}", name)
			.exchange()
			.expectStatus()
			.isBadRequest()
			.expectBody(String.class)
			.value((text) -> assertThat(text).endsWith("."));
	}

	@Test
	void pushesNotices() {
		try (TestClient ann = client("ann")) {
			this.http.post()
				.uri("/api/notices")
				.contentType(MediaType.APPLICATION_JSON)
				.body(Map.of("text", "Back soon"))
				.exchange()
				.expectStatus()
				.isAccepted();
			ann.awaitCall("notice", "Back soon");
		}
	}

	@Test
	void refusesEmptyNotices() {
		this.http.post()
			.uri("/api/notices")
			.contentType(MediaType.APPLICATION_JSON)
			.body(Map.of("text", " "))
			.exchange()
			.expectStatus()
			.isBadRequest();
	}

	private TestClient client(String name) {
		return new TestClient(this.port, name);
	}

	private static String error(JsonNode completion) {
		return completion.path("error").asString();
	}

}
