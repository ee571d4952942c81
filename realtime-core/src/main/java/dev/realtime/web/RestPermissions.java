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

import java.util.concurrent.CompletableFuture;

import dev.realtime.protocol.Permission;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * The operations that grant, revoke and check permissions of connections.
 */
final class RestPermissions {

	private RestPermissions() {
	}

	static void addTo(RestRoutes routes) {
		String pattern = "permissions/{permission}/connections/{connectionId}";
		routes.add("PUT", pattern, RestPermissions::grant)
			.add("DELETE", pattern, RestPermissions::revoke)
			.add("HEAD", pattern, RestPermissions::check);
	}

	private static CompletableFuture<RestAnswer> grant(RestRequest request) throws RestException {
		Permission permission = permission(request);
		String group = group(request);
		String connectionId = request.variable(1);
		return RestGroups.ifExists(request.hub().connections().exists(connectionId),
				() -> request.hub().connections().grant(connectionId, permission, group));
	}

	private static CompletableFuture<RestAnswer> revoke(RestRequest request) throws RestException {
		return request.hub()
			.connections()
			.revoke(request.variable(1), permission(request), group(request))
			.thenApply((revoked) -> RestAnswer.NO_CONTENT);
	}

	private static CompletableFuture<RestAnswer> check(RestRequest request) throws RestException {
		return request.hub()
			.connections()
			.check(request.variable(1), permission(request), group(request))
			.thenApply((granted) -> granted ? RestAnswer.OK : RestAnswer.ABSENT);
	}

	private static Permission permission(RestRequest request) throws RestException {
		Permission permission = Permission.find(request.variable(0));
		if (permission == null) {
			throw RestException.badRequest("The permission must be 'joinLeaveGroup' or 'sendToGroup'.");
		}
		return permission;
	}

	private static @Nullable String group(RestRequest request) throws RestException {
		String group = request.query().first("targetName");
		return StringUtils.hasLength(group) ? RestRequest.checkGroup(group) : null;
	}

}
