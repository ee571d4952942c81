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

package dev.realtime.lifetime.filter;

import java.nio.ByteBuffer;

import dev.realtime.connection.ClientConnection;
import dev.realtime.connection.ConnectionHandler;
import dev.realtime.protocol.ClientProtocol;
import dev.realtime.protocol.CloseReason;
import dev.realtime.protocol.EncodedBody;
import dev.realtime.protocol.OutboundLimits;
import dev.realtime.protocol.ServerMessage;
import dev.realtime.protocol.TransferFormat;
import org.jspecify.annotations.Nullable;

/**
 * Connections to test filters with.
 */
final class Connections {

	private static final ConnectionHandler HANDLER = new ConnectionHandler() {

		@Override
		public void onAttached(ClientConnection connection) {
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

	};

	private Connections() {
	}

	static ClientConnection connection(String id, @Nullable String userId, String... groups) {
		ClientConnection connection = new ClientConnection(id, "hub", HANDLER, OutboundLimits.DEFAULT);
		connection.userId(userId);
		for (String group : groups) {
			connection.membership().add(group);
		}
		return connection;
	}

	static ClientConnection speaking(String protocol) {
		ClientConnection connection = connection("c", null);
		connection.protocol(new NamedProtocol(protocol));
		return connection;
	}

	/**
	 * A protocol that says nothing.
	 *
	 * @param name its name
	 */
	private record NamedProtocol(String name) implements ClientProtocol {

		@Override
		public TransferFormat transferFormat() {
			return TransferFormat.TEXT;
		}

		@Override
		public boolean joinsMessages() {
			return false;
		}

		@Override
		public EncodedBody encode(ServerMessage message) {
			throw new UnsupportedOperationException();
		}

	}

}
