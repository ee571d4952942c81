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

package dev.realtime.event;

import java.net.URI;
import java.util.Map;
import java.util.Set;

import dev.realtime.protocol.CloseReason;
import dev.realtime.protocol.HubHandshake;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.util.LinkedMultiValueMap;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HubEvent}s and {@link HubEventRequest}s.
 */
class HubEventTests {

	@Test
	void listenerMayListenToOneOrAllEvents() {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Audit.class)) {
			context.publishEvent(new ConnectedEvent("chat", "c1", "ann"));
			context.publishEvent(new GroupJoinedEvent("chat", "c1", "ann", "lobby"));
			context.publishEvent(new GroupLeftEvent("chat", "c1", "ann", "lobby"));
			context.publishEvent(
					new DisconnectedEvent("chat", "c1", "ann", Set.of("lobby"), CloseReason.CLIENT_CLOSED, null));
			Audit audit = context.getBean(Audit.class);
			assertThat(audit.events).isEqualTo(4);
			assertThat(audit.disconnected).isNotNull();
			assertThat(audit.disconnected.groups()).containsExactly("lobby");
		}
	}

	@Test
	void requestsNameTheirEvent() {
		HubHandshake handshake = handshake();
		assertThat(new ConnectEventRequest("chat", "c1", null, null, handshake).type()).isEqualTo(EventType.CONNECT);
		assertThat(new ConnectedEventRequest("chat", "c1", null, null, handshake).type())
			.isEqualTo(EventType.CONNECTED);
		assertThat(new DisconnectedEventRequest("chat", "c1", null, Set.of(), CloseReason.CLIENT_GONE, null).type())
			.isEqualTo(EventType.DISCONNECTED);
	}

	@Test
	void connectRequestReadsTheHandshake() {
		HubHandshake handshake = handshake();
		handshake.query().add("room", "lobby");
		handshake.headers().add("Origin", "https://example.com");
		handshake.cookies().add("theme", "dark");
		ConnectEventRequest request = new ConnectEventRequest("chat", "c1", "ann", () -> "ann", handshake);
		assertThat(request.query("room")).isEqualTo("lobby");
		assertThat(request.header("Origin")).isEqualTo("https://example.com");
		assertThat(request.cookie("theme")).isEqualTo("dark");
		assertThat(request.query("none")).isNull();
		assertThat(request.header("none")).isNull();
		assertThat(request.cookie("none")).isNull();
	}

	private HubHandshake handshake() {
		return new HubHandshake(URI.create("/hubs/chat"), new LinkedMultiValueMap<>(), new LinkedMultiValueMap<>(),
				new LinkedMultiValueMap<>(), null, Map.of());
	}

	static class Audit {

		int events;

		DisconnectedEvent disconnected;

		@EventListener
		void on(HubEvent event) {
			this.events++;
		}

		@EventListener
		void on(DisconnectedEvent event) {
			this.disconnected = event;
		}

	}

}
