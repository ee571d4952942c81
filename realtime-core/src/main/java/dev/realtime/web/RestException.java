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

package dev.realtime.web;

/**
 * A request to the REST API that is refused.
 */
@SuppressWarnings("serial")
final class RestException extends Exception {

	private final int status;

	private final String code;

	private RestException(int status, String code, String message) {
		super(message, null, false, false);
		this.status = status;
		this.code = code;
	}

	static RestException badRequest(String message) {
		return new RestException(400, "Error.BadRequest", message);
	}

	static RestException unauthorized(String message) {
		return new RestException(401, "Error.Unauthorized", message);
	}

	static RestException notFound(String message) {
		return new RestException(404, "Error.NotFound", message);
	}

	static RestException methodNotAllowed(String message) {
		return new RestException(405, "Error.MethodNotAllowed", message);
	}

	static RestException unsupportedMediaType(String message) {
		return new RestException(415, "Error.UnsupportedMediaType", message);
	}

	static RestException failed() {
		return new RestException(500, "Error.InternalServerError", "The request could not be handled.");
	}

	/**
	 * Return the answer.
	 * @return the status and what is said about it
	 */
	RestAnswer answer() {
		return RestAnswer.error(this.status, this.code, String.valueOf(getMessage()));
	}

}
