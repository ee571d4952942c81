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
import java.util.function.Predicate;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Turns the {@code access_token} parameter of requests to hubs into an
 * {@code Authorization} header: browsers can send neither WebSocket upgrades nor event
 * streams with a header of their own. From this filter on nobody sees the parameter.
 * <p>
 * An answer 401 without a body gets one: clients show it in place of the reason phrase,
 * which servlet containers do not send.
 */
final class AccessTokenFilter extends OncePerRequestFilter {

	private final Predicate<HttpServletRequest> matcher;

	AccessTokenFilter(Predicate<HttpServletRequest> matcher) {
		this.matcher = matcher;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		authenticate(request, response, chain);
		if (response.getStatus() == HttpServletResponse.SC_UNAUTHORIZED && !response.isCommitted()
				&& response.getContentType() == null && this.matcher.test(request)) {
			HttpAnswer.refused(HttpServletResponse.SC_UNAUTHORIZED, null).writeTo(response);
		}
	}

	private void authenticate(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		QueryString query = new QueryString(request.getQueryString());
		String token = query.first(QueryString.ACCESS_TOKEN);
		if (token == null || !this.matcher.test(request)) {
			chain.doFilter(request, response);
			return;
		}
		boolean authorized = token.isEmpty() || request.getHeader(HttpHeaders.AUTHORIZATION) != null;
		chain.doFilter(new AccessTokenRequest(request, query.remove(QueryString.ACCESS_TOKEN),
				authorized ? null : "Bearer " + token), response);
	}

}
