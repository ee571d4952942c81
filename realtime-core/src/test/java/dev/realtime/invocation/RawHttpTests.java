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

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;

import dev.realtime.web.TestEngine;
import dev.realtime.web.TestServer;
import dev.realtime.web.TestServer.RawClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for raw connections over server-sent events and long polling, and for the
 * statuses of their path.
 */
@ParameterizedClass
@EnumSource(names = { "SERVLET_ON_TOMCAT", "SERVLET_ON_JETTY" })
class RawHttpTests {

	private static final String[] EVENTS = { "Accept", "text/event-stream" };

	private static final String[] TEXT = { "Content-Type", "text/plain;charset=UTF-8" };

	private static RawServer raw;

	private static TestServer server;

	@Parameter
	private TestEngine engine;

	@BeforeParameterizedClassInvocation
	static void start(TestEngine engine) {
		raw = new RawServer(engine, RawRecorder.Echo.class, RawRecorder.class);
		server = raw.web;
	}

	@AfterParameterizedClassInvocation
	static void stop() {
		raw.close();
	}

	@Test
	void negotiates() {
		String transports = "\"availableTransports\":[{\"transport\":\"WebSockets\",\"transferFormats\":[\"Text\",\"Binary\"]},"
				+ "{\"transport\":\"ServerSentEvents\",\"transferFormats\":[\"Text\"]},"
				+ "{\"transport\":\"LongPolling\",\"transferFormats\":[\"Text\",\"Binary\"]}]}";
		assertThat(server.send("POST", "/echo/negotiate?negotiateVersion=1&useStatefulReconnect=true", "").body())
			.startsWith("{\"negotiateVersion\":1,\"connectionId\":\"")
			.contains("\"connectionToken\":\"")
			.endsWith(transports);
		assertThat(server.send("POST", "/echo/negotiate", "").body())
			.startsWith("{\"negotiateVersion\":0,\"connectionId\":\"")
			.doesNotContain("connectionToken")
			.endsWith(transports);
		assertThat(server.send("POST", "/echo/negotiate?negotiateVersion=x", "").body()).contains("non-integer");
	}

	@Test
	void echoesEvents() throws Exception {
		String token = server.negotiate("/echo");
		try (RawClient events = events("/echo", token)) {
			expect(server.send("POST", "/echo?id=" + token, "one", TEXT), 200, "");
			assertThat(events.readUntil("one\r\n\r\n")).as(this.engine.name()).endsWith("data: one\r\n\r\n");
			expect(server.send("POST", "/echo?id=" + token, "two\nlines €"), 200, "");
			assertThat(events.readUntil("\r\n\r\n")).contains("data: two\r\ndata: lines ");
		}
	}

	@Test
	void echoesAnswersToPolls() {
		String token = server.negotiate("/echo");
		expect(server.send("GET", "/echo?id=" + token, null), 200, "");
		CompletableFuture<HttpResponse<String>> poll = server.sendAsync("GET", "/echo?id=" + token, null);
		expect(server.send("POST", "/echo?id=" + token, "hello €", TEXT), 200, "");
		expect(poll.join(), 200, "hello €");
		expect(server.send("POST", "/echo?id=" + token, "one", TEXT), 200, "");
		expect(server.send("POST", "/echo?id=" + token, "two", TEXT), 200, "");
		expect(server.send("GET", "/echo?id=" + token, null), 200, "one");
		expect(server.send("GET", "/echo?id=" + token, null), 200, "two");
	}

	@Test
	void echoesBytes() throws Exception {
		String token = server.negotiate("/echo");
		expect(server.send("GET", "/echo?id=" + token, null), 200, "");
		byte[] bytes = { 0, (byte) 0xFF, (byte) 0xC3, 13, 10 };
		HttpRequest send = HttpRequest.newBuilder(server.uri("/echo?id=" + token))
			.header("Content-Type", "application/octet-stream")
			.POST(HttpRequest.BodyPublishers.ofByteArray(bytes))
			.build();
		assertThat(server.client.send(send, HttpResponse.BodyHandlers.discarding()).statusCode()).isEqualTo(200);
		HttpRequest poll = HttpRequest.newBuilder(server.uri("/echo?id=" + token)).build();
		assertThat(server.client.send(poll, HttpResponse.BodyHandlers.ofByteArray()).body()).isEqualTo(bytes);
	}

