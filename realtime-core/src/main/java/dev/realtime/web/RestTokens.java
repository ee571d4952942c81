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
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The operation that creates access tokens for clients.
 *
 * @param tokens creates them
 */
record RestTokens(AccessTokens tokens) {

	private static final int DEFAULT_MINUTES = 60;

	void addTo(RestRoutes routes) {
		routes.add("POST", ":generateToken", this::generate);
	}

	private CompletableFuture<RestAnswer> generate(RestRequest request) throws RestException {
		checkClientType(request, "clientType");
		checkClientType(request, "clientProtocol");
		Integer minutes = request.number("minutesToExpire", 1, Integer.MAX_VALUE);
		String userId = request.query().first("userId");
		List<String> groups = values(request, "group");
		for (String group : groups) {
			RestRequest.checkGroup(group);
		}
		String token = this.tokens.createClientToken(request.endpoint(), request.hubName(),
				(userId != null && !userId.isEmpty()) ? userId : null, values(request, "role"), groups,
				Duration.ofMinutes((minutes != null) ? minutes : DEFAULT_MINUTES));
		return CompletableFuture.completedFuture(RestAnswer.json(Map.of("token", token)));
	}

	private static void checkClientType(RestRequest request, String name) throws RestException {
		String type = request.query().first(name);
		if (type != null && !type.isEmpty() && !type.equalsIgnoreCase("default")) {
			throw RestException.badRequest("'%s' must be 'Default': other clients are not supported.".formatted(name));
		}
	}

	// older versions of the API have the singular
	private static List<String> values(RestRequest request, String name) {
		List<String> values = request.query().values(name);
		return values.isEmpty() ? request.query().values(name + "s") : values;
	}

}
