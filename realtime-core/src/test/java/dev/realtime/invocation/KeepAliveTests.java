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

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import dev.realtime.protocol.CloseReason;
import dev.realtime.protocol.TransportType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.util.LinkedMultiValueMap;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for pings and timeouts, driven by a heartbeat of their own.
 */
class KeepAliveTests {

	private static final String PING = "{'type':6}";

	private final HubTester tester = HubTester.with(Calls.class);

	private final TestClient client = this.tester.connect();

	@AfterEach
	void close() {
		this.tester.close();
	}

	private static void heartbeat(TestClient client, long since, long millis) {
		client.connection().onHeartbeat(since + TimeUnit.MILLISECONDS.toNanos(millis));
	}

	private void heartbeatAfterSending(long millis) {
		heartbeat(this.client, this.client.connection().lastSent(), millis);
	}

	private void heartbeatAfterReceiving(long millis) {
		long lastReceived = this.client.connection().lastReceived();
		heartbeat(this.client, lastReceived, millis);
	}

	private TestClient open(TransportType transport) {
		return this.tester.open(this.tester.endpoint(), transport, null, new LinkedMultiValueMap<>());
	}

	@ParameterizedTest
	@EnumSource(names = { "WEB_SOCKETS", "SERVER_SENT_EVENTS" })
	void pingsAfterSilence(TransportType transport) {
		TestClient client = open(transport).handshake();
		long lastSent = client.connection().lastSent();
		heartbeat(client, lastSent, 14_999);
		assertThat(client.received()).isEmpty();
		heartbeat(client, lastSent, 15_000);
		assertThat(client.received()).containsExactly(PING);
	}

	@Test
	void pingsAgainOnlyAfterMoreSilence() {
		long lastSent = this.client.connection().lastSent();
		heartbeat(this.client, lastSent, 15_000);
		// the clock of the heartbeat runs ahead of that of the transport
		this.client.connection().sent(lastSent + TimeUnit.SECONDS.toNanos(15));
		heartbeat(this.client, lastSent, 29_999);
		assertThat(this.client.received()).containsExactly(PING);
		heartbeat(this.client, lastSent, 30_000);
		assertThat(this.client.received()).containsExactly(PING, PING);
	}

	@Test
	void intervalIsConfigurable() {
		try (HubTester quick = HubTester.with((options) -> options.keepAliveInterval(Duration.ofSeconds(1)),
				Calls.class)) {
			TestClient client = quick.connect();
			heartbeat(client, client.connection().lastSent(), 1000);
			assertThat(client.received()).containsExactly(PING);
		}
	}

	@Test
	void doesNotPingWhenWrittenToLately() {
		long before = this.client.connection().lastSent();
		this.tester.hub().all().send("hello");
		this.client.connection().sent(before + TimeUnit.SECONDS.toNanos(10));
		heartbeat(this.client, before, 24_999);
		assertThat(this.client.received()).noneMatch(PING::equals);
	}

	@Test
	void doesNotPileUpPingsForAStalledClient() {
		this.client.stall();
		for (int second = 15; second < 25; second++) {
			heartbeatAfterSending(second * 1000);
		}
		assertThat(this.client.connection().queue().messages()).isEqualTo(1);
		this.client.resume();
		assertThat(this.client.received()).containsExactly(PING);
	}

	@Test
	void doesNotPingLongPolling() {
		TestClient polling = open(TransportType.LONG_POLLING).handshake();
		heartbeat(polling, polling.connection().lastSent(), 60_000);
		assertThat(polling.received()).isEmpty();
		assertThat(polling.isClosed()).isFalse();
	}

	@Test
	void doesNotPingBeforeTheHandshake() {
		try (HubTester patient = HubTester.with((options) -> options.handshakeTimeout(Duration.ofMinutes(1)),
				Calls.class)) {
			TestClient silent = patient.open(null);
			heartbeat(silent, silent.connection().lastSent(), 59_000);
			assertThat(silent.received()).isEmpty();
		}
	}

	@Test
	void doesNotPingAClosedConnection() {
		this.client.disconnect();
		heartbeatAfterSending(60_000);
		assertThat(this.client.received()).isEmpty();
	}

	@Test
	void timesNobodyOutWhoNeverPinged() {
		heartbeatAfterReceiving(3_600_000);
		assertThat(this.client.connection().isEnding()).isFalse();
	}

	@ParameterizedTest
	@EnumSource(names = { "WEB_SOCKETS", "LONG_POLLING" })
	void timesOutAfterAPing(TransportType transport) {
		TestClient client = open(transport).handshake();
		client.send(PING);
		long lastReceived = client.connection().lastReceived();
		heartbeat(client, lastReceived, 29_999);
		assertThat(client.connection().isEnding()).isFalse();
		heartbeat(client, lastReceived, 30_000);
		assertThat(client.next((record) -> !record.equals(PING)))
			.isEqualTo("{'type':7,'error':'Connection closed with an error.','allowReconnect':true}");
		client.awaitClosed();
		assertThat(client.connection().closeReason()).isEqualTo(CloseReason.CLIENT_TIMEOUT);
	}

	@Test
	void explainsWithDetailedErrors() {
		try (HubTester detailed = HubTester.with((options) -> options.detailedErrors(true), Calls.class)) {
			TestClient client = detailed.connect();
			client.send(PING);
			heartbeat(client, client.connection().lastReceived(), 30_000);
			assertThat(client.next()).contains("Connection closed with an error. ",
					"Client hasn't sent a message/ping within the configured ClientTimeoutInterval.");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { PING, "{'type':1,'target':'nothing','arguments':[]}", "{'type':99}" })
	void anyMessageResetsTheTimeout(String record) {
		this.client.send(PING);
		long before = this.client.connection().lastReceived();
		while (this.client.connection().lastReceived() == before) {
			this.client.send(record);
		}
		heartbeat(this.client, before, 30_000);
		assertThat(this.client.connection().isEnding()).isFalse();
		heartbeatAfterReceiving(30_000);
		assertThat(this.client.connection().isEnding()).isTrue();
	}

	@Test
	void doesNotTimeOutWhileReadingIsPaused() {
		this.client.send(PING, "{'type':1,'invocationId':'1','target':'pending','arguments':[]}");
		String[] calls = new String[300];
		Arrays.fill(calls, "{'type':1,'target':'nothing','arguments':[]}");
		this.client.send(calls);
		long lastReceived = this.client.connection().lastReceived();
		assertThat(this.client.connection().readGate().readable().toCompletableFuture()).isNotDone();
		heartbeat(this.client, lastReceived, 40_000);
		assertThat(this.client.connection().isEnding()).isFalse();
		this.tester.bean(Calls.class).pending.complete("done");
		this.client.awaitReadable();
		assertThat(this.client.completion("1")).contains("done");
		// what the client has sent meanwhile is yet to be read
		heartbeat(this.client, lastReceived, 41_000);
		heartbeat(this.client, lastReceived, 69_999);
		assertThat(this.client.connection().isEnding()).isFalse();
		heartbeat(this.client, lastReceived, 70_000);
		assertThat(this.client.connection().closeReason()).isEqualTo(CloseReason.CLIENT_TIMEOUT);
	}

	@HubController("test")
	static class Calls {

		final CompletableFuture<String> pending = new CompletableFuture<>();

		@HubMethod
		void nothing() {
		}

		@HubMethod
		CompletableFuture<String> pending() {
			return this.pending;
		}

	}

}
