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

import dev.realtime.lifetime.Target;
import dev.realtime.lifetime.filter.ConnectionFilter;

/**
 * The operations that send messages. They are accepted whether or not anybody receives
 * the message.
 */
final class RestMessages {

	private RestMessages() {
	}

	static void addTo(RestRoutes routes) {
		routes.add("POST", ":send", RestMessages::toAll)
			.add("POST", "groups/{group}/:send", RestMessages::toGroup)
			.add("POST", "users/{userId}/:send", RestMessages::toUser)
			.add("POST", "connections/{connectionId}/:send", RestMessages::toConnection);
	}

	private static CompletableFuture<RestAnswer> toAll(RestRequest request) throws RestException {
		return send(request, filtered(request, new Target.All(Set.copyOf(request.excluded()))));
	}

	private static CompletableFuture<RestAnswer> toGroup(RestRequest request) throws RestException {
		return send(request, filtered(request, new Target.Group(request.group(0), Set.copyOf(request.excluded()))));
	}

	private static CompletableFuture<RestAnswer> toUser(RestRequest request) throws RestException {
		return send(request, filtered(request, Target.user(request.variable(0))));
	}

	private static CompletableFuture<RestAnswer> toConnection(RestRequest request) throws RestException {
		return send(request, Target.connection(request.variable(0)));
	}

	private static Target filtered(RestRequest request, Target target) throws RestException {
		ConnectionFilter filter = request.filter();
		return (filter != null) ? new Target.Filter(target, filter) : target;
	}

	private static CompletableFuture<RestAnswer> send(RestRequest request, Target target) throws RestException {
		return request.lifetime().proxy(target).publish(request.message()).thenApply((sent) -> RestAnswer.ACCEPTED);
	}

}
