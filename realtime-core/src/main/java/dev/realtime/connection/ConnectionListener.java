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

import dev.realtime.protocol.CloseReason;

/**
 * Hears of all connections, whatever stands behind them: of their begin, when a transport
 * attaches, and of their end. Methods are called by the threads that serve connections;
 * they must neither block nor throw.
 *
 * @since 0.1.0
 */
public interface ConnectionListener {

	/**
	 * A transport has attached. Called once per connection, also if others take its place
	 * later.
	 * @param connection the connection, which knows its transport
	 */
	void onAttached(ClientConnection connection);

	/**
	 * A connection has ended. Called once for each one that a transport has attached to.
	 * @param connection the connection
	 * @param reason why it ended
	 */
	void onClosed(ClientConnection connection, CloseReason reason);

	/**
	 * A connection has ended, whether a transport has attached to it or not. Called once
	 * for each, for those that have closed after {@link #onClosed}.
	 * @param connection the connection
	 */
	default void onEnded(ClientConnection connection) {
	}

}
