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

import dev.realtime.protocol.TransportType;

/**
 * A transport's end of one connection: takes what the {@link OutboundQueue} holds to the
 * client. Implemented by transports, called by {@link ClientConnection}.
 *
 * @since 0.1.0
 */
public interface TransportChannel {

	/**
	 * Return the transport.
	 * @return the type of transport
	 */
	TransportType type();

	/**
	 * Drain the outbound queue. Called with the queue's drain right acquired, from any
	 * thread; must not block: a transport that writes blockingly hands the drain over to
	 * a thread of its own.
	 * @see OutboundQueue#release()
	 */
	void drain();

	/**
	 * Drain the outbound queue like {@link #drain()}, but on a thread that may block for
	 * as long as one write may take. A transport that writes blockingly saves itself a
	 * change of threads where it can.
	 */
	default void drainBlocking() {
		drain();
	}

	/**
	 * Drop the transport at once, whatever is queued. Called from any thread, possibly
	 * more than once; must not block. The transport then calls
	 * {@link ClientConnection#transportClosed}.
	 */
	void abort();

	/**
	 * Drop the transport, which another one takes the place of: it neither takes nor
	 * hands over anything any more when this returns. If it holds the drain right, or
	 * gets it later on, it {@linkplain ClientConnection#giveBack gives it back}. Called
	 * by the thread the other transport was opened on, for connections that are
	 * {@linkplain ClientConnection#isResumable() resumable}.
	 * @return {@code false} if that takes too long
	 */
	default boolean detach() {
		return false;
	}

	/**
	 * Ask the client for a sign of life, if the transport can do that by itself: a ping
	 * of WebSockets (RFC 6455, section 5.5.2). Called from any thread; must not block.
	 * The answer is told to {@link ClientConnection#heard()}.
	 */
	default void ping() {
	}

	/**
	 * Called about once a second while the connection lives.
	 * @param nanoTime the current time as {@link System#nanoTime()} tells it
	 */
	default void onHeartbeat(long nanoTime) {
	}

}
