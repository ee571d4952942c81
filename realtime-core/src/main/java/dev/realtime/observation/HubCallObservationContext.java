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

import java.util.Map;

import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What is known of a call while it is observed. The headers that the client has sent
 * along with the call may carry its trace ({@code traceparent}, {@code tracestate},
 * {@code baggage}), which goes on on the server then.
 *
 * @since 0.1.0
 */
public class HubCallObservationContext extends ReceiverContext<Map<String, String>> {

	private final ObservedMethod method;

	private final String connectionId;

	private final @Nullable String userId;

	private volatile @Nullable HubOutcome outcome;

	/**
	 * Create a context.
	 * @param method the method that is called
	 * @param connectionId the id of the connection that calls
	 * @param userId the id of its user, or {@code null} for an anonymous client
	 * @param headers the headers of the call
	 */
	public HubCallObservationContext(ObservedMethod method, String connectionId, @Nullable String userId,
			Map<String, String> headers) {
		super((carrier, name) -> carrier.get(name), Kind.SERVER);
		Assert.notNull(method, "'method' must not be null");
		Assert.notNull(connectionId, "'connectionId' must not be null");
		Assert.notNull(headers, "'headers' must not be null");
		this.method = method;
		this.connectionId = connectionId;
		this.userId = userId;
		setCarrier(headers);
	}

	ObservedMethod method() {
		return this.method;
	}

	/**
	 * Return the name of the hub.
	 * @return the hub's name as configured
	 */
	public String getHub() {
		return this.method.hub();
	}

	/**
	 * Return the name of the method.
	 * @return the name as registered, or {@code null} if the hub has no such method
	 */
	public @Nullable String getMethod() {
		return this.method.name();
	}

	/**
	 * Return the id of the connection that calls.
	 * @return the public id
	 */
	public String getConnectionId() {
		return this.connectionId;
	}

	/**
	 * Return the id of the user that calls.
	 * @return the id, or {@code null} for an anonymous client
	 */
	public @Nullable String getUserId() {
		return this.userId;
	}

	/**
	 * Return how the call has ended.
	 * @return the outcome, or {@code null} before
	 */
	public @Nullable HubOutcome getOutcome() {
		return this.outcome;
	}

	/**
	 * Set how the call has ended.
	 * @param outcome the outcome
	 */
	public void setOutcome(HubOutcome outcome) {
		this.outcome = outcome;
	}

}
