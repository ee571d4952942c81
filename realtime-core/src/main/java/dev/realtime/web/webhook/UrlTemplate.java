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
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.util.StringUtils;
import org.springframework.web.util.UriUtils;

/**
 * The URL of a webhook, with parameters for the names of hub and event (Web PubSub, event
 * handlers). Its query may hold a secret and is never shown.
 */
final class UrlTemplate {

	private static final String EVENT = "{event}";

	private static final String HUB = "{hub}";

	private static final Set<String> PARAMETERS = Set.of(EVENT, HUB);

	private static final Pattern PARAMETER = Pattern.compile("\\{[^{}]*}|[{}]");

	private static final Pattern AUTHORITY = Pattern.compile("[^/?#]*//[^/?#]*");

	private final String template;

	private UrlTemplate(String template) {
		this.template = template;
	}

	/**
	 * Parse a template.
	 * @param template an absolute HTTP or HTTPS URL
	 * @return the template
	 * @throws IllegalArgumentException if it cannot be used; the message does not tell
	 * the query
	 */
	static UrlTemplate parse(String template) {
		Assert.isTrue(StringUtils.hasText(template), "The URL must not be empty");
		checkParameters(template);
		UrlTemplate result = new UrlTemplate(template);
		URI uri = uri(result.expanded("hub", "event"));
		String scheme = (uri.getScheme() != null) ? uri.getScheme().toLowerCase(Locale.ROOT) : "";
		Assert.isTrue(scheme.equals("http") || scheme.equals("https"), "The URL must begin with http:// or https://");
		Assert.isTrue(uri.getHost() != null, "The URL must have a host");
		Assert.isTrue(uri.getRawUserInfo() == null, "The URL must not contain a user or a password");
		Assert.isTrue(uri.getRawFragment() == null, "The URL must not have a fragment");
		return result;
	}

	private static void checkParameters(String template) {
		Matcher authority = AUTHORITY.matcher(template);
		Assert.isTrue(!authority.lookingAt() || authority.group().indexOf('{') < 0,
				"Parameters are not allowed in the host part of the URL");
		Matcher parameter = PARAMETER.matcher(template);
		while (parameter.find()) {
			Assert.isTrue(PARAMETERS.contains(parameter.group()),
					() -> "'%s' is no parameter: there are {hub} and {event}".formatted(parameter.group()));
		}
	}

	private static URI uri(String url) {
		try {
			return new URI(url);
		}
		catch (URISyntaxException ex) {
			// its message shows the URL
			throw new IllegalArgumentException("The URL is not valid at index " + ex.getIndex());
		}
	}

	/**
	 * Return the URL for an event.
	 * @param hub the name of the hub
	 * @param event the name of the event
	 * @return the URL
	 */
	URI expand(String hub, String event) {
		return URI.create(expanded(hub, event));
	}

	private String expanded(String hub, String event) {
		return this.template.replace(HUB, escape(hub)).replace(EVENT, escape(event));
	}

	private static String escape(String name) {
		return UriUtils.encode(name, StandardCharsets.UTF_8);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof UrlTemplate that && this.template.equals(that.template);
	}

	@Override
	public int hashCode() {
		return this.template.hashCode();
	}

	/**
	 * Return the template with its query masked.
	 */
	@Override
	public String toString() {
		int query = this.template.indexOf('?');
		return (query < 0) ? this.template : this.template.substring(0, query) + "?***";
	}

}
