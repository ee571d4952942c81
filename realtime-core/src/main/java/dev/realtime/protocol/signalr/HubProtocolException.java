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
 * Thrown when a client sends something the hub protocol does not allow, which ends the
 * connection. The message is the detail text that clients see where detailed errors are
 * enabled (hub protocol, "Binding, unknown things, and who survives what").
 *
 * @since 0.1.0
 */
public class HubProtocolException extends NestedRuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Create a new exception.
	 * @param detail what is wrong, in the words of the protocol
	 */
	public HubProtocolException(String detail) {
		super(detail);
	}

	/**
	 * Create a new exception.
	 * @param detail what is wrong, in the words of the protocol
	 * @param cause the failure of the parser
	 */
	public HubProtocolException(String detail, @Nullable Throwable cause) {
		super(detail, cause);
	}

}
