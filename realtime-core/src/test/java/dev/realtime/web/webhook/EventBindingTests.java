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
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import dev.realtime.event.ConnectEventRequest;
import dev.realtime.event.UserEventRequest;
import dev.realtime.protocol.HubHandshake;
import dev.realtime.protocol.JsonText;
import dev.realtime.protocol.ServerMessage.DataType;
import dev.realtime.web.AccessKeys;
import dev.realtime.web.webhook.Upstream.Received;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for requests to webhooks: each header and each body.
 */
class EventBindingTests {

	private final Upstream upstream = Upstream.start();

	private final WebhookTester tester = WebhookTester.of(Webhooks.builder()
		.handler("chat",
				WebhookTester.all(this.upstream.url() + "/api/{hub}/{event}?code=s3cret")
					.header("Authorization", "Bearer t0ken"))
		.origins(List.of("example.com:8443"))
		.accessKeys(AccessKeys.of("0123456789abcdef0123456789abcdef", "fedcba9876543210fedcba9876543210"))
		.validation(false));

	private final TestConnection connection = TestConnection.of("c1");

	@AfterEach
	void close() {
		this.tester.close();
		this.upstream.close();
	}

	@Test
	void connect() {
		WebhookTester
			.get(this.tester.handler().connect(this.connection.subprotocol("json").connectRequest(), this.connection));
		Received received = this.upstream.take();
		assertThat(received.method()).isEqualTo("POST");
		assertThat(received.uri()).isEqualTo("/api/chat/connect?code=s3cret");
		assertThat(own(received)).isEqualTo(
				expected("connect", "azure.webpubsub.sys.connect", "0", "application/json; charset=utf-8", Map.of()));
	}

	@Test
	void connected() {
		this.tester.handler().connected(this.connection.subprotocol("json.webpubsub.azure.v1").state("s"));
		Received received = this.upstream.take();
		assertThat(own(received))
			.isEqualTo(expected("connected", "azure.webpubsub.sys.connected", "1", "application/json; charset=utf-8",
					Map.of("Ce-subprotocol", "json.webpubsub.azure.v1", "Ce-connectionstate", "s")));
		assertThat(received.text()).isEqualTo("{}");
	}

	@Test
	void disconnected() {
		this.tester.handler().disconnected(this.connection, "gone \"away\" ü");
		Received received = this.upstream.take();
		assertThat(own(received)).isEqualTo(expected("disconnected", "azure.webpubsub.sys.disconnected", "1",
				"application/json; charset=utf-8", Map.of()));
		assertThat(received.text()).isEqualTo("{\"reason\":\"gone \\\"away\\\" ü\"}");
	}

	@Test
	void disconnectedWithoutReason() {
		this.tester.handler().disconnected(this.connection, null);
		assertThat(this.upstream.take().text()).isEqualTo("{}");
	}

	@Test
	void joinedAndLeft() {
		this.tester.handler().joined(this.connection, "g\"1");
		this.tester.handler().left(this.connection, "g\"1");
		Received joined = this.upstream.take();
		assertThat(own(joined)).isEqualTo(
				expected("joined", "azure.webpubsub.gp.joined", "1", "application/json; charset=utf-8", Map.of()));
		assertThat(joined.text()).isEqualTo("{\"group\":\"g\\\"1\"}");
		assertThat(own(this.upstream.take()))
			.isEqualTo(expected("left", "azure.webpubsub.gp.left", "2", "application/json; charset=utf-8", Map.of()));
	}

	@Test
	void userEvent() {
		UserEventRequest request = TestConnection.event("typing", DataType.JSON,
				JsonText.of("{ \"a\": 1.0 }".getBytes()), Map.of("key", "50 % off", "other", "für"));
		WebhookTester.get(this.tester.handler().userEvent(request, this.connection.state("")));
		Received received = this.upstream.take();
		assertThat(received.uri()).isEqualTo("/api/chat/typing?code=s3cret");
		assertThat(own(received)).isEqualTo(
				expected("typing", "azure.webpubsub.user.typing", "1", "application/json", Map.of("Ce-connectionstate",
						"", "X-webpubsub-metadata-key", "50 % off", "X-webpubsub-metadata-other", "f%C3%BCr")));
		assertThat(received.text()).isEqualTo("{ \"a\": 1.0 }");
	}

	@ParameterizedTest
	@CsvSource({ "TEXT, text/plain", "BINARY, application/octet-stream", "PROTOBUF, application/x-protobuf" })
	void contentTypesOfPayloads(DataType type, String contentType) {
		Object payload = (type == DataType.TEXT) ? "grüß" : "grüß".getBytes(StandardCharsets.UTF_8);
		WebhookTester
			.get(this.tester.handler().userEvent(TestConnection.event("message", type, payload), this.connection));
		Received received = this.upstream.take();
		assertThat(received.header("Content-Type")).isEqualTo(contentType);
		assertThat(received.text()).isEqualTo("grüß");
	}

	@Test
	void jsonThatIsAValue() {
		WebhookTester.get(this.tester.handler()
			.userEvent(TestConnection.event("x", DataType.JSON, Map.of("n", List.of(1))), this.connection));
		assertThat(this.upstream.take().text()).isEqualTo("{\"n\":[1]}");
	}

	@Test
	void eventsAreNumberedPerConnection() {
		WebhookTester.get(this.tester.handler().connect(this.connection.connectRequest(), this.connection));
		WebhookTester.get(this.tester.handler().userEvent(TestConnection.text("a"), this.connection));
		WebhookTester.get(this.tester.handler().userEvent(TestConnection.text("a"), this.connection));
		TestConnection other = TestConnection.of("c2");
		WebhookTester.get(this.tester.handler().userEvent(TestConnection.text("a"), other));
		assertThat(List.of(id(), id(), id(), id())).containsExactly("0", "1", "2", "1");
	}

