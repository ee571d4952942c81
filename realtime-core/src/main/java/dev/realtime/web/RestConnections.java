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

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import dev.realtime.hub.HubConnection;
import dev.realtime.hub.HubContext;
import dev.realtime.hub.HubMember;

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
		return request.hub().groups().members(request.group(0)).thenApply(page::of);
	}

	private static CompletableFuture<RestAnswer> close(RestRequest request) throws RestException {
		return done(request.hub().connections().close(request.variable(0), request.reason()));
	}

	private static CompletableFuture<RestAnswer> closeAll(RestRequest request) {
		return done(request.hub().connections().closeAll(request.reason(), request.excluded()));
	}

	private static CompletableFuture<RestAnswer> closeGroup(RestRequest request) throws RestException {
		return request.hub()
			.groups()
			.members(request.group(0))
			.thenCompose((members) -> closeEach(request, members.stream().map(HubMember::connectionId)));
	}

	private static CompletableFuture<RestAnswer> closeUser(RestRequest request) throws RestException {
		String userId = request.variable(0);
		HubContext hub = request.hub();
		if (request.excluded().isEmpty()) {
			return done(hub.users().close(userId, request.reason()));
		}
		return hub.users()
			.connections(userId)
			.thenCompose((connections) -> closeEach(request, connections.stream().map(HubConnection::connectionId)));
	}

	private static CompletableFuture<RestAnswer> closeEach(RestRequest request, Stream<String> connectionIds) {
		Set<String> excluded = Set.copyOf(request.excluded());
		return done(CompletableFuture.allOf(connectionIds.filter((id) -> !excluded.contains(id))
			.map((id) -> request.hub().connections().close(id, request.reason()))
			.toArray(CompletableFuture[]::new)));
	}

	private static CompletableFuture<RestAnswer> done(CompletableFuture<Void> future) {
		return future.thenApply((closed) -> RestAnswer.NO_CONTENT);
	}

}
