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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.realtime.event.ClientEventConnection;
import org.jspecify.annotations.Nullable;

/**
 * What webhooks keep of a connection, as long as it lives: the number of its events, the
 * cookies it was given, its signature.
 */
final class WebhookState {

	private static final String ATTRIBUTE = WebhookState.class.getName();

	private static final String SET_COOKIE = "Set-Cookie";

	/**
	 * The connect event has number 0.
	 */
	private long lastId;

	private @Nullable WeakReference<Object> lastEvent;

	private @Nullable CookieManager cookies;

	private @Nullable String signature;

	static WebhookState of(ClientEventConnection connection) {
		return (WebhookState) connection.handshake()
			.attributes()
			.computeIfAbsent(ATTRIBUTE, (name) -> new WebhookState());
	}

	/**
	 * Return the number of an event. What goes to a handler and to listeners is one
	 * event.
	 * @param event stands for the event; strings by what they say, anything else by what
	 * it is
	 * @return the number
	 */
	synchronized long idOf(Object event) {
		Object last = (this.lastEvent != null) ? this.lastEvent.get() : null;
		if (last != event && !(last instanceof String && last.equals(event))) {
			this.lastId++;
			this.lastEvent = new WeakReference<>(event);
		}
		return this.lastId;
	}

	synchronized @Nullable String signature(String connectionId, Function<String, @Nullable String> signatures) {
		if (this.signature == null) {
			this.signature = signatures.apply(connectionId);
		}
		return this.signature;
	}

	/**
	 * Keep the cookies of an answer.
	 * @param uri the URL that has answered
	 * @param headers the headers of the answer
	 */
	synchronized void keepCookies(URI uri, Map<String, List<String>> headers) {
		if (headers.keySet().stream().noneMatch(SET_COOKIE::equalsIgnoreCase)) {
			return;
		}
		if (this.cookies == null) {
			this.cookies = new CookieManager();
		}
		try {
			this.cookies.put(uri, headers);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Return the cookies for a request.
	 * @param uri the URL of the request
	 * @return the value of the header, or {@code null} if there are none
	 */
	synchronized @Nullable String cookies(URI uri) {
		if (this.cookies == null) {
			return null;
		}
		String path = uri.getPath();
		String value = this.cookies.getCookieStore()
			.get(uri)
			.stream()
			.filter((cookie) -> matches(cookie, path))
			.map((cookie) -> cookie.getName() + "=" + cookie.getValue())
			.collect(Collectors.joining("; "));
		return value.isEmpty() ? null : value;
	}

	private static boolean matches(HttpCookie cookie, String path) {
		String prefix = cookie.getPath();
		if (prefix == null || prefix.equals(path) || prefix.equals("/")) {
			return true;
		}
		return path.startsWith(prefix.endsWith("/") ? prefix : prefix + "/");
	}

}
