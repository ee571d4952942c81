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

package dev.realtime.boot.autoconfigure.servlet;

import java.io.IOException;
import java.util.function.Predicate;
import java.util.function.Supplier;

import dev.realtime.web.HubWeb;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/**
 * Masks access tokens and connection tokens in the query once a request was handled and
 * before it is logged. Browsers cannot send them in headers when they open a WebSocket.
 */
final class SecretMaskingValve extends ValveBase {

	private final Supplier<Predicate<HttpServletRequest>> matcher;

	/**
	 * Create a valve.
	 * @param matcher tells requests with which secrets are sent; asked for with each
	 * request
	 */
	SecretMaskingValve(Supplier<Predicate<HttpServletRequest>> matcher) {
		super(true);
		this.matcher = matcher;
	}

	@Override
	public void invoke(Request request, Response response) throws IOException, ServletException {
		try {
			getNext().invoke(request, response);
		}
		finally {
			String query = request.getQueryString();
			if (query != null && this.matcher.get().test(request)) {
				request.getCoyoteRequest().queryString().setString(HubWeb.maskSecrets(query));
			}
		}
	}

}
