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

package dev.realtime.protocol;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Why a connection ended. Every cause the server knows is a constant of this class; a
 * constant can be refined by a {@linkplain #withText(String) text} for the client.
 *
 * @param name the name of the cause, used as label of metrics
 * @param webSocketStatus the WebSocket close code (RFC 6455, section 7.4)
 * @param allowReconnect whether the client may reconnect automatically
 * @param error whether the connection ended because something went wrong
 * @param text an explanation for the client, if there is one
 * @since 0.1.0
 */
public record CloseReason(String name, int webSocketStatus, boolean allowReconnect, boolean error,
		@Nullable String text) {

	/**
	 * The client said that it closes, or closed its transport in order.
	 */
	public static final CloseReason CLIENT_CLOSED = new CloseReason("client-closed", 1000, false, false, null);

	/**
	 * The client's transport broke without a closing handshake.
	 */
	public static final CloseReason CLIENT_GONE = new CloseReason("client-gone", 1000, true, true, null);

	/**
	 * The application ended the connection.
	 */
	public static final CloseReason SERVER_CLOSED = new CloseReason("server-closed", 1000, false, false, null);

	/**
	 * The hub protocol's handshake failed.
	 */
	public static final CloseReason HANDSHAKE_FAILED = new CloseReason("handshake-failed", 1000, false, true, null);

	/**
	 * A handler of the connected event failed.
	 */
	public static final CloseReason CONNECT_FAILED = new CloseReason("connect-failed", 1000, false, true, null);

	/**
	 * The client sent something the protocol does not allow.
	 */
	public static final CloseReason PROTOCOL_ERROR = new CloseReason("protocol-error", 1000, true, true, null);

	/**
	 * The client sent a message over the size limit.
	 */
	public static final CloseReason MESSAGE_TOO_BIG = new CloseReason("message-too-big", 1000, true, true, null);

	/**
	 * The client sent faster than it may, and could not be slowed down since the server
	 * waited for its answer.
	 */
	public static final CloseReason RATE_EXCEEDED = new CloseReason("rate-exceeded", 1008, true, true, null);

	/**
	 * The client sent more calls than the server accepts to hold.
	 */
	public static final CloseReason TOO_MANY_INVOCATIONS = new CloseReason("too-many-invocations", 1000, true, true,
			null);

	/**
	 * An event of the client could not be handled, and there was no other way to tell it.
	 */
	public static final CloseReason EVENT_FAILED = new CloseReason("event-failed", 1011, true, true, null);

	/**
	 * The client wanted to go on with a connection that does not exist any more, or not
	 * for it.
	 */
	public static final CloseReason RECOVERY_REFUSED = new CloseReason("recovery-refused", 1008, true, false, null);

	/**
	 * Nothing was heard of the client for the client timeout interval.
	 */
	public static final CloseReason CLIENT_TIMEOUT = new CloseReason("client-timeout", 1000, true, true, null);

	/**
	 * No transport attached to the connection, or polled it, for the disconnect timeout.
	 */
	public static final CloseReason DISCONNECT_TIMEOUT = new CloseReason("disconnect-timeout", 1000, true, true, null);

	/**
	 * The session of the user has ended: by logging out, or because it has expired.
	 */
	public static final CloseReason SESSION_ENDED = new CloseReason("session-ended", 1008, false, false, null);

	/**
	 * The authentication of the user has expired.
	 */
	public static final CloseReason AUTHENTICATION_EXPIRED = new CloseReason("authentication-expired", 1000, true,
			false, null);

	/**
	 * The client does not read fast enough.
	 */
	public static final CloseReason SLOW_CONSUMER = new CloseReason("slow-consumer", 1011, true, true, null);

	/**
	 * Something failed within the server.
	 */
	public static final CloseReason SERVER_ERROR = new CloseReason("server-error", 1011, true, true, null);

	/**
	 * The server is shutting down.
	 */
	public static final CloseReason SERVER_SHUTDOWN = new CloseReason("server-shutdown", 1001, true, false, null);

	public CloseReason {
		Assert.hasText(name, "'name' must not be empty");
		Assert.isTrue(webSocketStatus >= 1000 && webSocketStatus <= 4999, "'webSocketStatus' must be 1000 to 4999");
	}

	/**
	 * Return this reason with a text for the client.
	 * @param text the text, or {@code null} for none
	 * @return a reason with the same name and the given text
	 */
	public CloseReason withText(@Nullable String text) {
		return new CloseReason(this.name, this.webSocketStatus, this.allowReconnect, this.error, text);
	}

	/**
	 * Return this reason with another WebSocket close code.
	 * @param webSocketStatus the close code (RFC 6455, section 7.4), 1000 to 4999
	 * @return a reason with the same name and the given close code
	 */
	public CloseReason withStatus(int webSocketStatus) {
		return new CloseReason(this.name, webSocketStatus, this.allowReconnect, this.error, this.text);
	}

	/**
	 * Return this reason, telling the client whether it may come back.
	 * @param allowReconnect whether the client may reconnect automatically
	 * @return a reason with the same name that allows that or not
	 */
	public CloseReason withReconnect(boolean allowReconnect) {
		return new CloseReason(this.name, this.webSocketStatus, allowReconnect, this.error, this.text);
	}

	/**
	 * Return whether this reason is the given constant, with or without a text.
	 * @param constant a constant of this class
	 * @return {@code true} if the names are equal
	 */
	public boolean is(CloseReason constant) {
		return this.name.equals(constant.name);
	}

}
