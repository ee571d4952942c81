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

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The URLs the application is reached at: those that are configured, and that of a
 * request as the container, or the filter for forwarded headers, sees it.
 *
 * @param configured URLs without a slash at the end, those for most clients first
 */
record Endpoints(List<String> configured) {

	private static final Pattern STANDARD_PORT = Pattern
		.compile("(?i)(?<=^http://[^/?#]{1,300}):80(?=/|$)|(?<=^https://[^/?#]{1,300}):443(?=/|$)");

	private static final int HTTP_PORT = 80;

	private static final int HTTPS_PORT = 443;

	/**
	 * Create endpoints.
	 * @param urls absolute URLs of {@code http} or {@code https} with a host, and
	 * possibly a port and a path
	 * @return the endpoints
	 * @throws IllegalArgumentException if one is something else
	 */
	static Endpoints of(Collection<String> urls) {
		return new Endpoints(urls.stream().map(Endpoints::normalize).toList());
	}

	private static String normalize(String url) {
		URI uri = parse(url);
		String path = uri.getRawPath();
		while (path.endsWith("/")) {
			path = path.substring(0, path.length() - 1);
		}
		return origin(uri.getScheme(), uri.getHost(), uri.getPort()) + path;
	}

	private static URI parse(String url) {
		Assert.hasText(url, "An endpoint must not be empty");
		try {
			URI uri = new URI(url);
			Assert.isTrue("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()),
					"An endpoint must start with http:// or https://");
			Assert.isTrue(uri.getHost() != null && uri.getRawUserInfo() == null, "An endpoint must have a host");
			Assert.isTrue(uri.getRawQuery() == null && uri.getRawFragment() == null,
					"An endpoint must have neither query nor fragment");
			return uri;
		}
		catch (URISyntaxException ex) {
			throw new IllegalArgumentException("An endpoint must be a URL", ex);
		}
	}

	/**
	 * Return the URL a request was sent to, up to the context path.
	 * @param request the request
	 * @return the URL, without a slash at the end
	 */
	static String requested(HttpServletRequest request) {
		return origin(request.getScheme(), request.getServerName(), request.getServerPort()) + request.getContextPath();
	}

	/**
	 * Return the path of a request below the context path.
	 * @param request the request
	 * @return the path as it was sent
	 */
	static String path(HttpServletRequest request) {
		return request.getRequestURI().substring(request.getContextPath().length());
	}

	/**
	 * Return the endpoints a request may have been meant for.
	 * @param request the request
	 * @return those that are configured, and that of the request
	 */
	List<String> of(HttpServletRequest request) {
		List<String> endpoints = new ArrayList<>(this.configured);
		endpoints.add(requested(request));
		return endpoints;
	}

	/**
	 * Return the endpoint to give to clients.
	 * @param request the request that asks for it, or {@code null}
	 * @return the first of those that are configured, else that of the request, or
	 * {@code null} if there is neither
	 */
	@Nullable String preferred(@Nullable HttpServletRequest request) {
		if (!this.configured.isEmpty()) {
			return this.configured.get(0);
		}
		return (request != null) ? requested(request) : null;
	}

	/**
	 * Return a URL without a port that its scheme implies.
	 * @param url the URL
	 * @return the URL as endpoints are written here
	 */
	static String withoutStandardPort(String url) {
		return STANDARD_PORT.matcher(url).replaceFirst("");
	}

	private static String origin(String scheme, String host, int port) {
		boolean secure = "https".equalsIgnoreCase(scheme) || "wss".equalsIgnoreCase(scheme);
		boolean standard = port <= 0 || port == (secure ? HTTPS_PORT : HTTP_PORT);
		return (secure ? "https://" : "http://") + host.toLowerCase(Locale.ROOT) + (standard ? "" : ":" + port);
	}

}
