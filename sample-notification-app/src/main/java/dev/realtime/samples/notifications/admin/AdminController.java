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

package dev.realtime.samples.notifications.admin;

import java.security.Principal;
import java.util.List;

import dev.realtime.samples.notifications.inbox.Audience;
import dev.realtime.samples.notifications.inbox.Notification;
import dev.realtime.samples.notifications.inbox.NotificationService;
import dev.realtime.samples.notifications.inbox.SentNotification;
import dev.realtime.samples.notifications.people.People;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * What the page for administrators asks.
 */
@RestController
@RequestMapping("/api/admin")
class AdminController {

	private static final int LATEST = 20;

	private final NotificationService notifications;

	private final People people;

	AdminController(NotificationService notifications, People people) {
		this.notifications = notifications;
		this.people = people;
	}

	@GetMapping("/audiences")
	Audiences audiences() {
		return new Audiences(this.people.teams(), this.people.names((person) -> true));
	}

	@GetMapping("/notifications")
	List<SentNotification> sent() {
		return this.notifications.sent(LATEST);
	}

	@PostMapping("/notifications")
	@ResponseStatus(HttpStatus.CREATED)
	Notification send(@Valid @RequestBody NewNotification notification, Principal sender) {
		return this.notifications.send(notification.audience(), sender.getName(), notification.text());
	}

	/**
	 * Whom a notification can be for, besides everybody.
	 *
	 * @param teams the names of the teams
	 * @param people the names of the people
	 */
	record Audiences(List<String> teams, List<String> people) {

	}

	/**
	 * A notification to send.
	 *
	 * @param audience whom it is for
	 * @param text the text
	 */
	record NewNotification(@NotNull Audience audience, @NotBlank @Size(max = 500) String text) {

	}

}
