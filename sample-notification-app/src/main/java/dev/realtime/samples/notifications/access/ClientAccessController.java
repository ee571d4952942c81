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

package dev.realtime.samples.notifications.access;

import java.net.URI;
import java.security.Principal;
import java.time.Duration;

import dev.realtime.hub.HubContext;
import dev.realtime.hub.annotation.Hub;
import jakarta.servlet.http.HttpSession;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Tells a page where to connect to as a client of Web PubSub. The user of the connection
 * is the one who is logged in, whatever the page says.
 */
@RestController
class ClientAccessController {

	/**
	 * Long enough to connect: the connection outlives its token.
	 */
	private static final Duration LIFETIME = Duration.ofMinutes(1);

	private final HubContext hub;

	private final SessionGroups sessions;

	ClientAccessController(@Hub("notifications") HubContext hub, SessionGroups sessions) {
		this.hub = hub;
		this.sessions = sessions;
	}

	@GetMapping("/api/client-access")
	ClientAccess clientAccess(Principal user, HttpSession session) {
		return new ClientAccess(this.hub.clientAccess()
			.userId(user.getName())
			.groups(this.sessions.groupOf(session))
			.expiresAfter(LIFETIME)
			.url());
	}

	/**
	 * How to connect.
	 *
	 * @param url where to, with a token
	 */
	record ClientAccess(URI url) {

	}

}
