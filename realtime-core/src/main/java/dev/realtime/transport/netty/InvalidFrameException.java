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

package dev.realtime.transport.netty;

/**
 * What a client sent is no WebSocket frame, or none that is allowed where it stands (RFC
 * 6455, sections 5 and 7.4; RFC 7692, section 7.2.2).
 */
final class InvalidFrameException extends Exception {

	private static final long serialVersionUID = 1L;

	static final int PROTOCOL_ERROR = 1002;

	static final int INVALID_PAYLOAD = 1007;

	private final int status;

	private InvalidFrameException(int status, String message) {
		super(message, null, false, false);
		this.status = status;
	}

	static InvalidFrameException protocolError(String message) {
		return new InvalidFrameException(PROTOCOL_ERROR, message);
	}

	static InvalidFrameException invalidUtf8() {
		return invalidPayload("Text is not valid UTF-8");
	}

	static InvalidFrameException invalidPayload(String message) {
		return new InvalidFrameException(INVALID_PAYLOAD, message);
	}

	/**
	 * Return the status of the close frame to answer with.
	 * @return a WebSocket close code
	 */
	int status() {
		return this.status;
	}

}
