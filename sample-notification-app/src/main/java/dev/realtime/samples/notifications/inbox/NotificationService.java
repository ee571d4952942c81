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

import java.util.Collection;
import java.util.List;

import dev.realtime.hub.TypedHubContext;
import dev.realtime.samples.notifications.people.People;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keeps notifications, and tells devices about them. What devices are told is true: it is
 * sent when the transaction has committed.
 */
@Service
@Transactional
public class NotificationService {

	private static final int HANDED_OVER = 100;

	private final NotificationRepository repository;

	private final People people;

	private final TypedHubContext<NotificationClient> hub;

	NotificationService(NotificationRepository repository, People people, TypedHubContext<NotificationClient> hub) {
		this.repository = repository;
		this.people = people;
		this.hub = hub;
	}

	/**
	 * Send a notification to those who are there, and keep it for those who are not.
	 * @throws NoSuchAudienceException if there is nobody like that
	 */
	public Notification send(Audience audience, String sender, String text) {
		List<String> recipients = this.people.names(audience::includes);
		if (recipients.isEmpty()) {
			throw new NoSuchAudienceException(audience);
		}
		Notification notification = this.repository.add(audience, sender, text, recipients);
		audience.in(this.hub.afterCommit()).notificationReceived(notification);
		return notification;
	}

	/**
	 * Mark notifications of a user as read, and tell all devices of the user.
	 */
	public void markRead(String user, Collection<Long> ids) {
		List<Long> unread = this.repository.unread(user).stream().filter(ids::contains).toList();
		if (!unread.isEmpty()) {
			this.repository.markRead(user, unread);
			this.hub.afterCommit().user(user).notificationsRead(unread);
		}
	}

	public void markAllRead(String user) {
		markRead(user, this.repository.unread(user));
	}

	@Transactional(readOnly = true)
	public Inbox inbox(String user) {
		List<Notification> notifications = this.repository.findUnreadThenLatest(user, HANDED_OVER);
		long unread = notifications.stream().filter((notification) -> !notification.read()).count();
		return new Inbox(notifications, this.repository.unread(user).size() - (int) unread);
	}

	/**
	 * Sum up, for each who has not read everything, what that is.
	 */
	@Transactional(readOnly = true)
	public List<Digest> digests() {
		return this.repository.findDigests();
	}

	/**
	 * Return the latest notifications, with how many have read them.
	 */
	@Transactional(readOnly = true)
	public List<SentNotification> sent(int limit) {
		return this.repository.findSent(limit);
	}

}
