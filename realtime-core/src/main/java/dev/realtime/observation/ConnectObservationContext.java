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

package dev.realtime.observation;

import java.util.function.Function;

import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What is known of a request that asks for a connection while it is observed. Its headers
 * may carry the trace of the client ({@code traceparent}, {@code tracestate},
 * {@code baggage}), which goes on on the server then.
 *
 * @since 0.1.0
 */
public class ConnectObservationContext extends ReceiverContext<Function<String, @Nullable String>> {

	private final String hub;

	private final String kind;

	private volatile @Nullable HubOutcome outcome;

	private volatile int status;

	/**
	 * Create a context.
	 * @param hub the name of the hub
	 * @param kind how the client asks: {@code negotiate} or {@code upgrade}
	 * @param headers returns headers of the request by their names in any case
	 */
	public ConnectObservationContext(String hub, String kind, Function<String, @Nullable String> headers) {
		super((carrier, name) -> carrier.apply(name), Kind.SERVER);
		Assert.hasText(hub, "'hub' must not be empty");
		Assert.hasText(kind, "'kind' must not be empty");
		Assert.notNull(headers, "'headers' must not be null");
		this.hub = hub;
		this.kind = kind;
		setCarrier(headers);
	}

	/**
	 * Return the name of the hub.
	 * @return the hub's name as configured
	 */
	public String getHub() {
		return this.hub;
	}

	/**
	 * Return how the client asks.
	 * @return {@code negotiate} or {@code upgrade}
	 */
	public String getRequestKind() {
		return this.kind;
	}

	/**
	 * Return how the request has ended.
	 * @return the outcome, or {@code null} before
	 */
	public @Nullable HubOutcome getOutcome() {
		return this.outcome;
	}

	/**
	 * Return the status the client was answered with.
	 * @return the status of HTTP, or 0 before
	 */
	public int getStatus() {
		return this.status;
	}

	/**
	 * Set how the request has ended.
	 * @param outcome the outcome
	 * @param status the status the client is answered with
	 */
	public void answered(HubOutcome outcome, int status) {
		this.outcome = outcome;
		this.status = status;
	}

}
