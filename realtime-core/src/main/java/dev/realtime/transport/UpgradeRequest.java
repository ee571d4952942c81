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

package dev.realtime.transport;

import java.net.URI;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.HttpHeaders;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * A request to open a WebSocket as Spring's handshake sees it, which may log what it
 * sees: without the query and the headers that hold secrets. Internal to the transports.
 *
 * @since 0.1.0
 */
public final class UpgradeRequest extends ServletServerHttpRequest {

	private final HttpHeaders headers;

	/**
	 * Create a request.
	 * @param request the request of the servlet container
	 */
	public UpgradeRequest(HttpServletRequest request) {
		super(request);
		this.headers = HttpHeaders.copyOf(super.getHeaders());
		this.headers.remove(HttpHeaders.AUTHORIZATION);
		this.headers.remove(HttpHeaders.PROXY_AUTHORIZATION);
		this.headers.remove(HttpHeaders.COOKIE);
	}

	@Override
	public URI getURI() {
		return UriComponentsBuilder.fromUri(super.getURI()).replaceQuery(null).build(true).toUri();
	}

	@Override
	public HttpHeaders getHeaders() {
		return this.headers;
	}

}
