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

/**
 * The operations that ask for connections, groups and users, and that close connections.
 */
final class RestConnections {

	private RestConnections() {
	}

	static void addTo(RestRoutes routes) {
		routes.add("HEAD", "connections/{connectionId}", RestConnections::connectionExists)
			.add("HEAD", "groups/{group}", RestConnections::groupExists)
			.add("HEAD", "users/{userId}", RestConnections::userExists)
			.add("GET", "groups/{group}/connections", RestConnections::list)
			.add("DELETE", "connections/{connectionId}", RestConnections::close)
			.add("POST", ":closeConnections", RestConnections::closeAll)
			.add("POST", "groups/{group}/:closeConnections", RestConnections::closeGroup)
			.add("POST", "users/{userId}/:closeConnections", RestConnections::closeUser);
	}

	private static CompletableFuture<RestAnswer> connectionExists(RestRequest request) throws RestException {
		return request.hub().connections().exists(request.variable(0)).thenApply(RestConnections::existence);
	}

	private static CompletableFuture<RestAnswer> groupExists(RestRequest request) throws RestException {
		return request.hub().groups().exists(request.group(0)).thenApply(RestConnections::existence);
	}

	private static CompletableFuture<RestAnswer> userExists(RestRequest request) throws RestException {
		return request.hub().users().exists(request.variable(0)).thenApply(RestConnections::existence);
	}

	private static RestAnswer existence(boolean exists) {
		return exists ? RestAnswer.OK : RestAnswer.ABSENT;
	}

	private static CompletableFuture<RestAnswer> list(RestRequest request) throws RestException {
		RestPage page = RestPage.of(request);
		return request.hub().groups().members(request.group(0), page.after(), page.limit() + 1).thenApply(page::of);
	}

	private static CompletableFuture<RestAnswer> close(RestRequest request) throws RestException {
		return done(request.hub().connections().close(request.variable(0), request.reason()));
	}

	private static CompletableFuture<RestAnswer> closeAll(RestRequest request) {
		return done(request.hub().connections().closeAll(request.reason(), request.excluded()));
	}

	private static CompletableFuture<RestAnswer> closeGroup(RestRequest request) throws RestException {
		return done(request.hub().groups().close(request.group(0), request.reason(), request.excluded()));
	}

	private static CompletableFuture<RestAnswer> closeUser(RestRequest request) throws RestException {
		return done(request.hub().users().close(request.variable(0), request.reason(), request.excluded()));
	}

	private static CompletableFuture<RestAnswer> done(CompletableFuture<Void> future) {
		return future.thenApply((closed) -> RestAnswer.NO_CONTENT);
	}

}
