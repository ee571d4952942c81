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
import java.util.regex.Pattern;

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

	private static final Pattern SECRETS = Pattern
		.compile("(?i)(?<=^|&)(id|access_token|awps_reconnection_token)=[^&]*");

	private final Predicate<HttpServletRequest> matcher;

	SecretMaskingValve(Predicate<HttpServletRequest> matcher) {
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
			if (query != null && this.matcher.test(request)) {
				request.getCoyoteRequest().queryString().setString(mask(query));
			}
		}
	}

	/**
	 * Mask what is secret.
	 * @param query the query of a request to a hub
	 * @return the query that may be logged
	 */
	static String mask(String query) {
		return SECRETS.matcher(query).replaceAll("$1=***");
	}

}
