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

package dev.realtime.web.webhook;

import org.jspecify.annotations.Nullable;

import org.springframework.core.NestedRuntimeException;

/**
 * Thrown when a webhook could not take an event, or gave an answer that is none. The
 * message holds no secret and nothing of the answer.
 *
 * @since 0.1.0
 */
public class WebhookException extends NestedRuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Create a new exception.
	 * @param message what went wrong
	 */
	public WebhookException(String message) {
		super(message);
	}

	/**
	 * Create a new exception.
	 * @param message what went wrong
	 * @param cause why
	 */
	public WebhookException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
