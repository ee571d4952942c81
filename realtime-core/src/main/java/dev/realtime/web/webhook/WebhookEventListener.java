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

package dev.realtime.web.webhook;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;

import dev.realtime.event.ClientEventConnection;
import dev.realtime.event.ClientEventListener;
import dev.realtime.event.UserEventRequest;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Sends copies of the events of clients to all webhooks that listen to them (Web PubSub,
 * event listeners).
 */
final class WebhookEventListener implements ClientEventListener {

	private static final Log logger = LogFactory.getLog(WebhookEventListener.class);

	private final Map<String, List<WebhookEndpoint>> hubs;

	private final CloudEvents events;

	/**
	 * Create the listener.
	 * @param hubs the webhooks by hub, whose names compare without case
	 * @param events describes the events
	 */
	WebhookEventListener(Map<String, List<WebhookEndpoint>> hubs, CloudEvents events) {
		this.hubs = hubs;
		this.events = events;
	}

	@Override
	public boolean listensTo(String hub) {
		return this.hubs.containsKey(hub);
	}

	@Override
	public boolean listensTo(String hub, String event) {
		return this.hubs.getOrDefault(hub, List.of())
			.stream()
			.anyMatch((endpoint) -> endpoint.webhook().getsUserEvent(event));
	}

	@Override
	public void connected(ClientEventConnection connection) {
		tell(SystemEvent.CONNECTED, connection, () -> this.events.connected(connection));
	}

	@Override
	public void disconnected(ClientEventConnection connection, @Nullable String reason) {
		tell(SystemEvent.DISCONNECTED, connection, () -> this.events.disconnected(connection, reason));
	}

	@Override
	public void userEvent(UserEventRequest request, ClientEventConnection connection) {
		tell((webhook) -> webhook.getsUserEvent(request.event()), connection,
				() -> this.events.user(request, connection));
	}

	@Override
	public void joined(ClientEventConnection connection, String group) {
		tell(SystemEvent.JOINED, connection, () -> this.events.group(SystemEvent.JOINED, connection, group));
	}

	@Override
	public void left(ClientEventConnection connection, String group) {
		tell(SystemEvent.LEFT, connection, () -> this.events.group(SystemEvent.LEFT, connection, group));
	}

	private void tell(SystemEvent type, ClientEventConnection connection, Supplier<CloudEvent> event) {
		tell((webhook) -> webhook.gets(type), connection, event);
	}

	private void tell(Predicate<Webhook> gets, ClientEventConnection connection, Supplier<CloudEvent> event) {
		CloudEvent told = null;
		for (WebhookEndpoint endpoint : this.hubs.getOrDefault(connection.hub(), List.of())) {
			if (gets.test(endpoint.webhook())) {
				told = (told != null) ? told : describe(event);
				if (told == null) {
					return;
				}
				endpoint.tell(told);
			}
		}
	}

	// a payload that cannot be written is no reason to fail what is listened to
	private static @Nullable CloudEvent describe(Supplier<CloudEvent> event) {
		try {
			return event.get();
		}
		catch (RuntimeException ex) {
			logger.debug("An event cannot be told to webhooks", ex);
			return null;
		}
	}

}