	private String id() {
		return this.upstream.take().header("ce-id");
	}

	@ParameterizedTest
	@CsvSource({ "ann, ann", "50% of it, 50% of it", "bjørn, bj%C3%B8rn", "'50% ø', '50%25 %C3%B8'", "' a ', %20a%20",
			"'a\tb', a%09b", "a\u007fb, a%7Fb", "\uD83D\uDE00, %F0%9F%98%80" })
	void usersThatAreNotAscii(String userId, String header) {
		WebhookTester.get(this.tester.handler().userEvent(TestConnection.text("a"), this.connection.user(userId)));
		assertThat(this.upstream.take().header("ce-userId")).isEqualTo(header);
	}

	@Test
	void noHeaderForNobody() {
		WebhookTester.get(this.tester.handler().userEvent(TestConnection.text("a"), this.connection.user("")));
		WebhookTester.get(this.tester.handler().userEvent(TestConnection.text("a"), this.connection.user(null)));
		assertThat(this.upstream.take().headers().containsKey("ce-userId")).isFalse();
		assertThat(this.upstream.take().headers().containsKey("ce-userId")).isFalse();
	}

	@Test
	void connectTellsTheClientWithoutItsSecrets() {
		MultiValueMap<String, String> query = new LinkedMultiValueMap<>();
		query.add("room", "a");
		query.add("room", "b");
		query.add("access_token", "secret");
		MultiValueMap<String, String> headers = new LinkedMultiValueMap<>();
		headers.add("User-Agent", "test");
		headers.add("authorization", "secret");
		headers.add("Cookie", "secret");
		HubHandshake handshake = new HubHandshake(this.connection.handshake().uri(), query, headers,
				new LinkedMultiValueMap<>(), null, new ConcurrentHashMap<>());
		WebhookTester.get(this.tester.handler()
			.connect(new ConnectEventRequest("Chat", "c1", "ann", null, handshake, Map.of("sub", List.of("ann")),
					List.of("json.webpubsub.azure.v1", "x")), this.connection));
		assertThat(this.upstream.take().text()).isEqualTo("{\"claims\":{\"sub\":[\"ann\"]},"
				+ "\"query\":{\"room\":[\"a\",\"b\"]},\"headers\":{\"User-Agent\":[\"test\"]},"
				+ "\"subprotocols\":[\"json.webpubsub.azure.v1\",\"x\"],\"clientCertificates\":[]}");
	}

	@Test
	void connectTellsTheCertificateOfTheClient() throws Exception {
		X509Certificate certificate = mock();
		given(certificate.getEncoded()).willReturn("abc".getBytes(StandardCharsets.US_ASCII));
		HubHandshake handshake = this.connection.handshake();
		handshake.attributes()
			.put(HubHandshake.CLIENT_CERTIFICATES_ATTRIBUTE,
					new X509Certificate[] { certificate, mock(X509Certificate.class) });
		WebhookTester.get(this.tester.handler()
			.connect(new ConnectEventRequest("Chat", "c1", null, null, handshake), this.connection));
		assertThat(this.upstream.take().text())
			.endsWith("\"clientCertificates\":[{\"thumbprint\":\"A9993E364706816ABA3E25717850C26C9CD0D89D\","
					+ "\"content\":\"-----BEGIN CERTIFICATE-----\\nYWJj\\n-----END CERTIFICATE-----\\n\"}]}");
	}

	@Test
	void noSignatureWithoutAccessKey() {
		try (WebhookTester unsigned = WebhookTester.handling(this.upstream.url())) {
			WebhookTester.get(unsigned.handler().userEvent(TestConnection.text("a"), this.connection));
			assertThat(this.upstream.take().headers().containsKey("ce-signature")).isFalse();
		}
	}

	private static Map<String, String> expected(String name, String type, String id, String contentType,
			Map<String, String> others) {
		Map<String, String> headers = new TreeMap<>(others);
		headers.putAll(Map.of("Ce-specversion", "1.0", "Ce-awpsversion", "1.0", "Ce-type", type, "Ce-source",
				"/hubs/chat/client/c1", "Ce-id", id, "Ce-time", "2026-11-30T12:34:56Z", "Ce-userid", "ann",
				"Ce-connectionid", "c1", "Ce-hub", "chat"));
		headers.put("Ce-eventname", name);
		// HMAC-SHA256 of "c1", as OpenSSL computes it
		headers.put("Ce-signature", "sha256=49004518459daba259918f451916b389da469e919ef62110bb7a057f58e9a016,"
				+ "sha256=8b20ebf634fa4cd02fb4be9f5fad08d3b3ca62ae8650f53c1d2916708dd751ac");
		headers.put("Webhook-request-origin", "example.com:8443");
		headers.put("Content-type", contentType);
		headers.put("Authorization", "Bearer t0ken");
		return headers;
	}

	// without those of HTTP itself
	private static Map<String, String> own(Received received) {
		Map<String, String> headers = new TreeMap<>();
		received.headers().forEach((name, values) -> {
			assertThat(values).as(name).hasSize(1);
			headers.put(name, values.get(0));
		});
		List.of("Connection", "Content-length", "Host", "Http2-settings", "Upgrade", "User-agent")
			.forEach(headers::remove);
		return headers;
	}

}
