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

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.util.WebUtils;

/**
 * Refuses WebSockets of foreign web sites, which CORS does not cover (cross-site
 * WebSocket hijacking).
 */
final class OriginCheck {

	private final CorsConfiguration cors;

	OriginCheck(CorsConfiguration cors) {
		this.cors = cors;
	}

	/**
	 * Check the origin of an upgrade. A request without one does not come from a browser.
	 * @param request the request
	 * @throws HttpAnswerException if the origin is neither the server's own nor allowed
	 */
	void check(HttpServletRequest request) throws HttpAnswerException {
		ServletServerHttpRequest httpRequest = new ServletServerHttpRequest(request);
		if (!WebUtils.isSameOrigin(httpRequest)
				&& this.cors.checkOrigin(httpRequest.getHeaders().getOrigin()) == null) {
			throw new HttpAnswerException(HttpAnswer.FOREIGN_ORIGIN);
		}
	}

}
