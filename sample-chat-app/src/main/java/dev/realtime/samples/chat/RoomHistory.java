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

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.stereotype.Component;

/**
 * The last messages of the rooms where something was said most recently. Kept in memory,
 * within limits.
 */
@Component
class RoomHistory {

	static final int MAX_ROOMS = 100;

	static final int MAX_MESSAGES = 50;

	@SuppressWarnings("serial")
	private final Map<String, Deque<ChatMessage>> rooms = new LinkedHashMap<>(16, 0.75f, true) {

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Deque<ChatMessage>> eldest) {
			return size() > MAX_ROOMS;
		}

	};

	synchronized void add(String room, ChatMessage message) {
		Deque<ChatMessage> messages = this.rooms.computeIfAbsent(room, (name) -> new ArrayDeque<>());
		messages.addLast(message);
		if (messages.size() > MAX_MESSAGES) {
			messages.removeFirst();
		}
	}

	/**
	 * Return what a room remembers.
	 * @param room the name of the room
	 * @return its messages, oldest first
	 */
	synchronized List<ChatMessage> of(String room) {
		return List.copyOf(this.rooms.getOrDefault(room, new ArrayDeque<>()));
	}

	synchronized void clear(String room) {
		this.rooms.remove(room);
	}

}
