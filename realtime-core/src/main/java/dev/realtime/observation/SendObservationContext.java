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

import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What is known of a message that the application sends while it is observed.
 *
 * @since 0.1.0
 */
public class SendObservationContext extends Observation.Context {

	private final String hub;

	private final String target;

	private final @Nullable String method;

	private volatile @Nullable HubOutcome outcome;

	/**
	 * Create a context.
	 * @param hub the name of the hub
	 * @param target whom the message is for: {@code all}, {@code group}, {@code user},
	 * {@code connection} or, for several of these, {@code several}
	 * @param method the method that clients are to call, or {@code null} if the message
	 * names none
	 */
	public SendObservationContext(String hub, String target, @Nullable String method) {
		Assert.hasText(hub, "'hub' must not be empty");
		Assert.hasText(target, "'target' must not be empty");
		this.hub = hub;
		this.target = target;
		this.method = method;
	}

	/**
	 * Return the name of the hub.
	 * @return the hub's name as configured
	 */
	public String getHub() {
		return this.hub;
	}

	/**
	 * Return whom the message is for.
	 * @return {@code all}, {@code group}, {@code user}, {@code connection} or
	 * {@code several}
	 */
	public String getTarget() {
		return this.target;
	}

	/**
	 * Return the method that clients are to call.
	 * @return the name, or {@code null} if the message names none
	 */
	public @Nullable String getMethod() {
		return this.method;
	}

	/**
	 * Return how the sending has ended.
	 * @return the outcome, or {@code null} before
	 */
	public @Nullable HubOutcome getOutcome() {
		return this.outcome;
	}

	/**
	 * Set how the sending has ended.
	 * @param outcome the outcome
	 */
	public void setOutcome(HubOutcome outcome) {
		this.outcome = outcome;
	}

}
