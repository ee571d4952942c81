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

package dev.realtime.web.webhook;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import dev.realtime.event.UserEventResponse;
import dev.realtime.protocol.JsonText;
import dev.realtime.protocol.ServerMessage.Data;
import dev.realtime.protocol.ServerMessage.DataType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for answers to events that clients send by name.
 */
class UserEventAnswerTests {

	private final Upstream upstream = Upstream.start();

	private final WebhookTester tester = WebhookTester.handling(this.upstream.url());

	private final TestConnection connection = TestConnection.of("c1");

	@AfterEach
	void close() {
		this.tester.close();
		this.upstream.close();
	}

	@Test
	void nothing() {
		assertThat(ask()).isEqualTo(UserEventResponse.NONE);
		this.upstream.answers(204, "", "ce-connectionState", "new");
		assertThat(ask()).isEqualTo(new UserEventResponse(null, "new"));
	}

	@ParameterizedTest
	@CsvSource({ "text/plain", "text/plain; charset=utf-8", "TEXT/PLAIN", "text/plain; charset=\"UTF-8\"" })
	void text(String contentType) {
		this.upstream.answers(200, "grüß", "Content-Type", contentType);
		assertThat(ask().reply()).isEqualTo(new Data(null, null, DataType.TEXT, "grüß", Map.of()));
	}

	@Test
	void textInAnotherCharset() {
		this.upstream.answers((exchange) -> Upstream.answer(exchange, 200, "grüß".getBytes(StandardCharsets.ISO_8859_1),
				"Content-Type", "text/plain; charset=iso-8859-1"));
		assertThat(ask().reply().payload()).isEqualTo("grüß");
	}

	@Test
	void jsonIsPassedOnAsItIs() {
		this.upstream.answers(200, " {\"b\": 1.00, \"a\" : [ ] }", "Content-Type", "application/json; charset=utf-8");
		assertThat(ask().reply()).isEqualTo(
				new Data(null, null, DataType.JSON, JsonText.of(" {\"b\": 1.00, \"a\" : [ ] }".getBytes()), Map.of()));
	}

	@ParameterizedTest
	@CsvSource({ "application/octet-stream, BINARY", "application/x-protobuf, PROTOBUF" })
	void bytes(String contentType, DataType type) {
		this.upstream.answers(200, "abc", "Content-Type", contentType);
		Data reply = ask().reply();
		assertThat(reply.dataType()).isEqualTo(type);
		assertThat((byte[]) reply.payload()).containsExactly('a', 'b', 'c');
	}

	@Test
	void isBinaryWithoutContentType() {
		this.upstream.answers(200, "abc");
		assertThat(ask().reply().dataType()).isEqualTo(DataType.BINARY);
	}

	@Test
	void metadata() {
		this.upstream.answers(200, "hi", "Content-Type", "text/plain", "x-webpubsub-metadata-a", "1",
				"X-WebPubSub-Metadata-b", "2", "x-webpubsub-other", "3");
		assertThat(ask().reply().metadata()).hasSize(2).containsValues("1", "2");
	}

	@Test
	void metadataAlone() {
		this.upstream.answers(200, "", "x-webpubsub-metadata-a", "1");
		Data reply = ask().reply();
		assertThat(reply.dataType()).isEqualTo(DataType.TEXT);
		assertThat(reply.payload()).isEqualTo("");
		assertThat(reply.metadata()).hasSize(1);
	}

	@Test
	void metadataThatCannotBePassedOn() {
		this.upstream.answers(200, "", "x-webpubsub-metadata-a", "1", "x-webpubsub-metadata-a", "2");
		assertFailure("The answer has metadata that cannot be passed on");
		this.upstream.answers(200, "", "x-webpubsub-metadata-a", "x".repeat(1025));
		assertFailure("The answer has metadata that cannot be passed on");
	}

	@ParameterizedTest
	@CsvSource({ "text/html, The Content-Type text/html of the answer cannot be passed on",
			"application/xml, The Content-Type application/xml of the answer cannot be passed on",
			"nonsense, The Content-Type of the answer is none",
			"text/plain; charset=none, The Content-Type of the answer is none" })
	void typesThatCannotBePassedOn(String contentType, String message) {
		this.upstream.answers(200, "abc", "Content-Type", contentType);
		assertFailure(message);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{", "{} {}", " ", "nope", "{\"a\":}" })
	void jsonThatIsNone(String body) {
		this.upstream.answers(200, body, "Content-Type", "application/json");
		assertThatExceptionOfType(WebhookException.class).isThrownBy(this::ask)
			.withMessageStartingWith("The answer is ")
			.withMessageContaining("JSON");
	}

	@Test
	void textThatIsNone() {
		this.upstream.answers((exchange) -> Upstream.answer(exchange, 200, new byte[] { 'a', (byte) 0xff },
				"Content-Type", "text/plain"));
		assertFailure("The answer is not text in UTF-8");
	}

	@ParameterizedTest
	@ValueSource(ints = { 302, 400, 401, 429 })
	void failsWithoutTryingAgain(int status) {
		this.upstream.answers(status, "detail");
		assertFailure("The answer has status " + status);
		assertThat(this.upstream.pending()).isOne();
	}

	@Test
	void eventThatNoWebhookGets() {
		try (WebhookTester other = WebhookTester
			.of(Webhooks.builder().handler("chat", Webhook.to(this.upstream.url()).userEvents("typing")))) {
			assertThat(other.handler().handles("CHAT", "Typing")).isTrue();
			assertThat(other.handler().handles("chat", "message")).isFalse();
			assertThat(other.handler().handles("news", "typing")).isFalse();
			assertThatExceptionOfType(WebhookException.class)
				.isThrownBy(
						() -> WebhookTester.get(other.handler().userEvent(TestConnection.text("a"), this.connection)))
				.withMessage("No webhook of hub 'Chat' gets event 'message'");
		}
	}

	private void assertFailure(String message) {
		assertThatExceptionOfType(WebhookException.class).isThrownBy(this::ask).withMessage(message);
	}

	private UserEventResponse ask() {
		return WebhookTester.get(this.tester.handler().userEvent(TestConnection.text("a"), this.connection));
	}

}
