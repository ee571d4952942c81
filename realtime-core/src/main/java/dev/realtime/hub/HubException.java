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

package dev.realtime.hub;

import org.jspecify.annotations.Nullable;

/**
 * An error whose message reaches the client. Messages of all other exceptions are masked,
 * unless detailed errors are switched on. It is also what a question to a client fails
 * with when the client answers with an error or cannot answer.
 *
 * @since 0.1.0
 */
public class HubException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Create a new exception.
	 * @param message the message for the client
	 */
	public HubException(String message) {
		super(message);
	}

	/**
	 * Create a new exception.
	 * @param message the message for the client
	 * @param cause the cause, which never reaches the client
	 */
	public HubException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
