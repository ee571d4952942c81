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

import dev.realtime.connection.ClientConnection;
import dev.realtime.connection.ConnectionState;
import dev.realtime.invocation.HubEndpoint;
import dev.realtime.transport.ConnectionRegistry;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Finds the connection a request means. A token is good for the hub and the user it was
 * given to only.
 */
final class ConnectionFinder {

	private final ConnectionRegistry registry;

	ConnectionFinder(ConnectionRegistry registry) {
		this.registry = registry;
	}

	/**
	 * Return the token a request carries.
	 * @param request the request
	 * @return the token, or {@code null} if there is none
	 */
	static @Nullable String token(HttpServletRequest request) {
		String token = new QueryString(request.getQueryString()).first(QueryString.ID);
		return (token != null && !token.isEmpty()) ? token : null;
	}

	/**
	 * Return the token a request has to carry.
	 * @param request the request
	 * @return the token
	 * @throws HttpAnswerException if there is none
	 */
	String requiredToken(HttpServletRequest request) throws HttpAnswerException {
		String token = token(request);
		if (token == null) {
			throw new HttpAnswerException(HttpAnswer.ID_REQUIRED);
		}
		return token;
	}

	/**
	 * Find a connection that has not ended.
	 * @param endpoint the hub the request was sent to
	 * @param request the request
	 * @return the connection
	 * @throws HttpAnswerException if there is none for this request
	 */
	ClientConnection findLive(HubEndpoint endpoint, HttpServletRequest request) throws HttpAnswerException {
		ClientConnection connection = find(endpoint, request);
		if (connection.state() == ConnectionState.CLOSED) {
			throw new HttpAnswerException(HttpAnswer.UNKNOWN_ID);
		}
		return connection;
	}

	/**
	 * Find a connection, or one that has ended but whose client was not told yet.
	 * @param endpoint the hub the request was sent to
	 * @param request the request
	 * @return the connection
	 * @throws HttpAnswerException if there is none for this request
	 */
	ClientConnection find(HubEndpoint endpoint, HttpServletRequest request) throws HttpAnswerException {
		String token = requiredToken(request);
		ClientConnection connection = this.registry.find(token);
		if (connection == null) {
			throw new HttpAnswerException(HttpAnswer.UNKNOWN_ID);
		}
		if (!connection.hub().equals(endpoint.hub()) || !this.registry.isOwner(token, request.getUserPrincipal())) {
			throw new HttpAnswerException(HttpAnswer.FORBIDDEN);
		}
		return connection;
	}

}
