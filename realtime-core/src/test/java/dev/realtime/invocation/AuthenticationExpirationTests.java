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

import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

import dev.realtime.connection.ClientConnection;
import dev.realtime.connection.Lane;
import dev.realtime.connection.ReplayBuffer;
import dev.realtime.hub.AuthenticationExpiry;
import dev.realtime.protocol.CloseReason;
import dev.realtime.protocol.signalr.HubProtocol;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the end of connections whose authentication has expired, driven by a
 * heartbeat of their own.
 */
class AuthenticationExpirationTests {

	private static HubTester closing() {
		return HubTester.with((options) -> options.closeOnAuthenticationExpiration(true), Expiry.class);
	}

	private static void heartbeat(TestClient client) {
		client.connection().onHeartbeat(System.nanoTime());
	}

	@Test
	void closesAndAllowsToReconnect() {
		try (HubTester tester = closing()) {
			TestClient client = tester.connect("expired");
			heartbeat(client);
			assertThat(client.next()).isEqualTo("{'type':7,'allowReconnect':true}");
			client.awaitClosed();
			assertThat(client.connection().closeReason()).isEqualTo(CloseReason.AUTHENTICATION_EXPIRED);
		}
	}

	@Test
	void whoIsValidOrDoesNotExpireOrIsNotKnownGoesOn() {
		try (HubTester tester = closing()) {
			for (String user : new String[] { "valid", "unlimited", null }) {
				TestClient client = tester.connect(user);
				heartbeat(client);
				assertThat(client.connection().isEnding()).isFalse();
			}
		}
	}

	@Test
	void closesNobodyByDefault() {
		try (HubTester tester = HubTester.with(Expiry.class)) {
			TestClient client = tester.connect("expired");
			heartbeat(client);
			assertThat(client.connection().isEnding()).isFalse();
			assertThat(tester.bean(Expiry.class).asked).hasValue(0);
		}
	}

	@Test
	void authenticationOfTheNewestSocketCounts() {
		try (HubTester tester = closing()) {
			TestClient client = tester.connect("expired");
			ClientConnection connection = client.connection();
			connection.resumable(new ReplayBuffer(new SequencedReplay((HubProtocol) connection.protocol()), 1000, 100),
					Duration.ofSeconds(15));
			assertThat(connection.attach(client, Lane.direct(), () -> "valid", connection.handshake())).isTrue();
			heartbeat(client);
			assertThat(connection.isEnding()).isFalse();
			assertThat(connection.attach(client, Lane.direct(), () -> "expired", connection.handshake())).isTrue();
			heartbeat(client);
			assertThat(connection.closeReason()).isEqualTo(CloseReason.AUTHENTICATION_EXPIRED);
		}
	}

	@Test
	void asksOncePerPrincipal() {
		try (HubTester tester = closing()) {
			TestClient client = tester.connect("valid");
			heartbeat(client);
			heartbeat(client);
			assertThat(tester.bean(Expiry.class).asked).hasValue(1);
			client.connection().principal(() -> "expired");
			heartbeat(client);
			assertThat(client.connection().closeReason()).isEqualTo(CloseReason.AUTHENTICATION_EXPIRED);
		}
	}

	static class Expiry implements AuthenticationExpiry {

		final AtomicInteger asked = new AtomicInteger();

		@Override
		public @Nullable Instant expiresAt(Principal principal) {
			this.asked.incrementAndGet();
			return switch (principal.getName()) {
				case "expired" -> Instant.now();
				case "valid" -> Instant.MAX;
				default -> null;
			};
		}

	}

}
