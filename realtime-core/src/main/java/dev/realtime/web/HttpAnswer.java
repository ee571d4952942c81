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

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * A short answer in plain text (SignalR transport protocols; the texts are those clients
 * know).
 *
 * @param status the status
 * @param text the body, may be empty
 * @param retryAfter after how many seconds the client may try again, or {@code null} if
 * nothing is said about that
 */
record HttpAnswer(int status, String text, @Nullable Integer retryAfter) {

	/** Keeps browsers from taking a text for something else. */
	static final String NO_SNIFFING = "X-Content-Type-Options";

	static final HttpAnswer OK = new HttpAnswer(200, "");

	static final HttpAnswer ACCEPTED = new HttpAnswer(202, "");

	static final HttpAnswer ID_REQUIRED = new HttpAnswer(400, "Connection ID required");

	static final HttpAnswer BAD_REQUEST = new HttpAnswer(400, "");

	static final HttpAnswer TRANSPORT_CHANGED = new HttpAnswer(400, "Cannot change transports mid-connection");

	static final HttpAnswer NO_DELETE = new HttpAnswer(400,
			"Cannot terminate this connection using the DELETE endpoint.");

	static final HttpAnswer FORBIDDEN = new HttpAnswer(403, "Forbidden");

	static final HttpAnswer FOREIGN_ORIGIN = new HttpAnswer(403, "Origin not allowed");

	static final HttpAnswer UNKNOWN_ID = new HttpAnswer(404, "No Connection with that ID");

	static final HttpAnswer NO_POST = new HttpAnswer(405, "POST requests are not allowed for WebSocket connections.");

	static final HttpAnswer METHOD_NOT_ALLOWED = new HttpAnswer(405, "");

	static final HttpAnswer CONFLICT = new HttpAnswer(409, "");

	static final HttpAnswer TOO_MANY_CONNECTIONS = new HttpAnswer(503, "Too many connections");

	static final HttpAnswer GOING_AWAY = new HttpAnswer(503, "The server takes no new connections", 5);

	static final HttpAnswer TOO_MANY_PUB_SUB_CONNECTIONS = new HttpAnswer(429, "Too many connections");

	static final HttpAnswer TOO_MANY_OF_USER = new HttpAnswer(429, "Too many connections of this user");

	static final HttpAnswer TOO_MANY_OF_ADDRESS = new HttpAnswer(429, "Too many connections from this address");

	HttpAnswer(int status, String text) {
		this(status, text, null);
	}

	/**
	 * Return the answer to a refused connection.
	 * @param status the status
	 * @param text the text, or {@code null} for none
	 * @return an answer that has a text if the status is 401: clients show it in place of
	 * the reason phrase, which servlet containers do not send
	 */
	static HttpAnswer refused(int status, @Nullable String text) {
		boolean unauthorized = status == HttpStatus.UNAUTHORIZED.value();
		if (text == null || text.isEmpty()) {
			return new HttpAnswer(status, unauthorized ? HttpStatus.UNAUTHORIZED.getReasonPhrase() : "");
		}
		return new HttpAnswer(status, text);
	}

	/**
	 * Write the answer. Headers set before, those of CORS for example, stay.
	 * @param response the response, not committed
	 * @throws IOException if it cannot be written
	 */
	void writeTo(HttpServletResponse response) throws IOException {
		byte[] body = this.text.getBytes(StandardCharsets.UTF_8);
		response.setStatus(this.status);
		if (this.retryAfter != null) {
			response.setIntHeader(HttpHeaders.RETRY_AFTER, this.retryAfter);
		}
		response.setHeader(NO_SNIFFING, "nosniff");
		response.setContentType(isAscii(body) ? MediaType.TEXT_PLAIN_VALUE : "text/plain;charset=UTF-8");
		response.setContentLength(body.length);
		response.getOutputStream().write(body);
	}

	private boolean isAscii(byte[] body) {
		return body.length == this.text.length();
	}

}
