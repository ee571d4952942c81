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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import dev.realtime.event.ClientEventConnection;
import dev.realtime.event.ClientEventHandler;
import dev.realtime.event.ClientEventListener;
import dev.realtime.event.ConnectEventRequest;
import dev.realtime.event.ConnectEventResponse;
import dev.realtime.event.ConnectRejectedException;
import dev.realtime.event.EventType;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.timeout;

/**
 * Tests for {@link ClientEvents}.
 */
class ClientEventsTests {

	private static final int WAITING = ClientEvents.MAX_WAITING_FOR_HUB;

	private final Semaphore permits = new Semaphore(ClientEvents.MAX_WAITING);

	private final ClientEvents events = new ClientEvents("chat", this.permits);

	private final ClientEventConnection connection = mock(ClientEventConnection.class);

	private final ClientEventHandler handler = mock(ClientEventHandler.class);

	private final ClientEventListener listener = mock(ClientEventListener.class);

	@Test
	void theFirstHandlerOfGroupsIsToldOfThem() {
		ClientEventHandler other = mock(ClientEventHandler.class);
		ClientEventHandler later = mock(ClientEventHandler.class);
		given(this.handler.handlesGroups("chat")).willReturn(true);
		given(later.handlesGroups("chat")).willReturn(true);
		this.events.connect(List.of(other, this.handler, later), List.of());
		assertThat(this.events.watchesGroups()).isTrue();
		this.events.joined(this.connection, "g");
		this.events.left(this.connection, "g");
		then(this.handler).should().joined(this.connection, "g");
		then(this.handler).should().left(this.connection, "g");
		then(other).should(never()).joined(any(), any());
		then(later).should(never()).joined(any(), any());
	}

	@Test
	void listenersOfTheHubAreToldOfGroups() {
		ClientEventListener ofOtherHubs = mock(ClientEventListener.class);
		given(this.listener.listensTo("chat")).willReturn(true);
		given(this.handler.handlesGroups("chat")).willReturn(true);
		willThrow(new IllegalStateException("failed")).given(this.handler).joined(any(), any());
		this.events.connect(List.of(this.handler), List.of(ofOtherHubs, this.listener));
		this.events.joined(this.connection, "g");
		this.events.connected(this.connection);
		then(this.listener).should().joined(this.connection, "g");
		then(this.listener).should().connected(this.connection);
		then(ofOtherHubs).should(never()).joined(any(), any());
		then(ofOtherHubs).should(never()).connected(any());
	}

	@Test
	void oneClientTooManyDoesNotWait() throws Exception {
		CompletableFuture<ConnectEventResponse> decision = new CompletableFuture<>();
		handlesConnect(decision);
		ExecutorService threads = Executors.newCachedThreadPool();
		try {
			List<Future<ConnectEventResponse>> waiting = new ArrayList<>();
			for (int i = 0; i < WAITING; i++) {
				waiting.add(threads.submit(this::connect));
			}
			then(this.handler).should(timeout(10_000).times(WAITING)).connect(any(), any());
			assertThat(threads.submit(this::connect)).failsWithin(Duration.ofSeconds(10))
				.withThrowableOfType(ExecutionException.class)
				.havingCause()
				.isInstanceOfSatisfying(ConnectRejectedException.class,
						(rejection) -> assertThat(rejection.getStatus()).isEqualTo(503));
			ConnectEventResponse accepted = ConnectEventResponse.accept();
			decision.complete(accepted);
			for (Future<ConnectEventResponse> answer : waiting) {
				assertThat(answer.get(10, TimeUnit.SECONDS)).isSameAs(accepted);
			}
			assertThat(connect()).isSameAs(accepted);
		}
		finally {
			threads.shutdownNow();
		}
	}

	@Test
	void clientsThatAreRejectedMakeRoom() {
		handlesConnect(CompletableFuture.failedFuture(new ConnectRejectedException(403, null)));
		for (int i = 0; i <= WAITING; i++) {
			assertThatExceptionOfType(ConnectRejectedException.class).isThrownBy(this::connect)
				.satisfies((rejection) -> assertThat(rejection.getStatus()).isEqualTo(403));
		}
	}

	@Test
	void hubsSharePermitsToWait() {
		handlesConnect(new CompletableFuture<>());
		this.permits.drainPermits();
		assertThatExceptionOfType(ConnectRejectedException.class).isThrownBy(this::connect)
			.satisfies((rejection) -> assertThat(rejection.getStatus()).isEqualTo(503));
		this.permits.release();
		handlesConnect(CompletableFuture.completedFuture(null));
		for (int i = 0; i <= WAITING; i++) {
			assertThatNoException().isThrownBy(this::connect);
		}
		assertThat(this.permits.availablePermits()).isEqualTo(1);
	}

	private void handlesConnect(CompletableFuture<ConnectEventResponse> decision) {
		given(this.handler.handles("chat", EventType.CONNECT)).willReturn(true);
		given(this.handler.connect(any(), any())).willReturn(decision);
		this.events.connect(List.of(this.handler), List.of());
	}

	private ConnectEventResponse connect() throws Exception {
		return this.events.connect(mock(ConnectEventRequest.class), this.connection);
	}

	@Test
	void nobodyWatchesGroups() {
		this.events.connect(List.of(this.handler), List.of(this.listener));
		assertThat(this.events.watchesGroups()).isFalse();
	}

}
