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

package dev.realtime.transport.netty;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What the takeovers have in common: a container's connectors, each looked at once.
 *
 * @param <C> the container's type of connectors
 */
abstract class ConnectorSocketTakeover<C> implements SocketTakeover {

	private static final String POSSIBLE = "";

	private final IntFunction<@Nullable C> connectors;

	// by local port, which a request does not make up
	private final Map<Integer, String> refusals = new ConcurrentHashMap<>();

	ConnectorSocketTakeover(IntFunction<@Nullable C> connectors) {
		Assert.notNull(connectors, "'connectors' must not be null");
		this.connectors = connectors;
	}

	@Override
	public @Nullable String refusal(HttpServletRequest request) {
		return "HTTP/1.1".equals(request.getProtocol()) ? refusal(request.getLocalPort())
				: "the request is not made over HTTP/1.1";
	}

	@Override
	public final @Nullable String refusal(int localPort) {
		String refusal = this.refusals.get(localPort);
		if (refusal == null) {
			C connector = this.connectors.apply(localPort);
			if (connector == null) {
				// may be one that has not started yet
				return "no connector of the embedded web server listens on the port";
			}
			refusal = refusal(connector);
			refusal = (refusal != null) ? refusal : POSSIBLE;
			this.refusals.put(localPort, refusal);
		}
		return refusal.isEmpty() ? null : refusal;
	}

	/**
	 * Return why sockets of a connector cannot be taken over.
	 * @param connector the connector
	 * @return the reason, part of a sentence, or {@code null} if they can be
	 */
	protected abstract @Nullable String refusal(C connector);

}
