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

package dev.realtime.invocation;

import java.nio.ByteBuffer;

import dev.realtime.connection.ClientConnection;
import dev.realtime.connection.ConnectionHandler;
import dev.realtime.protocol.CloseReason;
import dev.realtime.protocol.EncodedBody;
import org.jspecify.annotations.Nullable;

/**
 * Closes connections at once whose clients cannot go on with what they had (Web PubSub,
 * recovery).
 */
final class RecoveryRefusal implements ConnectionHandler {

	static final RecoveryRefusal INSTANCE = new RecoveryRefusal();

	private RecoveryRefusal() {
	}

	@Override
	public void onAttached(ClientConnection connection) {
		connection.close(CloseReason.RECOVERY_REFUSED, null);
	}

	@Override
	public void onData(ClientConnection connection, ByteBuffer data) {
	}

	@Override
	public @Nullable EncodedBody onClosing(ClientConnection connection, CloseReason reason) {
		return null;
	}

	@Override
	public void onClosed(ClientConnection connection, CloseReason reason, @Nullable Throwable cause) {
	}

	@Override
	public void onHeartbeat(ClientConnection connection, long nanoTime) {
	}

}
