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
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.Set;

/**
 * Makes requests to webhooks. All their headers are set here.
 */
final class EventRequests {

	static final String METADATA_PREFIX = "x-webpubsub-metadata-";

	/**
	 * What the extension of CloudEvents for distributed tracing takes from the trace.
	 */
	private static final Set<String> TRACE_ATTRIBUTES = Set.of("traceparent", "tracestate");

	private static final String ORIGIN_HEADER = "WebHook-Request-Origin";

	private final String origin;

	/**
	 * Create the requests.
	 * @param origin where they come from: one host, or several separated by commas
	 */
	EventRequests(String origin) {
		this.origin = origin;
	}

	/**
	 * Make the request that tells an event.
	 * @param webhook the webhook
	 * @param event the event
	 * @param trace the headers that carry on a trace, which those of the webhook replace
	 * @return the request
	 */
	HttpRequest event(Webhook webhook, CloudEvent event, Map<String, String> trace) {
		URI uri = webhook.url(event.hub(), event.name());
		HttpRequest.Builder request = request(webhook, uri, trace);
		event.headers().forEach(request::setHeader);
		String cookies = event.state().cookies(uri);
		if (cookies != null) {
			request.setHeader("Cookie", cookies);
		}
		return request.POST(BodyPublishers.ofByteArray(event.body())).build();
	}

	HttpRequest validation(Webhook webhook, URI uri, String method) {
		return request(webhook, uri, Map.of()).setHeader(CloudEvents.VERSION_HEADER, CloudEvents.VERSION)
			.method(method, BodyPublishers.noBody())
			.build();
	}

	private HttpRequest.Builder request(Webhook webhook, URI uri, Map<String, String> trace) {
		HttpRequest.Builder request = HttpRequest.newBuilder(uri);
		// without TLS, trying the newer version costs every connection an upgrade
		request.version(
				"https".equalsIgnoreCase(uri.getScheme()) ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1);
		trace.forEach((name, value) -> {
			request.setHeader(name, value);
			if (TRACE_ATTRIBUTES.contains(name)) {
				request.setHeader("ce-" + name, value);
			}
		});
		webhook.headers().forEach(request::setHeader);
		return request.setHeader(ORIGIN_HEADER, this.origin);
	}

}
