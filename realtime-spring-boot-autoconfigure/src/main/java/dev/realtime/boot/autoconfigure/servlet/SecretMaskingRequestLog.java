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

package dev.realtime.boot.autoconfigure.servlet;

import java.util.function.Predicate;

import dev.realtime.web.HubWeb;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.component.ContainerLifeCycle;

/**
 * Shows Jetty's request log queries in which access tokens and connection tokens are
 * masked. Browsers cannot send them in headers when they open a WebSocket.
 */
final class SecretMaskingRequestLog extends ContainerLifeCycle implements RequestLog {

	private final RequestLog delegate;

	private final Predicate<String> matcher;

	/**
	 * Create a log.
	 * @param delegate writes the log; starts and stops with this one
	 * @param matcher tells paths with whose requests secrets are sent
	 */
	SecretMaskingRequestLog(RequestLog delegate, Predicate<String> matcher) {
		this.delegate = delegate;
		addBean(delegate);
		this.matcher = matcher;
	}

	@Override
	public void log(Request request, Response response) {
		this.delegate.log(hasSecrets(request) ? new MaskedRequest(request) : request, response);
	}

	private boolean hasSecrets(Request request) {
		HttpURI uri = request.getHttpURI();
		return uri.getQuery() != null && uri.getPath() != null && this.matcher.test(uri.getPath());
	}

	private static final class MaskedRequest extends Request.Wrapper {

		private final HttpURI uri;

		MaskedRequest(Request request) {
			super(request);
			HttpURI uri = request.getHttpURI();
			this.uri = HttpURI.build(uri).query(HubWeb.maskSecrets(uri.getQuery())).asImmutable();
		}

		@Override
		public HttpURI getHttpURI() {
			return this.uri;
		}

	}

}
