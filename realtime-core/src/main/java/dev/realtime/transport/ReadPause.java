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

package dev.realtime.transport;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import dev.realtime.connection.ClientConnection;

/**
 * Back-pressure of transports that read blockingly. Internal to the transports.
 *
 * @since 0.1.0
 */
public final class ReadPause {

	private ReadPause() {
	}

	/**
	 * Wait on the calling thread until more may be read of a client.
	 * @param connection the connection
	 * @return {@code false} if there is no use in reading on: the connection is ending,
	 * or the thread was interrupted
	 */
	public static boolean await(ClientConnection connection) {
		CompletableFuture<Void> readable = connection.readGate().readable().toCompletableFuture();
		while (!readable.isDone() && !connection.isEnding()) {
			try {
				readable.get();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return false;
			}
			catch (ExecutionException ex) {
				return false;
			}
			readable = connection.readGate().readable().toCompletableFuture();
		}
		return !connection.isEnding();
	}

}
