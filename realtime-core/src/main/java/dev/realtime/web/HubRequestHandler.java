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

import dev.realtime.invocation.HubEndpoint;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Handles one kind of request to one hub.
 */
@FunctionalInterface
interface HubRequestHandler {

	/**
	 * Handle a request.
	 * @param endpoint the hub
	 * @param request the request
	 * @param response its response
	 * @throws HttpAnswerException if the request is refused
	 * @throws IOException if the request cannot be read or the response not be written
	 */
	void handle(HubEndpoint endpoint, HttpServletRequest request, HttpServletResponse response)
			throws HttpAnswerException, IOException;

}
