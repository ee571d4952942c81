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

package dev.realtime.connection;

import java.nio.ByteBuffer;

import dev.realtime.protocol.CloseReason;
import dev.realtime.protocol.EncodedBody;
import dev.realtime.protocol.TransferFormat;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind a connection: one per protocol family. Transports move bytes between
 * a client and a handler and know nothing of their meaning.
 *
 * @since 0.1.0
 */
public interface ConnectionHandler {

	/**
	 * A transport has attached. Called once, before any data, on the transport's thread.
	 * @param connection the connection, {@link ConnectionState#CONNECTING}
	 */
	void onAttached(ClientConnection connection);

	/**
	 * Bytes have arrived. Called by one thread at a time and in order; the handler must
	 * not block and must not keep the buffer. Messages may be split over calls and joined
	 * in one call in any way.
	 * @param connection the connection
	 * @param data the bytes
	 */
	void onData(ClientConnection connection, ByteBuffer data);

	/**
	 * Return whether the protocol relies on the messages of the transport to tell its own
	 * apart: messages of WebSockets, bodies of requests. Asked when a transport attaches.
	 * @return {@code true} if {@link #onMessageBegin} and {@link #onMessageEnd} are to be
	 * called
	 */
	default boolean isMessageOriented() {
		return false;
	}

	/**
	 * A message begins to arrive. If the one before has not ended, the rest of it will
	 * never come. Called between calls of {@link #onData}, if the handler is
	 * {@linkplain #isMessageOriented() message-oriented}: the bytes of a call then belong
	 * to one message.
	 * @param connection the connection
	 * @param format whether it is a text or a binary message
	 */
	default void onMessageBegin(ClientConnection connection, TransferFormat format) {
	}

	/**
	 * All bytes of a message have arrived. Called between calls of {@link #onData}, if
	 * the handler is {@linkplain #isMessageOriented() message-oriented}.
	 * @param connection the connection
	 * @param format whether it was a text or a binary message
	 */
	default void onMessageEnd(ClientConnection connection, TransferFormat format) {
	}

	/**
	 * Another transport is about to take the place of the one before, which has ended.
	 * Called by one thread at a time, never during {@link #onData}; must not block.
	 * @param connection the connection, {@link ConnectionState#SUSPENDED}, or
	 * {@link ConnectionState#CLOSED} if it has ended meanwhile
	 */
	default void onResumed(ClientConnection connection) {
	}

	/**
	 * Return whether something is under way that the client has asked for and waits for
	 * the answer of, or that it is asked for. Called from any thread, again and again
	 * while the connection {@linkplain ClientConnection#isRetiring() retires}.
	 * @param connection the connection
	 * @return {@code false} if the connection can be closed without anybody missing an
	 * answer
	 */
	default boolean isBusy(ClientConnection connection) {
		return false;
	}

	/**
	 * End the streams that are under way with an error, since the connection is about to
	 * be closed and they may have no end of their own. Called from any thread, more than
	 * once; must not block.
	 * @param connection the connection
	 */
	default void endStreams(ClientConnection connection) {
	}

	/**
	 * The server is about to close the connection: return the protocol's last word.
	 * Called at most once, from any thread; must not block. Not called when the transport
	 * has ended first.
	 * @param connection the connection
	 * @param reason why it closes
	 * @return the last message, sent after everything queued, or {@code null} for none
	 */
	@Nullable EncodedBody onClosing(ClientConnection connection, CloseReason reason);

	/**
	 * The connection has ended and its transport is gone. Called exactly once per
	 * attached connection, from any thread; must not block.
	 * @param connection the connection, {@link ConnectionState#CLOSED}
	 * @param reason why it ended
	 * @param cause the failure behind it, if any
	 */
	void onClosed(ClientConnection connection, CloseReason reason, @Nullable Throwable cause);

	/**
	 * Called about once a second for each attached connection; must be cheap.
	 * @param connection the connection
	 * @param nanoTime the current time as {@link System#nanoTime()} tells it
	 */
	void onHeartbeat(ClientConnection connection, long nanoTime);

}
