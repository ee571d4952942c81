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
import java.util.List;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Connects Web PubSub clients ahead of whatever else authenticates requests: their access
 * tokens are for them alone, and nobody else would take them for valid.
 */
final class PubSubClientFilter extends OncePerRequestFilter {

	private final RouterFunction<ServerResponse> routes;

	PubSubClientFilter(RouterFunction<ServerResponse> routes) {
		this.routes = routes;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (Endpoints.path(request).startsWith(PubSubPaths.CLIENT)) {
			ServerRequest serverRequest = ServerRequest.create(request, List.of());
			HandlerFunction<ServerResponse> handler = this.routes.route(serverRequest).orElse(null);
			if (handler != null) {
				handle(handler, serverRequest, response);
				return;
			}
		}
		chain.doFilter(request, response);
	}

	private static void handle(HandlerFunction<ServerResponse> handler, ServerRequest request,
			HttpServletResponse response) throws ServletException, IOException {
		try {
			handler.handle(request).writeTo(request.servletRequest(), response, List::of);
		}
		catch (IOException | ServletException | RuntimeException ex) {
			throw ex;
		}
		catch (Exception ex) {
			throw new ServletException(ex);
		}
	}

}
