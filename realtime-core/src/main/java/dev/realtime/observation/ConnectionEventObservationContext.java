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

import dev.realtime.event.EventType;
import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What is known of an event in the life of a connection while its handling is observed.
 *
 * @since 0.1.0
 */
public class ConnectionEventObservationContext extends Observation.Context {

	private final EventType type;

	private final RpcSystem system;

	private final String hub;

	private final String connectionId;

	private volatile @Nullable HubOutcome outcome;

	/**
	 * Create a context.
	 * @param type the event
	 * @param system what the client speaks
	 * @param hub the name of the hub
	 * @param connectionId the id of the connection
	 */
	public ConnectionEventObservationContext(EventType type, RpcSystem system, String hub, String connectionId) {
		Assert.notNull(type, "'type' must not be null");
		Assert.notNull(system, "'system' must not be null");
		Assert.hasText(hub, "'hub' must not be empty");
		Assert.notNull(connectionId, "'connectionId' must not be null");
		this.type = type;
		this.system = system;
		this.hub = hub;
		this.connectionId = connectionId;
	}

	/**
	 * Return the event.
	 * @return the type of the event
	 */
	public EventType getType() {
		return this.type;
	}

	/**
	 * Return what the client speaks.
	 * @return the family of its protocol
	 */
	public RpcSystem getSystem() {
		return this.system;
	}

	/**
	 * Return the name of the hub.
	 * @return the hub's name as configured
	 */
	public String getHub() {
		return this.hub;
	}

	/**
	 * Return the id of the connection.
	 * @return the public id
	 */
	public String getConnectionId() {
		return this.connectionId;
	}

	/**
	 * Return how the handling has ended.
	 * @return the outcome, or {@code null} before
	 */
	public @Nullable HubOutcome getOutcome() {
		return this.outcome;
	}

	/**
	 * Set how the handling has ended.
	 * @param outcome the outcome
	 */
	public void setOutcome(HubOutcome outcome) {
		this.outcome = outcome;
	}

}
