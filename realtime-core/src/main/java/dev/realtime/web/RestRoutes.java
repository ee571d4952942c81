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
import java.util.List;
import java.util.TreeSet;

/**
 * Which operation a request asks for.
 */
final class RestRoutes {

	private static final String VARIABLE = "{";

	private final List<Route> routes = new ArrayList<>();

	/**
	 * Add an operation.
	 * @param method the method of HTTP
	 * @param pattern what comes after the hub, with names in braces for what varies
	 * @param operation the operation
	 * @return these routes
	 */
	RestRoutes add(String method, String pattern, RestOperation operation) {
		this.routes.add(new Route(method, pattern, List.of(pattern.split("/")), operation));
		return this;
	}

	/**
	 * Find the operation.
	 * @param method the method of HTTP
	 * @param segments what comes after the hub, decoded
	 * @return the operation
	 * @throws RestException if there is none
	 */
	Match find(String method, List<String> segments) throws RestException {
		TreeSet<String> methods = new TreeSet<>();
		for (Route route : this.routes) {
			if (route.matches(segments)) {
				if (route.method.equals(method)) {
					return new Match(route.pattern, route.operation, route.variables(segments));
				}
				methods.add(route.method);
			}
		}
		if (methods.isEmpty()) {
			throw RestException.notFound("There is no such operation.");
		}
		throw RestException.methodNotAllowed("The method is not allowed. Choose from: " + String.join(", ", methods));
	}

	/**
	 * An operation that was found.
	 *
	 * @param pattern its path after the hub
	 * @param operation the operation
	 * @param variables what varies of the path
	 */
	record Match(String pattern, RestOperation operation, List<String> variables) {

	}

	private record Route(String method, String pattern, List<String> parts, RestOperation operation) {

		boolean matches(List<String> segments) {
			if (segments.size() != this.parts.size()) {
				return false;
			}
			for (int i = 0; i < segments.size(); i++) {
				String part = this.parts.get(i);
				if (!part.startsWith(VARIABLE) && !part.equals(segments.get(i))) {
					return false;
				}
			}
			return true;
		}

		List<String> variables(List<String> segments) {
			List<String> variables = new ArrayList<>();
			for (int i = 0; i < segments.size(); i++) {
				if (this.parts.get(i).startsWith(VARIABLE)) {
					variables.add(segments.get(i));
				}
			}
			return variables;
		}

	}

}
