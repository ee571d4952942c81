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
import java.util.concurrent.CompletableFuture;

import dev.realtime.hub.annotation.HubClient;

/**
 * What the page can be told and asked.
 */
@HubClient("chat")
interface ChatClient {

	void welcome(String user);

	void messageReceived(String user, String text, MessageDetails details);

	void joined(String user, String room);

	void left(String user, String room);

	void typing(String user, String room);

	void privateMessage(String from, String to, String text, Instant at);

	void roomCleared(String room, String by);

	CompletableFuture<Boolean> confirm(String question);

	/**
	 * What belongs to a message besides its text.
	 *
	 * @param room the room it was sent to
	 * @param at when the server received it
	 */
	record MessageDetails(String room, Instant at) {

	}

}
