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

import java.util.LinkedHashMap;
import java.util.Map;

import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What is known of a request to a webhook while it is observed. The trace it belongs to
 * is written into its headers.
 *
 * @since 0.1.0
 */
public class WebhookObservationContext extends SenderContext<Map<String, String>> {

	private final String hub;

	private final String webhook;

	private final String event;

	private final String connectionId;

	private volatile @Nullable HubOutcome outcome;

	private volatile int status;

	/**
	 * Create a context.
	 * @param hub the name of the hub
	 * @param webhook the URL of the webhook as configured, without its query
	 * @param event the name of the event
	 * @param connectionId the id of the connection
	 */
	public WebhookObservationContext(String hub, String webhook, String event, String connectionId) {
		super((carrier, name, value) -> {
			if (carrier != null) {
				carrier.put(name, value);
			}
		}, Kind.CLIENT);
		Assert.hasText(hub, "'hub' must not be empty");
		Assert.hasText(webhook, "'webhook' must not be empty");
		Assert.notNull(event, "'event' must not be null");
		Assert.notNull(connectionId, "'connectionId' must not be null");
		this.hub = hub;
		this.webhook = webhook;
		this.event = event;
		this.connectionId = connectionId;
		setCarrier(new LinkedHashMap<>());
	}

	/**
	 * Return the name of the hub.
	 * @return the hub's name in lower case, as webhooks are told it
	 */
	public String getHub() {
		return this.hub;
	}

	/**
	 * Return the webhook.
	 * @return its URL as configured, without its query
	 */
	public String getWebhook() {
		return this.webhook;
	}

	/**
	 * Return the event the webhook is told.
	 * @return the name of the event, which may be of a client's choice
	 */
	public String getEvent() {
		return this.event;
	}

	/**
	 * Return the id of the connection.
	 * @return the public id
	 */
	public String getConnectionId() {
		return this.connectionId;
	}

	/**
	 * Return how the request has ended.
	 * @return the outcome, or {@code null} before
	 */
	public @Nullable HubOutcome getOutcome() {
		return this.outcome;
	}

	/**
	 * Return the status of the answer.
	 * @return the status of HTTP, or 0 if there is no answer
	 */
	public int getStatus() {
		return this.status;
	}

	/**
	 * Set how the request has ended.
	 * @param outcome the outcome
	 * @param status the status of the answer, or 0 if there is none
	 */
	public void answered(HubOutcome outcome, int status) {
		this.outcome = outcome;
		this.status = status;
	}

}
