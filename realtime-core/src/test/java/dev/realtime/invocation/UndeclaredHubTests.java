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
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

import dev.realtime.connection.ClientConnection;
import dev.realtime.event.ClientEventHandler;
import dev.realtime.event.ConnectEventResponse;
import dev.realtime.event.EventType;
import dev.realtime.hub.HubOptions;
import dev.realtime.hub.HubRegistry;
import dev.realtime.invocation.PubSubEndpoint.Accepted;
import dev.realtime.protocol.CloseReason;
import dev.realtime.protocol.signalr.JsonHubProtocol;
import dev.realtime.protocol.webpubsub.PubSubProtocols;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;

/**
 * Tests for hubs that nobody has declared, of which there are only so many at a time.
 */
class UndeclaredHubTests {

	private static final Duration REST = Duration.ofMinutes(5);

	private final AtomicLong time = new AtomicLong();

	private final ClientEventHandler handler = mock(ClientEventHandler.class);

	private final HubExecutors executors = HubExecutors.platform();

	private final HubEngine engine = engine();

	private HubEngine engine() {
		JsonMapper mapper = JsonMapper.builder().build();
		HubRegistry registry = new HubRegistry((name) -> HubOptions.at("/hubs/" + name));
		registry.hub("declared");
		HubEngine.Builder builder = HubEngine
			.builder(new DefaultListableBeanFactory(), registry, List.of(new JsonHubProtocol(mapper)))
			.executors(this.executors)
			.clientEventHandlers(() -> List.of(this.handler))
			.webPubSub(PubSubProtocols.available(mapper), mapper)
			.undeclaredHubs(true);
		builder.maxUndeclared = 2;
		builder.clock = this.time::get;
		HubEngine engine = builder.build();
		engine.afterSingletonsInstantiated();
		engine.start();
		return engine;
	}

	@AfterEach
	void close() {
		this.engine.close();
		this.executors.close();
	}

	private void elapse(Duration duration) {
		this.time.addAndGet(duration.toNanos());
	}

	private PubSubEndpoint find(String name) {
		return Objects.requireNonNull(this.engine.pubSubEndpoint(name, true));
	}

	private void assertFull() {
		assertThat(this.engine.pubSubEndpoint("next", true)).isNull();
		assertThat(this.engine.find("next")).isNull();
		assertThat(this.engine.contains("next")).isFalse();
	}

	@Test
	void hubIsLetGoForAnotherOnceNobodyHasAskedForItInAWhile() {
		find("a");
		find("b");
		assertFull();
		elapse(REST.minusNanos(1));
		assertFull();
		find("A");
		elapse(Duration.ofNanos(1));
		find("next");
		assertThat(this.engine.names()).containsExactly("a", "declared", "next");
		assertThat(this.engine.hubs()).extracting(HubEntry::declared).containsExactly(false, true, false);
	}

	@Test
	void hubWithConnectionsStays() {
		PubSubTestClient client = PubSubTestClient.to(find("a")).connect();
		PubSubTestClient.to(find("b")).connect();
		elapse(REST);
		assertFull();
		assertThat(find("declared")).isNotNull();
		client.disconnect();
		await().until(() -> this.engine.pubSubEndpoint("next", true) != null);
		assertThat(this.engine.names()).containsExactly("b", "declared", "next");
	}

	@Test
	void hubStaysForAClientThatWaitsForHandlers() {
		CompletableFuture<ConnectEventResponse> answer = new CompletableFuture<>();
		given(this.handler.handles("a", EventType.CONNECT)).willReturn(true);
		given(this.handler.connect(any(), any())).willReturn(answer);
		PubSubEndpoint hub = find("a");
		CompletableFuture<Accepted> connecting = new CompletableFuture<>();
		new Thread(() -> connecting.complete(PubSubTestClient.to(hub).accept()), "connecting").start();
		await().untilAsserted(() -> then(this.handler).should().connect(any(), any()));
		PubSubTestClient.to(find("b")).connect();
		elapse(REST);
		assertFull();
		answer.complete(ConnectEventResponse.accept());
		ClientConnection connection = connecting.join().connection();
		elapse(REST.minusNanos(1));
		assertFull();
		connection.close(CloseReason.CLIENT_GONE, null);
		elapse(Duration.ofNanos(1));
		find("next");
		assertThat(this.engine.names()).containsExactly("b", "declared", "next");
	}

}
