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

package dev.realtime.event;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Thrown by a handler of {@link EventType#CONNECT} to reject a connection.
 *
 * @since 0.1.0
 */
public class ConnectRejectedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * The status of the HTTP answer.
	 */
	private final int status;

	/**
	 * The body of the HTTP answer.
	 */
	private final @Nullable String text;

	/**
	 * Create a new exception.
	 * @param status the status of the HTTP answer, 400 to 599
	 * @param text the body of the HTTP answer, or {@code null} for none
	 */
	public ConnectRejectedException(int status, @Nullable String text) {
		super("Connection rejected with status " + status + ((text != null) ? ": " + text : ""));
		Assert.isTrue(status >= 400 && status <= 599, "'status' must be 400 to 599");
		this.status = status;
		this.text = text;
	}

	/**
	 * Return the status of the HTTP answer.
	 * @return the status, 400 to 599
	 */
	public int getStatus() {
		return this.status;
	}

	/**
	 * Return the body of the HTTP answer.
	 * @return the text, or {@code null} for none
	 */
	public @Nullable String getText() {
		return this.text;
	}

}
