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

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import dev.realtime.hub.HubContext;
import dev.realtime.hub.PlainMessage;
import dev.realtime.lifetime.HubLifetimeManager;
import dev.realtime.lifetime.filter.ConnectionFilter;
import dev.realtime.lifetime.filter.InvalidFilterException;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * A request to the REST API whose token is valid.
 *
 * @param http the request
 * @param endpoint the URL of the application, as the one who sent the request knows it
 * @param lifetime the hub it is about
 * @param hubName the name of the hub as the request has it
 * @param variables what the path says besides, in order
 * @param query the query
 */
record RestRequest(HttpServletRequest http, String endpoint, HubLifetimeManager lifetime, String hubName,
		List<String> variables, QueryString query) {

	private static final int MAXIMUM_GROUP_LENGTH = 1024;

	private static final int MAXIMUM_TIME_TO_LIVE = 300;

	private static final String METADATA_PREFIX = "x-webpubsub-metadata-";

	private static final Pattern METADATA_KEY = Pattern.compile("[!#$%&'*+.^_`|~0-9a-z-]{1,256}");

	private static final int MAXIMUM_METADATA_VALUE = 1024;

	private static final int MAXIMUM_METADATA = 8 * 1024;

	/**
	 * Return the hub as applications see it.
	 * @return the hub
	 */
	HubContext hub() {
		return this.lifetime.hubContext();
	}

	/**
	 * Return a name or an id of the path.
	 * @param index which one
	 * @return the name, which is not blank
	 * @throws RestException if it is blank
	 */
	String variable(int index) throws RestException {
		String value = this.variables.get(index);
		if (value.isBlank()) {
			throw RestException.badRequest("Names and ids must not be blank.");
		}
		return value;
	}

	/**
	 * Return the name of a group in the path.
	 * @param index where it is
	 * @return the name
	 * @throws RestException if there can be no such group
	 */
	String group(int index) throws RestException {
		return checkGroup(variable(index));
	}

	/**
	 * Check the name of a group.
	 * @param group the name
	 * @return the name
	 * @throws RestException if there can be no such group
	 */
	static String checkGroup(String group) throws RestException {
		if (group.isBlank() || group.length() > MAXIMUM_GROUP_LENGTH) {
			throw RestException.badRequest("The name of a group must have 1 to 1024 characters, and not only blanks.");
		}
		return group;
	}

	/**
	 * Return the connections to leave out.
	 * @return the ids, possibly none
	 */
	List<String> excluded() {
		return this.query.values("excluded").stream().filter(StringUtils::hasText).toList();
	}

	/**
	 * Return what clients are told when they are disconnected.
	 * @return the text, or {@code null}
	 */
	@Nullable String reason() {
		return this.query.first("reason");
	}

	/**
	 * Return which connections it is about.
	 * @return the filter, or {@code null} for all
	 * @throws RestException if the filter is not valid
	 */
	@Nullable ConnectionFilter filter() throws RestException {
		String filter = this.query.first("filter");
		return StringUtils.hasText(filter) ? parse(filter) : null;
	}

	/**
	 * Parse a filter.
	 * @param filter the expression
	 * @return the filter
	 * @throws RestException if it is not valid
	 */
	static ConnectionFilter parse(String filter) throws RestException {
		try {
			return ConnectionFilter.parse(filter);
		}
		catch (InvalidFilterException ex) {
			throw RestException.badRequest(String.valueOf(ex.getMessage()));
		}
	}

	/**
	 * Return a number of the query.
	 * @param name the name of the parameter
	 * @param minimum what it is at least
	 * @param maximum what it is at most
	 * @return the number, or {@code null} if it is not given
	 * @throws RestException if it is something else
	 */
	@Nullable Integer number(String name, int minimum, int maximum) throws RestException {
		String text = this.query.first(name);
		if (text == null || text.isEmpty()) {
			return null;
		}
		try {
			int number = Integer.parseInt(text);
			if (number >= minimum && number <= maximum) {
				return number;
			}
		}
		catch (NumberFormatException ex) {
			// said below
		}
		String range = (maximum != Integer.MAX_VALUE) ? minimum + " to " + maximum : "at least " + minimum;
		throw RestException.badRequest("'%s' must be a number, %s.".formatted(name, range));
	}

	/**
	 * Return the message the request brings.
	 * @return the body with metadata and time to live
	 * @throws RestException if something about it is not valid
	 */
	PlainMessage message() throws RestException {
		Integer seconds = number("messageTtlSeconds", 0, MAXIMUM_TIME_TO_LIVE);
		Map<String, String> metadata = metadata();
		PlainMessage message = RestBody.read(this.http).message();
		if (!metadata.isEmpty()) {
			message = message.metadata(metadata);
		}
		return (seconds != null && seconds > 0) ? message.timeToLive(Duration.ofSeconds(seconds)) : message;
	}

	private Map<String, String> metadata() throws RestException {
		Map<String, String> metadata = new LinkedHashMap<>();
		int size = 0;
		for (String header : Collections.list(this.http.getHeaderNames())) {
			String name = header.toLowerCase(Locale.ROOT);
			if (name.startsWith(METADATA_PREFIX)) {
				String key = name.substring(METADATA_PREFIX.length());
				String value = lastElement(new ArrayList<>(Collections.list(this.http.getHeaders(header))));
				size += key.length() + value.length();
				if (!METADATA_KEY.matcher(key).matches() || value.length() > MAXIMUM_METADATA_VALUE
						|| size > MAXIMUM_METADATA) {
					throw RestException.badRequest("The metadata is not valid, or too large.");
				}
				metadata.put(key, value);
			}
		}
		return metadata;
	}

	private static String lastElement(List<String> values) {
		String last = values.isEmpty() ? "" : values.get(values.size() - 1);
		return last.substring(last.lastIndexOf(',') + 1).trim();
	}

}
