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

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.core.log.LogFormatUtils;

/**
 * Ends the processing of a request with an answer.
 */
final class HttpAnswerException extends Exception {

	private static final long serialVersionUID = 1L;

	private static final int SHOWN_LENGTH = 200;

	private static final Log logger = LogFactory.getLog(HttpAnswerException.class);

	private final transient HttpAnswer answer;

	HttpAnswerException(HttpAnswer answer) {
		super(answer.text(), null, false, false);
		this.answer = answer;
	}

	HttpAnswer answer() {
		return this.answer;
	}

	/**
	 * Answer the request, and say in the log why it was refused.
	 * @param request the request
	 * @param response the response, not committed
	 * @throws IOException if the answer cannot be written
	 */
	void writeTo(HttpServletRequest request, HttpServletResponse response) throws IOException {
		if (logger.isDebugEnabled()) {
			logger.debug("Refused " + request.getMethod() + " " + shown(path(request)) + ": " + this.answer.status()
					+ " " + shown(this.answer.text()));
		}
		this.answer.writeTo(response);
	}

	// without a query and parameters, which may have a token or the id of a session
	private static String path(HttpServletRequest request) {
		String pathInfo = request.getPathInfo();
		return (pathInfo != null) ? request.getServletPath() + pathInfo : request.getServletPath();
	}

	private static String shown(String text) {
		return LogFormatUtils.formatValue(text, SHOWN_LENGTH, true);
	}

}