	@Test
	void takesABodyForOneMessage() {
		RawRecorder recorder = raw.bean(RawRecorder.class);
		recorder.events.clear();
		String token = server.negotiate("/record");
		expect(server.send("GET", "/record?id=" + token, null), 200, "");
		// longer than what is read at once, but not than a piece
		String body = "0123456789".repeat(3000);
		expect(server.send("POST", "/record?id=" + token, body, TEXT), 200, "");
		Awaitility.await().untilAsserted(() -> assertThat(recorder.events).containsExactly("connected", body));
		expect(server.send("DELETE", "/record?id=" + token, null), 202, "");
		Awaitility.await()
			.untilAsserted(
					() -> assertThat(recorder.events).containsExactly("connected", body, "disconnected client-closed"));
	}

	@Test
	void textThatIsNoUtf8EndsTheConnection() throws Exception {
		RawRecorder recorder = raw.bean(RawRecorder.class);
		recorder.events.clear();
		String token = server.negotiate("/record");
		try (RawClient events = events("/record", token)) {
			HttpRequest send = HttpRequest.newBuilder(server.uri("/record?id=" + token))
				.POST(HttpRequest.BodyPublishers.ofByteArray(new byte[] { 'a', (byte) 0xFF }))
				.build();
			server.client.send(send, HttpResponse.BodyHandlers.discarding());
			Awaitility.await()
				.untilAsserted(
						() -> assertThat(recorder.events).containsExactly("connected", "disconnected protocol-error"));
			assertThat(new String(events.readAll())).doesNotContain("data:");
		}
	}

	@Test
	void answersWithTheStatusTable() throws Exception {
		expect(server.send("GET", "/echo", null), 400, "Connection ID required");
		expect(server.send("POST", "/echo", "x"), 400, "Connection ID required");
		expect(server.send("GET", "/echo?id=nobody", null), 404, "No Connection with that ID");
		expect(server.send("POST", "/echo?id=nobody", "x"), 404, "No Connection with that ID");
		expect(server.send("DELETE", "/echo?id=nobody", null), 404, "No Connection with that ID");
		expect(server.send("PUT", "/echo?id=nobody", "x"), 405, "");
		expect(server.send("GET", "/echo/negotiate", null), 405, "");
		String token = server.negotiate("/echo");
		try (RawClient events = events("/echo", token)) {
			assertThat(events.isConnected()).isTrue();
			expect(server.send("GET", "/echo?id=" + token, null, EVENTS), 409, "");
			expect(server.send("GET", "/echo?id=" + token, null), 400, "Cannot change transports mid-connection");
			expect(server.send("DELETE", "/echo?id=" + token, null), 400,
					"Cannot terminate this connection using the DELETE endpoint.");
			expect(server.send("GET", "/record?id=" + token, null), 403, "Forbidden");
		}
		token = server.negotiate("/echo");
		try (RawClient client = server.rawWebSocket("/echo?id=" + token)) {
			assertThat(client.isConnected()).isTrue();
			expect(server.send("POST", "/echo?id=" + token, "x"), 405,
					"POST requests are not allowed for WebSocket connections.");
		}
		String ofAnn = server.negotiate("/echo", "X-User", "ann");
		expect(server.send("GET", "/echo?id=" + ofAnn, null, "X-User", "bob"), 403, "Forbidden");
	}

	private static RawClient events(String path, String token) throws Exception {
		RawClient client = server.raw("GET " + path + "?id=" + token
				+ " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n" + "Accept: text/event-stream\r\n\r\n");
		assertThat(client.readUntil(":\r\n")).startsWith("HTTP/1.1 200 ");
		return client;
	}

	private static void expect(HttpResponse<String> response, int status, String text) {
		assertThat(response.statusCode()).isEqualTo(status);
		assertThat(response.body()).isEqualTo(text);
	}

}
