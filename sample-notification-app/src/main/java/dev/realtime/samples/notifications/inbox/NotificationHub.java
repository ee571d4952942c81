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

package dev.realtime.samples.notifications.inbox;

import java.util.List;
import java.util.Objects;

import dev.realtime.event.EventHandler;
import dev.realtime.event.EventType;
import dev.realtime.hub.HubCallerContext;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import dev.realtime.samples.notifications.inbox.Audience.Team;
import dev.realtime.samples.notifications.people.People;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * The hub {@code notifications}. A device of any kind is treated the same: SignalR
 * clients call the methods, clients of Web PubSub send events of these names.
 */
@HubController("notifications")
class NotificationHub {

	private final NotificationService notifications;

	private final People people;

	NotificationHub(NotificationService notifications, People people) {
		this.notifications = notifications;
		this.people = people;
	}

	/**
	 * Joins the groups first: what is sent from now on arrives by itself, what was sent
	 * before is in the inbox, and what is in both has the same id.
	 */
	@EventHandler(type = EventType.CONNECTED)
	void handOver(HubCallerContext caller) {
		this.people.find(user(caller))
			.ifPresent((person) -> person.teams().forEach((team) -> caller.join(new Team(team).group())));
		caller.clients(NotificationClient.class).caller().inbox(this.notifications.inbox(user(caller)));
	}

	@HubMethod
	void markRead(@Size(max = 1000) List<@NotNull Long> ids, HubCallerContext caller) {
		this.notifications.markRead(user(caller), ids);
	}

	@HubMethod
	void markAllRead(HubCallerContext caller) {
		this.notifications.markAllRead(user(caller));
	}

	private static String user(HubCallerContext caller) {
		return Objects.requireNonNull(caller.userId(), "nobody connects without logging in");
	}

}
