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

package dev.realtime.protocol.webpubsub;

import org.springframework.util.Assert;

/**
 * What a client is told of a failure.
 *
 * @param name the name of the error, for programs
 * @param message a text for people, possibly empty
 * @since 0.1.0
 */
public record PubSubError(String name, String message) {

	/**
	 * The client has no permission.
	 */
	public static final String FORBIDDEN = "Forbidden";

	/**
	 * The server or the application failed; to try again may help.
	 */
	public static final String INTERNAL_SERVER_ERROR = "InternalServerError";

	/**
	 * The same request was carried out before.
	 */
	public static final String DUPLICATE = "Duplicate";

	/**
	 * The request makes no sense.
	 */
	public static final String BAD_REQUEST = "BadRequest";

	/**
	 * There is no such stream.
	 */
	public static final String STREAM_NOT_FOUND = "StreamNotFound";

	/**
	 * Nothing was heard of the stream for too long.
	 */
	public static final String IDLE_TIMEOUT = "IdleTimeout";

	/**
	 * A fragment of a stream is not the next one.
	 */
	public static final String INVALID_SEQUENCE_ID = "InvalidSequenceId";

	/**
	 * The stream was ended by its publisher, with an error of its own.
	 */
	public static final String USER_ERROR = "UserError";

	/**
	 * The stream has ended together with its publisher.
	 */
	public static final String CANCELLED = "Cancelled";

	public PubSubError {
		Assert.hasText(name, "'name' must not be empty");
		Assert.notNull(message, "'message' must not be null");
	}

}
