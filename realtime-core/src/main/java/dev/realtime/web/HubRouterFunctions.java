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

import java.io.IOException;
import java.util.Collection;
import java.util.Optional;

import dev.realtime.invocation.HubEndpoint;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * The routes of all hubs (SignalR transport protocols).
 */
final class HubRouterFunctions {

	private final HubRequestHandler negotiate;

	private final HubRequestHandler connect;

	private final HubRequestHandler send;

	private final HubRequestHandler terminate;

	HubRouterFunctions(HubRequestHandler negotiate, HubRequestHandler connect, HubRequestHandler send,
			HubRequestHandler terminate) {
		this.negotiate = negotiate;
		this.connect = connect;
		this.send = send;
		this.terminate = terminate;
	}

	/**
	 * Create the routes.
	 * @param endpoints the hubs
	 * @return the routes
	 */
	RouterFunction<ServerResponse> routes(Collection<HubEndpoint> endpoints) {
		if (endpoints.isEmpty()) {
			return (request) -> Optional.empty();
		}
		RouterFunctions.Builder routes = RouterFunctions.route();
		for (HubEndpoint endpoint : endpoints) {
			String path = endpoint.options().path();
			String negotiatePath = path + HubPaths.NEGOTIATE;
			routes.POST(negotiatePath, route(endpoint, this.negotiate));
			routes.route(RequestPredicates.path(negotiatePath), route(endpoint, notAllowed("POST")));
			routes.GET(path, route(endpoint, this.connect));
			routes.POST(path, route(endpoint, this.send));
			routes.DELETE(path, route(endpoint, this.terminate));
			routes.route(RequestPredicates.path(path), route(endpoint, notAllowed("GET, POST, DELETE")));
		}
		return routes.build();
	}

	private static HubRequestHandler notAllowed(String allowed) {
		return (endpoint, request, response) -> {
			response.setHeader(HttpHeaders.ALLOW, allowed);
			throw new HttpAnswerException(HttpAnswer.METHOD_NOT_ALLOWED);
		};
	}

	private static HandlerFunction<ServerResponse> route(HubEndpoint endpoint, HubRequestHandler handler) {
		ServerResponse answer = ServerResponse.ok().build((request, response) -> {
			handle(endpoint, handler, request, response);
			return null;
		});
		return (request) -> answer;
	}

	private static void handle(HubEndpoint endpoint, HubRequestHandler handler, HttpServletRequest request,
			HttpServletResponse response) throws IOException {
		try {
			handler.handle(endpoint, request, response);
		}
		catch (HttpAnswerException ex) {
			ex.writeTo(request, response);
		}
	}

}
