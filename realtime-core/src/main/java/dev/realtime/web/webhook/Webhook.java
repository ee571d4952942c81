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

import java.net.URI;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import org.springframework.util.Assert;

/**
 * Where events go, and which (Web PubSub, event handlers). Immutable; the methods that
 * change something return a new object. Neither the query of the URL nor the values of
 * headers are ever shown.
 *
 * @since 0.1.0
 */
public final class Webhook {

	private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

	private static final Pattern VALUE = Pattern.compile("[\\x21-\\x7e]([\\x20-\\x7e\\t]*[\\x21-\\x7e])?");

	private static final Set<String> RESERVED = Set.of("connection", "content-length", "content-type", "cookie",
			"expect", "host", "transfer-encoding", "upgrade");

	private final UrlTemplate url;

	private final EventPattern userEvents;

	private final Set<SystemEvent> systemEvents;

	private final Map<String, String> headers;

	private Webhook(UrlTemplate url, EventPattern userEvents, Set<SystemEvent> systemEvents,
			Map<String, String> headers) {
		this.url = url;
		this.userEvents = userEvents;
		this.systemEvents = systemEvents;
		this.headers = headers;
	}

	/**
	 * Create a webhook that gets no events yet.
	 * @param urlTemplate an absolute HTTP or HTTPS URL; {@code {hub}} and {@code {event}}
	 * outside of its host part stand for the names of hub and event
	 * @return the webhook
	 * @throws IllegalArgumentException if the URL cannot be used
	 */
	public static Webhook to(String urlTemplate) {
		return new Webhook(UrlTemplate.parse(urlTemplate), EventPattern.NONE, Set.of(), Map.of());
	}

	/**
	 * Set which events get here that clients send by name.
	 * @param pattern {@code *}, or names separated by commas, in any case; empty for none
	 * @return a webhook that gets these user events
	 * @throws IllegalArgumentException if the pattern is none
	 */
	public Webhook userEvents(String pattern) {
		Assert.notNull(pattern, "'pattern' must not be null");
		return new Webhook(this.url, EventPattern.parse(pattern), this.systemEvents, this.headers);
	}

	/**
	 * Set which events of connections get here.
	 * @param events the events
	 * @return a webhook that gets these events
	 */
	public Webhook systemEvents(Set<SystemEvent> events) {
		Assert.notNull(events, "'events' must not be null");
		Set<SystemEvent> copy = events.isEmpty() ? Set.of() : EnumSet.copyOf(events);
		return new Webhook(this.url, this.userEvents, copy, this.headers);
	}

	/**
	 * Add a header to all requests, for example one that authenticates them.
	 * @param name the name, none of those this protocol or HTTP itself sets
	 * @param value the value, of visible ASCII characters with spaces between them
	 * @return a webhook with the header
	 * @throws IllegalArgumentException if the header cannot be sent; the message does not
	 * tell the value
	 */
	public Webhook header(String name, String value) {
		Assert.isTrue(TOKEN.matcher(name).matches(), () -> "'%s' is not the name of a header".formatted(name));
		String lowerCase = name.toLowerCase(Locale.ROOT);
		Assert.isTrue(
				!RESERVED.contains(lowerCase) && !lowerCase.startsWith("ce-") && !lowerCase.startsWith("webhook-")
						&& !lowerCase.startsWith(EventRequests.METADATA_PREFIX),
				() -> "The header '%s' cannot be set".formatted(name));
		Assert.isTrue(VALUE.matcher(value).matches(),
				() -> "The value of header '%s' must consist of ASCII characters".formatted(name));
		Map<String, String> headers = new LinkedHashMap<>(this.headers);
		headers.put(name, value);
		return new Webhook(this.url, this.userEvents, this.systemEvents, headers);
	}

	boolean gets(SystemEvent event) {
		return this.systemEvents.contains(event);
	}

	boolean getsUserEvent(String name) {
		return this.userEvents.matches(name);
	}

	/**
	 * Return whether there is no event that gets here.
	 * @return {@code true} if neither user events nor events of connections do
	 */
	public boolean getsNothing() {
		return this.systemEvents.isEmpty() && this.userEvents.matchesNothing();
	}

	URI url(String hub, String event) {
		return this.url.expand(hub, event);
	}

	Map<String, String> headers() {
		return this.headers;
	}

	/**
	 * Return the URL template, with its query masked.
	 */
	@Override
	public String toString() {
		return this.url.toString();
	}

}
