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

/**
 * Tells observers that a call was refused before anything of the application was asked:
 * the client has called something that does not exist, or in a way that does not fit. The
 * message repeats nothing of what the client has sent.
 */
final class RefusedCallException extends RuntimeException {

	static final String UNKNOWN_METHOD = "The method does not exist";

	static final String WRONG_ARGUMENTS = "The arguments do not fit the method";

	static final String WRONG_KIND = "The method returns a stream and the client expects none, or the other way round";

	static final String WRONG_STREAMS = "The client sends more or fewer streams than the method takes";

	static final String ID_IN_USE = "The id of the call, or of a stream, is in use";

	static final String BEYOND_LIMIT = "The client calls too often, or too much of it is under way";

	private static final long serialVersionUID = 1L;

	RefusedCallException(String message) {
		super(message, null, false, false);
	}

}
