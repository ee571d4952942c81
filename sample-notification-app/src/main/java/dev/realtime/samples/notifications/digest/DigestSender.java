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

package dev.realtime.samples.notifications.digest;

import dev.realtime.hub.TypedHubContext;
import dev.realtime.samples.notifications.inbox.NotificationClient;
import dev.realtime.samples.notifications.inbox.NotificationService;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Tells people from time to time what they have not read. Those who are not there miss
 * nothing: they are handed over their inbox when they come.
 */
@Component
class DigestSender {

	private final NotificationService notifications;

	private final TypedHubContext<NotificationClient> hub;

	DigestSender(NotificationService notifications, TypedHubContext<NotificationClient> hub) {
		this.notifications = notifications;
		this.hub = hub;
	}

	@Scheduled(cron = "${notifications.digest.cron}")
	void send() {
		this.notifications.digests().forEach((digest) -> this.hub.user(digest.recipient()).digest(digest));
	}

}
