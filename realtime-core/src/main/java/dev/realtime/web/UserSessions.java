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

package dev.realtime.web;

import dev.realtime.transport.ConnectionRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;

/**
 * Ends the connections of users with their sessions, as containers do with WebSockets of
 * their own (Jakarta WebSocket, section 7.2), whatever the transport.
 */
final class UserSessions implements HttpSessionListener, HttpSessionIdListener {

	private final ConnectionRegistry registry;

	UserSessions(ConnectionRegistry registry) {
		this.registry = registry;
	}

	/**
	 * Bind a connection to the session of its user, if there are both.
	 * @param registry knows the connection
	 * @param token the token of the connection
	 * @param request the request that has created it
	 */
	static void bind(ConnectionRegistry registry, String token, HttpServletRequest request) {
		HttpSession session = (request.getUserPrincipal() != null) ? request.getSession(false) : null;
		if (session != null) {
			registry.bindToSession(token, session.getId());
		}
	}

	@Override
	public void sessionDestroyed(HttpSessionEvent event) {
		this.registry.sessionEnded(event.getSession().getId());
	}

	@Override
	public void sessionIdChanged(HttpSessionEvent event, String oldSessionId) {
		this.registry.sessionIdChanged(oldSessionId, event.getSession().getId());
	}

}
