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

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.util.StringUtils;

/**
 * The query of a request. It is read from the raw query string, since asking a servlet
 * request for its parameters may consume its body.
 *
 * @param raw the query string as it came, or {@code null} if there was none
 */
record QueryString(@Nullable String raw) {

	static final String ID = "id";

	static final String ACCESS_TOKEN = "access_token";

	static final String RECONNECTION_TOKEN = "awps_reconnection_token";

	private static final String MASK = "***";

	/**
	 * Return the first value of a parameter.
	 * @param name the name, compared without case
	 * @return the decoded value, or {@code null} if there is none
	 */
	@Nullable String first(String name) {
		for (String pair : pairs()) {
			if (name.equalsIgnoreCase(name(pair))) {
				return value(pair);
			}
		}
		return null;
	}

	/**
	 * Return the last value of a parameter.
	 * @param name the name, compared without case
	 * @return the decoded value, or {@code null} if there is none
	 */
	@Nullable String last(String name) {
		String last = null;
		for (String pair : pairs()) {
			if (name.equalsIgnoreCase(name(pair))) {
				last = value(pair);
			}
		}
		return last;
	}

	/**
	 * Return all values of a parameter.
	 * @param name the name, compared without case
	 * @return the decoded values, in order
	 */
	List<String> values(String name) {
		return Arrays.stream(pairs())
			.filter((pair) -> name.equalsIgnoreCase(name(pair)))
			.map(QueryString::value)
			.toList();
	}

	/**
	 * Return the parameters with some exceptions.
	 * @param excluded the names to leave out, in lower case
	 * @return the decoded parameters
	 */
	MultiValueMap<String, String> without(Collection<String> excluded) {
		MultiValueMap<String, String> parameters = new LinkedMultiValueMap<>();
		for (String pair : pairs()) {
			String name = name(pair);
			if (!isIn(name, excluded)) {
				parameters.add(name, value(pair));
			}
		}
		return parameters;
	}

	/**
	 * Return the raw query without one parameter.
	 * @param name the name, compared without case
	 * @return the rest, or {@code null} if nothing remains
	 */
	@Nullable String remove(String name) {
		StringBuilder rest = new StringBuilder();
		for (String pair : pairs()) {
			if (!name.equalsIgnoreCase(name(pair))) {
				rest.append(rest.isEmpty() ? "" : "&").append(pair);
			}
		}
		return rest.isEmpty() ? null : rest.toString();
	}

	/**
	 * Return the raw query with some values masked.
	 * @param masked the names of the parameters to mask, in lower case
	 * @return the query that can be shown
	 */
	@Nullable String mask(Collection<String> masked) {
		if (this.raw == null) {
			return null;
		}
		StringBuilder shown = new StringBuilder();
		for (String pair : pairs()) {
			String name = name(pair);
			shown.append(shown.isEmpty() ? "" : "&").append(isIn(name, masked) ? name + "=" + MASK : pair);
		}
		return shown.toString();
	}

	private String[] pairs() {
		return StringUtils.hasLength(this.raw) ? StringUtils.tokenizeToStringArray(this.raw, "&", false, true)
				: new String[0];
	}

	private static boolean isIn(String name, Collection<String> names) {
		return names.stream().anyMatch(name::equalsIgnoreCase);
	}

	private static String name(String pair) {
		int separator = pair.indexOf('=');
		return decode((separator != -1) ? pair.substring(0, separator) : pair);
	}

	private static String value(String pair) {
		int separator = pair.indexOf('=');
		return (separator != -1) ? decode(pair.substring(separator + 1)) : "";
	}

	private static String decode(String text) {
		try {
			return URLDecoder.decode(text, StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			// not encoded correctly: as it is
			return text;
		}
	}

}
