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

import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * A request whose access token has moved from the query to a header.
 */
final class AccessTokenRequest extends HttpServletRequestWrapper {

	private final @Nullable String query;

	private final @Nullable String authorization;

	/**
	 * Wrap a request.
	 * @param request the request
	 * @param query its query without the token
	 * @param authorization the header to add, or {@code null} to leave the headers alone
	 */
	AccessTokenRequest(HttpServletRequest request, @Nullable String query, @Nullable String authorization) {
		super(request);
		this.query = query;
		this.authorization = authorization;
	}

	@Override
	public @Nullable String getQueryString() {
		return this.query;
	}

	@Override
	public @Nullable String getHeader(String name) {
		return isAdded(name) ? this.authorization : super.getHeader(name);
	}

	@Override
	public Enumeration<String> getHeaders(String name) {
		return (isAdded(name) && this.authorization != null) ? Collections.enumeration(Set.of(this.authorization))
				: super.getHeaders(name);
	}

	@Override
	public Enumeration<String> getHeaderNames() {
		if (this.authorization == null) {
			return super.getHeaderNames();
		}
		Set<String> names = new LinkedHashSet<>(Collections.list(super.getHeaderNames()));
		names.add(HttpHeaders.AUTHORIZATION);
		return Collections.enumeration(names);
	}

	private boolean isAdded(String name) {
		return this.authorization != null && HttpHeaders.AUTHORIZATION.equalsIgnoreCase(name);
	}

	@Override
	public @Nullable String getParameter(String name) {
		return isHidden(name) ? null : super.getParameter(name);
	}

	@Override
	public String @Nullable [] getParameterValues(String name) {
		return isHidden(name) ? null : super.getParameterValues(name);
	}

	@Override
	public Enumeration<String> getParameterNames() {
		return Collections.enumeration(getParameterMap().keySet());
	}

	@Override
	public Map<String, String[]> getParameterMap() {
		Map<String, String[]> parameters = new LinkedHashMap<>(super.getParameterMap());
		parameters.keySet().removeIf(AccessTokenRequest::isHidden);
		return Collections.unmodifiableMap(parameters);
	}

	private static boolean isHidden(String name) {
		return QueryString.ACCESS_TOKEN.equalsIgnoreCase(name);
	}

}
