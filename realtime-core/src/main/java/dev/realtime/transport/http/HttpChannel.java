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

package dev.realtime.transport.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

import dev.realtime.connection.ClientConnection;
import dev.realtime.connection.TransportChannel;
import dev.realtime.protocol.CloseReason;
import dev.realtime.protocol.TransferFormat;
import dev.realtime.transport.ReadPause;

/**
 * The common side of both HTTP transports: what the client says comes in the bodies of
 * POST requests.
 */
abstract class HttpChannel implements TransportChannel {

	private static final int CHUNK_BYTES = 16 * 1024;

	private final ClientConnection connection;

	// fair: requests are received in the order in which they arrive
	private final Lock receiving = new ReentrantLock(true);

	HttpChannel(ClientConnection connection) {
		this.connection = connection;
	}

	ClientConnection connection() {
		return this.connection;
	}

	/**
	 * Receive a request body, after those of earlier requests. Blocks until the last of
	 * it is handed over.
	 * @param body the body, a message where the protocol relies on them
	 * @param format whether it is text or not
	 * @throws IOException if the body cannot be read
	 */
	void receive(InputStream body, TransferFormat format) throws IOException {
		this.receiving.lock();
		try {
			boolean message = this.connection.isMessageOriented();
			if (message) {
				this.connection.messageBegun(format);
			}
			byte[] chunk = new byte[CHUNK_BYTES];
			int length;
			while (ReadPause.await(this.connection) && (length = body.read(chunk)) != -1) {
				this.connection.receive(ByteBuffer.wrap(chunk, 0, length));
			}
			if (message) {
				this.connection.messageReceived(format);
			}
		}
		catch (Throwable ex) {
			if (!(ex instanceof IOException)) {
				// what is half received cannot be gone on with
				this.connection.close(CloseReason.SERVER_ERROR, ex);
			}
			throw ex;
		}
		finally {
			this.receiving.unlock();
		}
	}

}
