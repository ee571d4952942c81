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

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.cors.CorsConfiguration;

/**
 * What browsers need to be allowed to use a hub of another origin.
 */
final class HubCors {

	private static final List<String> METHODS = List.of(HttpMethod.GET.name(), HttpMethod.POST.name(),
			HttpMethod.DELETE.name());

	private static final List<String> HEADERS = List.of("X-Requested-With", "X-SignalR-User-Agent",
			HttpHeaders.CONTENT_TYPE, HttpHeaders.AUTHORIZATION);

	private HubCors() {
	}

	/**
	 * Complete a configuration with what the clients send.
	 * @param configuration the origins that are allowed, and what else is set
	 * @return a configuration with the methods, the headers and, unless every origin is
	 * allowed, the credentials of hub clients
	 */
	static CorsConfiguration complete(CorsConfiguration configuration) {
		CorsConfiguration complete = new CorsConfiguration(configuration);
		complete.setAllowedMethods(METHODS);
		Set<String> headers = new LinkedHashSet<>(HEADERS);
		List<String> more = configuration.getAllowedHeaders();
		if (more != null) {
			headers.addAll(more);
		}
		complete.setAllowedHeaders(List.copyOf(headers));
		if (configuration.getAllowCredentials() == null) {
			List<String> origins = configuration.getAllowedOrigins();
			complete.setAllowCredentials(origins == null || !origins.contains(CorsConfiguration.ALL));
		}
		complete.validateAllowCredentials();
		return complete;
	}

}
