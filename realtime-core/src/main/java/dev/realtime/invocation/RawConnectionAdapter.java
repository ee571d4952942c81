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
import dev.realtime.protocol.TransferFormat;
import org.jspecify.annotations.Nullable;

/**
 * The {@link ConnectionHandler} of connections without a protocol: there is no handshake,
 * the connection is open when a transport attaches, and what arrives is handed on as it
 * comes.
 */
final class RawConnectionAdapter implements ConnectionHandler {

	private final RawEndpoint endpoint;

	RawConnectionAdapter(RawEndpoint endpoint) {
		this.endpoint = endpoint;
	}

	@Override
	public void onAttached(ClientConnection connection) {
		connection.protocol(RawProtocol.INSTANCE);
		connection.open();
		this.endpoint.begun();
		RawSession.of(connection).open();
	}

	@Override
	public boolean isMessageOriented() {
		return true;
	}

	@Override
	public void onMessageBegin(ClientConnection connection, TransferFormat format) {
		RawSession.of(connection).messageBegun(format);
	}

	@Override
	public void onData(ClientConnection connection, ByteBuffer data) {
		RawSession.of(connection).receive(data);
	}

	@Override
	public void onMessageEnd(ClientConnection connection, TransferFormat format) {
		RawSession.of(connection).messageEnded();
	}

	@Override
	public boolean isBusy(ClientConnection connection) {
		return RawSession.of(connection).isBusy();
	}

	/**
	 * Say nothing: there is no message for it.
	 */
	@Override
	public @Nullable EncodedBody onClosing(ClientConnection connection, CloseReason reason) {
		return null;
	}

	@Override
	public void onClosed(ClientConnection connection, CloseReason reason, @Nullable Throwable cause) {
		RawSession.of(connection).closed(reason, cause);
	}

	@Override
	public void onHeartbeat(ClientConnection connection, long nanoTime) {
		if (this.endpoint.options().closeOnAuthenticationExpiration()
				&& RawSession.of(connection).isAuthenticationExpired()) {
			connection.close(CloseReason.AUTHENTICATION_EXPIRED, null);
		}
	}

}
