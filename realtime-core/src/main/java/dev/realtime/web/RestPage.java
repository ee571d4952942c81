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

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.realtime.hub.HubMember;
import org.jspecify.annotations.Nullable;

import org.springframework.web.util.UriUtils;

/**
 * A page of a list of connections. The list is ordered by connection id; the token for
 * the next page is the last id of this one, so that pages stay in step while connections
 * come and go.
 *
 * @param request the request for the page
 * @param after the id the page starts after, or {@code null} for the first page
 * @param size how many connections the page has at most
 * @param top how many connections this and the following pages have at most, or
 * {@code null} for all
 */
record RestPage(RestRequest request, @Nullable String after, int size, @Nullable Integer top) {

	private static final String TOP = "top";

	private static final String TOKEN = "continuationToken";

	private static final int MAXIMUM_SIZE = 200;

	/**
	 * Read what page is wanted.
	 * @param request the request
	 * @return the page
	 * @throws RestException if something about it is not valid
	 */
	static RestPage of(RestRequest request) throws RestException {
		Integer size = request.number("maxpagesize", 1, MAXIMUM_SIZE);
		Integer top = request.number(TOP, 1, Integer.MAX_VALUE);
		String token = request.query().first(TOKEN);
		return new RestPage(request, (token != null && !token.isEmpty()) ? decode(token) : null,
				(size != null) ? size : MAXIMUM_SIZE, top);
	}

	private static String decode(String token) throws RestException {
		try {
			String id = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
			if (encode(id).equals(token)) {
				return id;
			}
		}
		catch (IllegalArgumentException ex) {
			// said below
		}
		throw RestException.badRequest("The continuation token is not valid.");
	}

	private static String encode(String id) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(id.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Return how many connections to list.
	 * @return the size, or less if fewer are wanted
	 */
	int limit() {
		return (this.top != null) ? Math.min(this.top, this.size) : this.size;
	}

	/**
	 * Return the page.
	 * @param found one more than the limit if there is one, to know whether there are
	 * further pages; in order
	 * @return the answer
	 */
	RestAnswer of(List<HubMember> found) {
		int limit = limit();
		List<HubMember> page = (found.size() > limit) ? found.subList(0, limit) : found;
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("value", page.stream().map(RestPage::describe).toList());
		Integer remaining = (this.top != null) ? this.top - page.size() : null;
		if (found.size() > limit && (remaining == null || remaining > 0)) {
			body.put("nextLink", nextLink(page.get(page.size() - 1).connectionId(), remaining));
		}
		return RestAnswer.json(body);
	}

	private static Map<String, String> describe(HubMember member) {
		Map<String, String> description = new LinkedHashMap<>();
		description.put("connectionId", member.connectionId());
		if (member.userId() != null) {
			description.put("userId", member.userId());
		}
		return description;
	}

	private String nextLink(String last, @Nullable Integer remaining) {
		List<String> parameters = new ArrayList<>();
		this.request.query()
			.without(List.of(TOP, "continuationtoken"))
			.forEach((name, values) -> values
				.forEach((value) -> parameters.add(encodeParameter(name) + "=" + encodeParameter(value))));
		if (remaining != null) {
			parameters.add(TOP + "=" + remaining);
		}
		parameters.add(TOKEN + "=" + encode(last));
		return this.request.endpoint() + Endpoints.path(this.request.http()) + "?" + String.join("&", parameters);
	}

	private static String encodeParameter(String text) {
		return UriUtils.encode(text, StandardCharsets.UTF_8);
	}

}
