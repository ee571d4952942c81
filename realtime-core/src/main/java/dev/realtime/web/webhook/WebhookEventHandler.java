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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

import dev.realtime.event.ClientEventConnection;
import dev.realtime.event.ClientEventHandler;
import dev.realtime.event.ConnectEventRequest;
import dev.realtime.event.ConnectEventResponse;
import dev.realtime.event.EventType;
import dev.realtime.event.UserEventRequest;
import dev.realtime.event.UserEventResponse;
import org.jspecify.annotations.Nullable;

/**
 * Has webhooks take part in the events of clients: of each hub's, the first one that gets
 * an event (Web PubSub, event handlers).
 */
final class WebhookEventHandler implements ClientEventHandler {

	private final Map<String, List<WebhookEndpoint>> hubs;

	private final CloudEvents events;

	/**
	 * Create the handler.
	 * @param hubs the webhooks by hub, whose names compare without case, in order
	 * @param events describes the events
	 */
	WebhookEventHandler(Map<String, List<WebhookEndpoint>> hubs, CloudEvents events) {
		this.hubs = hubs;
		this.events = events;
	}

	@Override
	public boolean handles(String hub, EventType type) {
		return find(hub, SystemEvent.of(type)) != null;
	}

	@Override
	public boolean handles(String hub, String event) {
		return findForUserEvent(hub, event) != null;
	}

	@Override
	public boolean handlesGroups(String hub) {
		return find(hub, SystemEvent.JOINED) != null || find(hub, SystemEvent.LEFT) != null;
	}

	@Override
	public CompletionStage<@Nullable ConnectEventResponse> connect(ConnectEventRequest request,
			ClientEventConnection connection) {
		WebhookEndpoint endpoint = find(connection.hub(), SystemEvent.CONNECT);
		if (endpoint == null) {
			return CompletableFuture.completedStage(null);
		}
		return endpoint.<@Nullable ConnectEventResponse>ask(this.events.connect(request, connection), Answers::connect);
	}

	@Override
	public void connected(ClientEventConnection connection) {
		WebhookEndpoint endpoint = find(connection.hub(), SystemEvent.CONNECTED);
		if (endpoint != null) {
			endpoint.tell(this.events.connected(connection));
		}
	}

	@Override
	public void disconnected(ClientEventConnection connection, @Nullable String reason) {
		WebhookEndpoint endpoint = find(connection.hub(), SystemEvent.DISCONNECTED);
		if (endpoint != null) {
			endpoint.tell(this.events.disconnected(connection, reason));
		}
	}

	@Override
	public void joined(ClientEventConnection connection, String group) {
		tell(SystemEvent.JOINED, connection, group);
	}

	@Override
	public void left(ClientEventConnection connection, String group) {
		tell(SystemEvent.LEFT, connection, group);
	}

	private void tell(SystemEvent event, ClientEventConnection connection, String group) {
		WebhookEndpoint endpoint = find(connection.hub(), event);
		if (endpoint != null) {
			endpoint.tell(this.events.group(event, connection, group));
		}
	}

	@Override
	public CompletionStage<UserEventResponse> userEvent(UserEventRequest request, ClientEventConnection connection) {
		WebhookEndpoint endpoint = findForUserEvent(connection.hub(), request.event());
		if (endpoint == null) {
			return CompletableFuture.failedStage(new WebhookException(
					"No webhook of hub '%s' gets event '%s'".formatted(connection.hub(), request.event())));
		}
		return endpoint.ask(this.events.user(request, connection), UserEventAnswers::read);
	}

	private @Nullable WebhookEndpoint find(String hub, SystemEvent event) {
		return find(hub, (webhook) -> webhook.gets(event));
	}

	private @Nullable WebhookEndpoint findForUserEvent(String hub, String event) {
		return find(hub, (webhook) -> webhook.getsUserEvent(event));
	}

	private @Nullable WebhookEndpoint find(String hub, Predicate<Webhook> gets) {
		for (WebhookEndpoint endpoint : this.hubs.getOrDefault(hub, List.of())) {
			if (gets.test(endpoint.webhook())) {
				return endpoint;
			}
		}
		return null;
	}

}
