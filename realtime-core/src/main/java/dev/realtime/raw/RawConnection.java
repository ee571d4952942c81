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

package dev.realtime.raw;

import java.nio.ByteBuffer;
import java.security.Principal;
import java.util.Map;

import dev.realtime.protocol.CloseReason;
import dev.realtime.protocol.HubHandshake;
import dev.realtime.protocol.TransferFormat;
import dev.realtime.protocol.TransportType;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection without a hub. May be kept and used by any thread for as long as
 * it lasts.
 * <p>
 * Each send is a message of its own: a message of the WebSocket, a server-sent event, the
 * answer to a poll. A send returns when the message is queued, never waits for the
 * client, and does nothing once the connection is about to end. A client that does not
 * read is cut off as clients of hubs are ({@code realtime.outbound.*}).
 *
 * @since 0.1.0
 */
public interface RawConnection {

	/**
	 * Return the public id, which other clients may see.
	 * @return the connection id
	 */
	String id();

	/**
	 * Return the user's id.
	 * @return what the {@link dev.realtime.hub.UserIdProvider} makes of the principal, or
	 * {@code null} for an anonymous client
	 */
	@Nullable String userId();

	/**
	 * Return who the client is.
	 * @return the principal of the request the client connected with, with long polling
	 * that of the newest poll, or {@code null} for an anonymous client
	 */
	@Nullable Principal principal();

	/**
	 * Return the request the client connected with.
	 * @return a copy
	 */
	HubHandshake handshake();

	/**
	 * Return the transport.
	 * @return the type of transport
	 */
	TransportType transport();

	/**
	 * Return the format in which bytes are {@linkplain #send(ByteBuffer) sent}: that of
	 * what the client has sent, as far as it was handed on, so that an answer has the
	 * format of the question. It is binary before; server-sent events are always text.
	 * @return text or binary
	 */
	TransferFormat transferFormat();

	/**
	 * Return what the application keeps for this connection.
	 * @return a map that is safe for concurrent use, empty at first
	 */
	Map<String, Object> items();

	/**
	 * Send bytes in the {@linkplain #transferFormat() present format}.
	 * @param data the bytes from position to limit, which are copied; the buffer is left
	 * as it is
	 * @return {@code false} if the connection is about to end
	 * @throws IllegalArgumentException if the format is text, and the bytes are not UTF-8
	 */
	boolean send(ByteBuffer data);

	/**
	 * Send bytes. Over a WebSocket the format decides about the type of message, of which
	 * clients see a text in one case and bytes in the other; answers to polls are the
	 * same for both; server-sent events are always text.
	 * @param data the bytes from position to limit, which are copied; the buffer is left
	 * as it is
	 * @param format how to send them
	 * @return {@code false} if the connection is about to end
	 * @throws IllegalArgumentException if they are to be sent as text, and are not UTF-8
	 */
	boolean send(ByteBuffer data, TransferFormat format);

	/**
	 * Send text. As a server-sent event each end of a line arrives as {@code \n}.
	 * @param text the text
	 * @return {@code false} if the connection is about to end
	 */
	boolean send(String text);

	/**
	 * Close the connection when everything sent before has been written. What was
	 * received and not yet handed on is dropped.
	 */
	default void close() {
		close(CloseReason.SERVER_CLOSED);
	}

	/**
	 * Close the connection when everything sent before has been written. What was
	 * received and not yet handed on is dropped. The first reason counts.
	 * @param reason why, which also decides about the status of the close frame of a
	 * WebSocket; other transports end without one
	 */
	void close(CloseReason reason);

}
