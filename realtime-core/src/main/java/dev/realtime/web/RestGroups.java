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
import java.util.function.Supplier;

/**
 * The operations that add connections to groups and remove them.
 */
final class RestGroups {

	private static final RestAnswer NO_CONNECTION = RestException.notFound("There is no such connection.").answer();

	private RestGroups() {
	}

	static void addTo(RestRoutes routes) {
		routes.add("PUT", "groups/{group}/connections/{connectionId}", RestGroups::add)
			.add("DELETE", "groups/{group}/connections/{connectionId}", RestGroups::remove)
			.add("DELETE", "connections/{connectionId}/groups", RestGroups::removeFromAll)
			.add("PUT", "users/{userId}/groups/{group}", RestGroups::addUser)
			.add("DELETE", "users/{userId}/groups/{group}", RestGroups::removeUser)
			.add("DELETE", "users/{userId}/groups", RestGroups::removeUserFromAll)
			.add("POST", ":addToGroups", RestGroups::addMatching)
			.add("POST", ":removeFromGroups", RestGroups::removeMatching);
	}

	private static CompletableFuture<RestAnswer> add(RestRequest request) throws RestException {
		String group = request.group(0);
		String connectionId = request.variable(1);
		return ifExists(request.hub().connections().exists(connectionId),
				() -> request.hub().groups().add(connectionId, group));
	}

	private static CompletableFuture<RestAnswer> addUser(RestRequest request) throws RestException {
		String userId = request.variable(0);
		String group = request.group(1);
		return ifExists(request.hub().users().exists(userId), () -> request.hub().groups().addUser(userId, group));
	}

	static CompletableFuture<RestAnswer> ifExists(CompletableFuture<Boolean> exists,
			Supplier<CompletableFuture<Void>> change) {
		return exists.thenCompose((found) -> found ? change.get().thenApply((changed) -> RestAnswer.OK)
				: CompletableFuture.completedFuture(NO_CONNECTION));
	}

	private static CompletableFuture<RestAnswer> remove(RestRequest request) throws RestException {
		return removed(request.hub().groups().remove(request.variable(1), request.group(0)));
	}

	private static CompletableFuture<RestAnswer> removeFromAll(RestRequest request) throws RestException {
		return removed(request.hub().groups().removeFromAll(request.variable(0)));
	}

	private static CompletableFuture<RestAnswer> removeUser(RestRequest request) throws RestException {
		return removed(request.hub().groups().removeUser(request.variable(0), request.group(1)));
	}

	private static CompletableFuture<RestAnswer> removeUserFromAll(RestRequest request) throws RestException {
		return removed(request.hub().groups().removeUserFromAll(request.variable(0)));
	}

	private static CompletableFuture<RestAnswer> addMatching(RestRequest request) throws RestException {
		RestSelection selection = RestSelection.read(request);
		return request.hub()
			.groups()
			.addMatching(selection.filter(), selection.groups())
			.thenApply((added) -> RestAnswer.OK);
	}

	private static CompletableFuture<RestAnswer> removeMatching(RestRequest request) throws RestException {
		RestSelection selection = RestSelection.read(request);
		return request.hub()
			.groups()
			.removeMatching(selection.filter(), selection.groups())
			.thenApply((removed) -> RestAnswer.OK);
	}

	private static CompletableFuture<RestAnswer> removed(CompletableFuture<Void> future) {
		return future.thenApply((removed) -> RestAnswer.NO_CONTENT);
	}

}
