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
import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * The routes of Web PubSub clients (Web PubSub, client endpoint).
 */
final class PubSubRouterFunctions {

	private static final String HUB = "hub";

	private final PubSubConnectHandler handler;

	PubSubRouterFunctions(PubSubConnectHandler handler) {
		this.handler = handler;
	}

	/**
	 * Create the routes.
	 * @return the routes
	 */
	RouterFunction<ServerResponse> routes() {
		return RouterFunctions.route()
			.GET(PubSubPaths.CLIENT + "/hubs/{hub}", route())
			.GET(PubSubPaths.CLIENT, route())
			.GET(PubSubPaths.CLIENT + "/", route())
			.build();
	}

	private HandlerFunction<ServerResponse> route() {
		return (request) -> {
			String hub = hub(request);
			return ServerResponse.ok().build((servletRequest, servletResponse) -> {
				handle(hub, servletRequest, servletResponse);
				return null;
			});
		};
	}

	private static @Nullable String hub(ServerRequest request) {
		Map<String, String> variables = request.pathVariables();
		String hub = variables.get(HUB);
		return (hub != null) ? hub : new QueryString(request.servletRequest().getQueryString()).first(HUB);
	}

	private void handle(@Nullable String hub, HttpServletRequest request, HttpServletResponse response)
			throws IOException {
		try {
			this.handler.handle(hub, request, response);
		}
		catch (HttpAnswerException ex) {
			ex.writeTo(request, response);
		}
	}

}
