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

import java.util.List;

import dev.realtime.event.ClientEventConnection;
import dev.realtime.event.ClientEventHandler;
import dev.realtime.event.ClientEventListener;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;

/**
 * Tests for {@link ClientEvents}.
 */
class ClientEventsTests {

	private final ClientEvents events = new ClientEvents("chat");

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
	void nobodyWatchesGroups() {
		this.events.connect(List.of(this.handler), List.of(this.listener));
		assertThat(this.events.watchesGroups()).isFalse();
	}

}
