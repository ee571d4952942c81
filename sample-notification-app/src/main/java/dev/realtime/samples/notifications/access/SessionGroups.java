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

import java.util.UUID;

import dev.realtime.hub.HubContext;
import dev.realtime.hub.annotation.Hub;
import jakarta.servlet.http.HttpSession;

import org.springframework.context.event.EventListener;
import org.springframework.security.web.session.HttpSessionDestroyedEvent;
import org.springframework.stereotype.Component;
import org.springframework.web.util.WebUtils;

/**
 * Connections of Web PubSub clients know nothing of sessions. Here those of one session
 * are in a group of their own, which is closed when the session ends. Connections of
 * SignalR clients end with their session anyway.
 */
@Component
class SessionGroups {

	private static final String ATTRIBUTE = SessionGroups.class.getName();

	private final HubContext hub;

	SessionGroups(@Hub("notifications") HubContext hub) {
		this.hub = hub;
	}

	/**
	 * Return the group of a session. Its name is a random one, and not the id of the
	 * session, because clients get to see it in their tokens.
	 */
	String groupOf(HttpSession session) {
		synchronized (WebUtils.getSessionMutex(session)) {
			String group = (String) session.getAttribute(ATTRIBUTE);
			if (group == null) {
				group = "session:" + UUID.randomUUID();
				session.setAttribute(ATTRIBUTE, group);
			}
			return group;
		}
	}

	@EventListener
	void closeWith(HttpSessionDestroyedEvent event) {
		String group = (String) event.getSession().getAttribute(ATTRIBUTE);
		if (group != null) {
			this.hub.groups().close(group, "The session has ended");
		}
	}

}
