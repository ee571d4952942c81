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

import dev.realtime.protocol.CloseReason;
import org.jspecify.annotations.Nullable;

/**
 * Handles connections without a hub. One instance serves all connections to its paths, so
 * that what belongs to one of them is kept in its {@linkplain RawConnection#items()
 * items}.
 * <p>
 * <strong>Threads.</strong> Methods run on the threads of hub methods, or on virtual
 * threads where those do, never on one that serves connections; they may block. For one
 * connection they are called one at a time and in order: first
 * {@link #onConnected(RawConnection)}, then {@link #onData(RawConnection, ByteBuffer)},
 * last {@link #onDisconnected(RawConnection, CloseReason, Throwable)}. While a handler is
 * behind, or a client does not read what it is sent, no more is read of that client. With
 * Spring Security, methods run in the security context of the user.
 * <p>
 * <strong>Exceptions.</strong> What {@code onConnected} or {@code onData} throws ends
 * that connection, and concerns no other.
 *
 * @since 0.1.0
 * @see ConnectionController
 */
public interface RawConnectionHandler {

	/**
	 * A client has connected. What it sends is handed on when this method has returned.
	 * To turn a client away, {@linkplain RawConnection#close() close} the connection.
	 * @param connection the connection
	 * @throws Exception to end the connection with {@link CloseReason#CONNECT_FAILED}
	 */
	default void onConnected(RawConnection connection) throws Exception {
	}

	/**
	 * A client has sent something. What it sends at once, as a message of a WebSocket or
	 * in the body of a request, comes in one call, unless it is longer than
	 * {@code realtime.signalr.maximum-receive-message-size}: then it comes in several
	 * calls, none of which begins or ends within a character of UTF-8.
	 * @param connection the connection
	 * @param data the bytes; the buffer is the handler's to keep and to change
	 * @throws Exception to end the connection with {@link CloseReason#SERVER_ERROR}
	 */
	void onData(RawConnection connection, ByteBuffer data) throws Exception;

	/**
	 * A connection has ended. Called once for each connection for which
	 * {@link #onConnected(RawConnection)} has returned, after everything that was
	 * received, unless the handler has closed it or failed: then the rest is dropped.
	 * @param connection the connection, which takes nothing any more
	 * @param reason why it has ended
	 * @param cause the failure behind it, for example what {@code onData} has thrown, or
	 * {@code null} if there is none
	 * @throws Exception if something goes wrong, which is logged
	 */
	default void onDisconnected(RawConnection connection, CloseReason reason, @Nullable Throwable cause)
			throws Exception {
	}

}
