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

import java.time.Instant;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RoomHistory}.
 */
class RoomHistoryTests {

	private final RoomHistory history = new RoomHistory();

	@Test
	void keepsTheLastMessagesOfARoom() {
		for (int i = 0; i <= RoomHistory.MAX_MESSAGES; i++) {
			this.history.add("lobby", message("text " + i));
		}
		assertThat(this.history.of("lobby")).hasSize(RoomHistory.MAX_MESSAGES)
			.startsWith(message("text 1"))
			.endsWith(message("text " + RoomHistory.MAX_MESSAGES));
	}

	@Test
	void forgetsTheRoomThatWasQuietForLongest() {
		for (int i = 0; i < RoomHistory.MAX_ROOMS; i++) {
			this.history.add("room " + i, message("hello"));
		}
		this.history.add("room 0", message("again"));
		this.history.add("one more", message("hello"));
		assertThat(this.history.of("room 0")).hasSize(2);
		assertThat(this.history.of("room 1")).isEmpty();
		assertThat(this.history.of("one more")).hasSize(1);
	}

	@Test
	void clearsARoom() {
		this.history.add("lobby", message("hello"));
		this.history.clear("lobby");
		assertThat(this.history.of("lobby")).isEmpty();
	}

	private static ChatMessage message(String text) {
		return new ChatMessage("ann", text, Instant.EPOCH);
	}

}
