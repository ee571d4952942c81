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
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

import dev.realtime.invocation.HubEndpoint;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.server.PathContainer;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Tells requests to hubs from others.
 */
final class HubPaths implements Predicate<HttpServletRequest> {

	static final String NEGOTIATE = "/negotiate";

	private final List<PathPattern> hubs = new ArrayList<>();

	private final List<PathPattern> negotiations = new ArrayList<>();

	HubPaths(Collection<HubEndpoint> endpoints) {
		PathPatternParser parser = PathPatternParser.defaultInstance;
		for (HubEndpoint endpoint : endpoints) {
			String path = endpoint.options().path();
			this.hubs.add(parser.parse(path));
			this.negotiations.add(parser.parse(path + NEGOTIATE));
		}
	}

	@Override
	public boolean test(HttpServletRequest request) {
		return test(path(request));
	}

	/**
	 * Return whether a path is that of a hub, or of its negotiation.
	 * @param path the path within the application
	 * @return {@code true} if requests to it are for a hub
	 */
	boolean test(PathContainer path) {
		return matches(this.hubs, path) || matches(this.negotiations, path);
	}

	/**
	 * Return whether a client of a hub changes something with a request.
	 * @param request the request
	 * @return {@code true} for what clients send with POST, and for the DELETE that ends
	 * a connection
	 */
	boolean isChange(HttpServletRequest request) {
		return switch (request.getMethod()) {
			case "POST" -> test(request);
			case "DELETE" -> matches(this.hubs, path(request));
			default -> false;
		};
	}

	private static PathContainer path(HttpServletRequest request) {
		return ServletRequestPathUtils.parse(request).pathWithinApplication();
	}

	private static boolean matches(List<PathPattern> patterns, PathContainer path) {
		return patterns.stream().anyMatch((pattern) -> pattern.matches(path));
	}

}
