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

package dev.realtime.protocol.signalr;

import org.jspecify.annotations.Nullable;

import org.springframework.core.NestedRuntimeException;

/**
 * Thrown when a client's handshake cannot be read. The message is the detail text, of
 * which the client sees nothing unless detailed errors are enabled: see
 * {@link HandshakeProtocol#errorText}.
 *
 * @since 0.1.0
 */
public class HandshakeException extends NestedRuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Whether the client is told that the handshake was canceled.
	 */
	private final boolean canceled;

	/**
	 * Create a new exception.
	 * @param detail what is wrong, in the words of the protocol
	 * @param canceled whether the client is told that the handshake was canceled, rather
	 * than that an unexpected error occurred
	 * @param cause the failure of the parser, if there is one
	 */
	public HandshakeException(String detail, boolean canceled, @Nullable Throwable cause) {
		super(detail, cause);
		this.canceled = canceled;
	}

	/**
	 * Return whether the client is told that the handshake was canceled.
	 * @return {@code true} if the request was too long, {@code false} if it was malformed
	 */
	public boolean canceled() {
		return this.canceled;
	}

}
