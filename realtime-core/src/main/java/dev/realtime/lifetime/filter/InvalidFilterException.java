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

package dev.realtime.lifetime.filter;

/**
 * A text is no {@link ConnectionFilter}. The message says why, as clients of Web PubSub
 * expect it.
 *
 * @since 0.1.0
 */
public final class InvalidFilterException extends IllegalArgumentException {

	private static final long serialVersionUID = 1L;

	private static final int LONGEST_PART = 256;

	/**
	 * Create the exception.
	 * @param part the part of the filter that is wrong
	 * @param cause what is wrong with it
	 */
	InvalidFilterException(String part, String cause) {
		super("Invalid syntax for '" + abbreviate(part) + "': " + cause + ". (Parameter 'filter')");
	}

	static String abbreviate(String part) {
		return (part.length() <= LONGEST_PART) ? part : part.substring(0, LONGEST_PART) + "...";
	}

}
