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

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/**
 * The answer to a request to the REST API (Web PubSub data plane). SDKs take another
 * status of success than the one of the operation for a failure.
 *
 * @param status the status
 * @param errorCode the code of the error, or {@code null} if it is none
 * @param body the JSON body, or {@code null} if there is none
 */
record RestAnswer(int status, @Nullable String errorCode, byte @Nullable [] body) {

	static final RestAnswer OK = new RestAnswer(200, null, null);

	static final RestAnswer ACCEPTED = new RestAnswer(202, null, null);

	static final RestAnswer NO_CONTENT = new RestAnswer(204, null, null);

	/** The answer to a question by HEAD, where a body says nothing. */
	static final RestAnswer ABSENT = new RestAnswer(404, null, null);

	private static final String ERROR_CODE = "x-ms-error-code";

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	static RestAnswer json(Object value) {
		return new RestAnswer(200, null, MAPPER.writeValueAsBytes(value));
	}

	static RestAnswer error(int status, String code, String message) {
		Map<String, String> detail = new LinkedHashMap<>();
		detail.put("code", code);
		detail.put("message", message);
		return new RestAnswer(status, code, MAPPER.writeValueAsBytes(detail));
	}

	/**
	 * Write the answer.
	 * @param request the request
	 * @param response the response, not committed
	 * @throws IOException if it cannot be written
	 */
	void writeTo(HttpServletRequest request, HttpServletResponse response) throws IOException {
		response.setStatus(this.status);
		if (this.errorCode != null) {
			response.setHeader(ERROR_CODE, this.errorCode);
		}
		if (this.status == HttpServletResponse.SC_UNAUTHORIZED) {
			response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
		}
		if (this.body == null) {
			// a length would be wrong with 204
			if (this.status != NO_CONTENT.status) {
				response.setContentLength(0);
			}
			return;
		}
		response.setHeader(HttpAnswer.NO_SNIFFING, "nosniff");
		response.setContentType(MediaType.APPLICATION_JSON_VALUE);
		response.setContentLength(this.body.length);
		if (!"HEAD".equals(request.getMethod())) {
			response.getOutputStream().write(this.body);
		}
	}

}
