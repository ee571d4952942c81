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
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.realtime.event.ConnectEventRequest;
import dev.realtime.event.ConnectEventResponse;
import dev.realtime.event.DisconnectedEventRequest;
import dev.realtime.event.EventHandler;
import dev.realtime.event.EventType;
import dev.realtime.hub.HubCallerContext;
import dev.realtime.hub.HubCallerTargets;
import dev.realtime.hub.HubException;
import dev.realtime.hub.HubMember;
import dev.realtime.hub.StreamEmitter;
import dev.realtime.hub.TypedHubContext;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import dev.realtime.samples.chat.ChatClient.MessageDetails;

import org.springframework.util.StringUtils;

/**
 * The hub {@code chat}. A room is a group of the same name.
 */
@HubController("chat")
class ChatController {

	private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N} ._-]{1,32}");

	private static final int MAX_ROOM_LENGTH = 64;

	private static final int MAX_TEXT_LENGTH = 2000;

	private final TypedHubContext<ChatClient> chat;

	private final RoomHistory history;

	private final Answers answers;

	ChatController(TypedHubContext<ChatClient> chat, RoomHistory history, Answers answers) {
		this.chat = chat;
		this.history = history;
		this.answers = answers;
	}

	/**
	 * Anybody may take any name: a real application would use the principal instead.
	 */
	@EventHandler(type = EventType.CONNECT)
	ConnectEventResponse connect(ConnectEventRequest request) {
		String name = request.query("name");
		if (!StringUtils.hasText(name)) {
			return ConnectEventResponse.reject(400, "Please say who you are.");
		}
		if (!NAME.matcher(name.strip()).matches()) {
			return ConnectEventResponse.reject(400,
					"A name has 1 to 32 characters: letters, digits, spaces and - _ . only.");
		}
		return ConnectEventResponse.accept().userId(name.strip());
	}

	@EventHandler(type = EventType.CONNECTED)
	void welcome(HubCallerContext caller) {
		clients(caller).caller().welcome(user(caller));
	}

	@EventHandler(type = EventType.DISCONNECTED)
	void disconnected(DisconnectedEventRequest event, HubCallerContext caller) {
		event.groups().forEach((room) -> tellIfGone(caller, room));
	}

	@HubMethod
	List<ChatMessage> join(String room, HubCallerContext caller) {
		check("The name of a room", room, MAX_ROOM_LENGTH);
		boolean first = !isPresent(user(caller), room);
		caller.join(room);
		if (first) {
			clients(caller).othersInGroup(room).joined(user(caller), room);
		}
		return this.history.of(room);
	}

	@HubMethod
	void leave(String room, HubCallerContext caller) {
		checkPresent(caller, room);
		caller.leave(room);
		tellIfGone(caller, room);
	}

	@HubMethod
	CompletableFuture<List<String>> members(String room) {
		return this.chat.groups()
			.members(room)
			.thenApply((members) -> members.stream()
				.map(HubMember::userId)
				.filter(Objects::nonNull)
				.distinct()
				.sorted()
				.toList());
	}

	@HubMethod
	void sendMessage(String room, String text, HubCallerContext caller) {
		check("A message", text, MAX_TEXT_LENGTH);
		checkPresent(caller, room);
		ChatMessage message = new ChatMessage(user(caller), text, Instant.now());
		this.history.add(room, message);
		this.chat.group(room).messageReceived(message.user(), text, new MessageDetails(room, message.at()));
	}

	@HubMethod
	void sendPrivate(String user, String text, HubCallerContext caller) {
		check("A message", text, MAX_TEXT_LENGTH);
		if (!this.chat.users().exists(user).join()) {
			throw new HubException(user + " is not here.");
		}
		Instant now = Instant.now();
		Stream.of(user, user(caller))
			.distinct()
			.map((receiver) -> this.chat.userExcept(receiver, caller.connectionId()))
			.forEach((devices) -> devices.privateMessage(user(caller), user, text, now));
	}

	@HubMethod
	void typing(String room, HubCallerContext caller) {
		checkPresent(caller, room);
		clients(caller).othersInGroup(room).typing(user(caller), room);
	}

	@HubMethod
	void ask(String question, StreamEmitter<String> answer) {
		check("A question", question, MAX_TEXT_LENGTH);
		this.answers.answer(question, answer);
	}

	/**
	 * The server asks back: no answer within a minute is a no.
	 */
	@HubMethod
	CompletableFuture<Boolean> closeRoom(String room, HubCallerContext caller) {
		checkPresent(caller, room);
		return clients(caller).caller()
			.confirm("Clear the history of " + room + " for everybody?")
			.completeOnTimeout(false, 1, TimeUnit.MINUTES)
			.thenApply((yes) -> {
				if (yes) {
					this.history.clear(room);
					this.chat.group(room).roomCleared(room, user(caller));
				}
				return yes;
			});
	}

	private boolean isPresent(String user, String room) {
		return this.chat.users().inGroup(user, room).join();
	}

	/**
	 * A user is gone when the last device is. One that has disconnected is in the room
	 * until this is told.
	 */
	private void tellIfGone(HubCallerContext caller, String room) {
		boolean present = this.chat.groups()
			.members(room)
			.join()
			.stream()
			.filter((member) -> !member.connectionId().equals(caller.connectionId()))
			.anyMatch((member) -> user(caller).equals(member.userId()));
		if (!present) {
			this.chat.group(room).left(user(caller), room);
		}
	}

	private void checkPresent(HubCallerContext caller, String room) {
		if (!isPresent(user(caller), room)) {
			throw new HubException("You are not in this room.");
		}
	}

	private static void check(String what, String text, int maxLength) {
		if (!StringUtils.hasText(text)) {
			throw new HubException(what + " must not be empty.");
		}
		if (text.length() > maxLength) {
			throw new HubException(what + " has at most " + maxLength + " characters.");
		}
	}

	private static HubCallerTargets<ChatClient> clients(HubCallerContext caller) {
		return caller.clients(ChatClient.class);
	}

	private static String user(HubCallerContext caller) {
		return Objects.requireNonNull(caller.userId(), "set by connect");
	}

}
