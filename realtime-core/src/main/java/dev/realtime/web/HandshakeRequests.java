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

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

import dev.realtime.protocol.HubHandshake;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.util.CollectionUtils;
import org.springframework.util.LinkedCaseInsensitiveMap;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/**
 * Copies requests, so that what an application may see of them outlives them. Secrets are
 * left out: the connection token, the access token, the {@code Authorization} header.
 */
final class HandshakeRequests {

	static final Set<String> SECRETS = Set.of(QueryString.ID, QueryString.ACCESS_TOKEN, QueryString.RECONNECTION_TOKEN);

	/**
	 * What is left out for Web PubSub, whose clients have no connection token: their
	 * {@code id} is a parameter like others.
	 */
	static final Set<String> PUB_SUB_SECRETS = Set.of(QueryString.ACCESS_TOKEN, QueryString.RECONNECTION_TOKEN);

	private static final MultiValueMap<String, String> EMPTY = CollectionUtils
		.unmodifiableMultiValueMap(new LinkedMultiValueMap<>(0));

	private static final Set<String> HIDDEN_HEADERS = Set.of(HttpHeaders.AUTHORIZATION.toLowerCase(Locale.ROOT),
			HttpHeaders.PROXY_AUTHORIZATION.toLowerCase(Locale.ROOT), HttpHeaders.COOKIE.toLowerCase(Locale.ROOT));

	private static final Pattern IP_ADDRESS = Pattern.compile("[0-9.]+|\\[?[0-9a-fA-F:.]*:[0-9a-fA-F:.]*(%[\\w.]+)?]?");

	private HandshakeRequests() {
	}

	/**
	 * Copy a request.
	 * @param request the request
	 * @return the copy
	 */
	static HubHandshake copyOf(HttpServletRequest request) {
		return copyOf(request, SECRETS);
	}

	/**
	 * Copy a request.
	 * @param request the request
	 * @param secrets the names of the parameters to leave out, in lower case
	 * @return the copy
	 */
	static HubHandshake copyOf(HttpServletRequest request, Set<String> secrets) {
		QueryString query = new QueryString(request.getQueryString());
		return new HubHandshake(uri(request, query, secrets), unmodifiable(query.without(secrets)), headers(request),
				cookies(request), remoteAddress(request), attributes(request));
	}

	private static Map<String, Object> attributes(HttpServletRequest request) {
		Map<String, Object> attributes = new ConcurrentHashMap<>(4);
		Object certificates = request.getAttribute(HubHandshake.CLIENT_CERTIFICATES_ATTRIBUTE);
		if (certificates != null) {
			attributes.put(HubHandshake.CLIENT_CERTIFICATES_ATTRIBUTE, certificates);
		}
		return attributes;
	}

	private static URI uri(HttpServletRequest request, QueryString query, Set<String> secrets) {
		String url = request.getRequestURL().toString();
		String shown = query.mask(secrets);
		try {
			return URI.create((shown != null) ? url + "?" + shown : url);
		}
		catch (IllegalArgumentException ex) {
			// a query some containers accept though it is not one
			return URI.create(url);
		}
	}

	private static MultiValueMap<String, String> headers(HttpServletRequest request) {
		List<String> names = Collections.list(request.getHeaderNames());
		LinkedCaseInsensitiveMap<List<String>> headers = new LinkedCaseInsensitiveMap<>(names.size(), Locale.ROOT);
		for (String name : names) {
			if (!HIDDEN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
				headers.put(name, List.copyOf(Collections.list(request.getHeaders(name))));
			}
		}
		return CollectionUtils.unmodifiableMultiValueMap(CollectionUtils.toMultiValueMap(headers));
	}

	private static MultiValueMap<String, String> cookies(HttpServletRequest request) {
		Cookie[] sent = request.getCookies();
		if (sent == null) {
			return EMPTY;
		}
		MultiValueMap<String, String> cookies = new LinkedMultiValueMap<>(sent.length);
		for (Cookie cookie : sent) {
			cookies.add(cookie.getName(), cookie.getValue());
		}
		return unmodifiable(cookies);
	}

	private static MultiValueMap<String, String> unmodifiable(MultiValueMap<String, String> map) {
		return map.isEmpty() ? EMPTY : CollectionUtils.unmodifiableMultiValueMap(map);
	}

	// must not ask a name server: behind a proxy the address is whatever a header says
	private static @Nullable InetSocketAddress remoteAddress(HttpServletRequest request) {
		String address = request.getRemoteAddr();
		if (address == null) {
			return null;
		}
		int port = Math.max(request.getRemotePort(), 0);
		if (IP_ADDRESS.matcher(address).matches()) {
			try {
				return new InetSocketAddress(InetAddress.getByName(address), port);
			}
			catch (UnknownHostException ex) {
				return InetSocketAddress.createUnresolved(address, port);
			}
		}
		return InetSocketAddress.createUnresolved(address, port);
	}

}
