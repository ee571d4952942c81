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

package dev.realtime.boot.autoconfigure;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import dev.realtime.boot.autoconfigure.RealtimeProperties.Hub;
import dev.realtime.boot.autoconfigure.RealtimeProperties.WebhookAuth;
import dev.realtime.invocation.InvalidHubException;
import dev.realtime.observation.HubObservations;
import dev.realtime.web.AccessKeys;
import dev.realtime.web.webhook.Webhook;
import dev.realtime.web.webhook.Webhooks;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * The webhooks that properties describe. What is impossible is refused under the name of
 * its key, without its value: that may be a secret.
 */
final class PropertiesWebhooks {

	private static final String WEBHOOKS = "realtime.webhooks.";

	private final RealtimeProperties properties;

	PropertiesWebhooks(RealtimeProperties properties) {
		this.properties = properties;
	}

	/**
	 * Return the webhooks of all hubs.
	 * @param accessKeys what the ids of connections are signed with, or {@code null}
	 * @param observations called when there is the first event
	 * @return the webhooks
	 * @throws InvalidHubException if one is impossible
	 */
	Webhooks build(@Nullable AccessKeys accessKeys, Supplier<HubObservations> observations) {
		RealtimeProperties.Webhooks common = this.properties.getWebhooks();
		Webhooks.Builder webhooks = Webhooks.builder()
			.validation(common.isValidation())
			.accessKeys(accessKeys)
			.observations(observations);
		checked(WEBHOOKS + "timeout", () -> webhooks.timeout(common.getTimeout()));
		checked(WEBHOOKS + "max-requests", () -> webhooks.maxRequests(common.getMaxRequests()));
		List<String> endpoints = this.properties.getWebPubsub().getPublicEndpoints();
		if (!common.getRequestOrigins().isEmpty()) {
			checked(WEBHOOKS + "request-origins", () -> webhooks.origins(common.getRequestOrigins()));
		}
		else if (!endpoints.isEmpty()) {
			checked("realtime.web-pubsub.public-endpoints",
					() -> webhooks.origins(endpoints.stream().map(PropertiesWebhooks::origin).toList()));
		}
		this.properties.getHubs().forEach((hub, settings) -> add(webhooks, hub, settings));
		return webhooks.build();
	}

	private static String origin(String endpoint) {
		URI uri = URI.create(endpoint);
		int standardPort = "http".equalsIgnoreCase(uri.getScheme()) ? 80 : 443;
		boolean standard = uri.getPort() < 0 || uri.getPort() == standardPort;
		return uri.getHost() + (standard ? "" : ":" + uri.getPort());
	}

	private static void add(Webhooks.Builder webhooks, String hub, Hub settings) {
		String prefix = "realtime.hubs." + hub + ".";
		List<RealtimeProperties.Webhook> handlers = settings.getEventHandlers();
		for (int i = 0; i < handlers.size(); i++) {
			webhooks.handler(hub, webhook(prefix + "event-handlers[" + i + "].", handlers.get(i)));
		}
		List<RealtimeProperties.Webhook> listeners = settings.getEventListeners();
		for (int i = 0; i < listeners.size(); i++) {
			String key = prefix + "event-listeners[" + i + "].";
			Webhook webhook = webhook(key, listeners.get(i));
			checked(key + "system-events", () -> webhooks.listener(hub, webhook));
		}
	}

	private static Webhook webhook(String prefix, RealtimeProperties.Webhook settings) {
		String url = (settings.getUrlTemplate() != null) ? settings.getUrlTemplate() : "";
		Webhook webhook = checked(prefix + "url-template", () -> Webhook.to(url))
			.systemEvents(settings.getSystemEvents());
		String pattern = settings.getUserEventPattern();
		if (pattern != null) {
			Webhook target = webhook;
			webhook = checked(prefix + "user-event-pattern", () -> target.userEvents(pattern));
		}
		if (webhook.getsNothing()) {
			throw new InvalidHubException(
					"The webhook at '%s' gets no events.".formatted(prefix.substring(0, prefix.length() - 1)),
					"Set %suser-event-pattern, %ssystem-events, or both.".formatted(prefix, prefix));
		}
		return authenticated(prefix + "auth.", webhook, settings.getAuth());
	}

	private static Webhook authenticated(String prefix, Webhook webhook, WebhookAuth auth) {
		Webhook authenticated = webhook;
		for (Map.Entry<String, String> header : auth.getHeaders().entrySet()) {
			Webhook target = authenticated;
			authenticated = checked(prefix + "headers." + header.getKey(),
					() -> target.header(header.getKey(), header.getValue()));
		}
		String token = auth.getBearerToken();
		if (StringUtils.hasText(token)) {
			Webhook target = authenticated;
			authenticated = checked(prefix + "bearer-token", () -> target.header("Authorization", "Bearer " + token));
		}
		return authenticated;
	}

	private static <T> T checked(String key, Supplier<T> setting) {
		try {
			return setting.get();
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidHubException("The value of '%s' is invalid: %s.".formatted(key, reason(ex)),
					"Correct the value.");
		}
	}

	private static @Nullable String reason(IllegalArgumentException ex) {
		String message = ex.getMessage();
		return (message != null) ? StringUtils.uncapitalize(message.replaceAll("^'(\\w+)' must", "it must")) : null;
	}

}
