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

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.StringUtils;

/**
 * The body of a request that adds connections to groups or removes them: which
 * connections, and which groups.
 *
 * @param filter which connections, or {@code null} for all
 * @param groups the names of the groups, at least one
 */
record RestSelection(@Nullable String filter, List<String> groups) {

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	/**
	 * Read the body of a request.
	 * @param request the request
	 * @return what it selects
	 * @throws RestException if it is not valid
	 */
	static RestSelection read(RestRequest request) throws RestException {
		JsonNode body = MAPPER.readTree(RestBody.read(request.http()).json().utf8());
		JsonNode names = body.path("groups");
		if (!names.isArray() || names.isEmpty()) {
			throw RestException.badRequest("'groups' must be an array of at least one name.");
		}
		List<String> groups = new ArrayList<>(names.size());
		for (JsonNode name : names) {
			if (!name.isString()) {
				throw RestException.badRequest("'groups' must be an array of names.");
			}
			groups.add(RestRequest.checkGroup(name.stringValue()));
		}
		return new RestSelection(filter(body.path("filter")), groups);
	}

	private static @Nullable String filter(JsonNode node) throws RestException {
		if (node.isMissingNode() || node.isNull()) {
			return null;
		}
		if (!node.isString()) {
			throw RestException.badRequest("'filter' must be a text.");
		}
		String filter = node.stringValue();
		if (!StringUtils.hasText(filter)) {
			return null;
		}
		RestRequest.parse(filter);
		return filter;
	}

}
