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

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

import dev.realtime.event.ConnectEventResponse;
import dev.realtime.event.ConnectRejectedException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.StringUtils;

/**
 * Reads the answers of webhooks to events of connections (Web PubSub, the events).
 */
final class Answers {

	private static final int MAX_GROUP_LENGTH = 1024;

	private Answers() {
	}

	/**
	 * Read the answer to an event that has none.
	 * @param response the response
	 * @return nothing
	 * @throws WebhookException if it is no success
	 */
	static @Nullable Void none(HttpResponse<byte[]> response) {
		checkSuccess(response);
		return null;
	}

	/**
	 * Read the answer to a connect event.
	 * @param response the response
	 * @return the decision
	 * @throws ConnectRejectedException if the connection is rejected
	 * @throws WebhookException if it is no answer
	 */
	static ConnectEventResponse connect(HttpResponse<byte[]> response) {
		int status = response.statusCode();
		if (status >= 400 && status <= 599) {
			throw new ConnectRejectedException(status, null);
		}
		checkSuccess(response);
		ConnectEventResponse answer = ConnectEventResponse.accept();
		String state = state(response);
		if (state != null) {
			answer = answer.state(state);
		}
		JsonNode body = (response.body().length > 0) ? json(response.body()) : null;
		if (body == null || body.isNull()) {
			return answer;
		}
		if (!body.isObject()) {
			throw new WebhookException("The answer to the connect event is not a JSON object");
		}
		return decision(body, answer);
	}

	private static ConnectEventResponse decision(JsonNode body, ConnectEventResponse answer) {
		ConnectEventResponse decision = answer;
		String userId = text(body, "userId");
		if (userId != null) {
			decision = decision.userId(userId);
		}
		List<String> groups = texts(body, "groups");
		if (groups != null) {
			if (groups.stream().anyMatch((group) -> group.length() > MAX_GROUP_LENGTH)) {
				throw new WebhookException("The answer to the connect event has a group whose name is too long");
			}
			decision = decision.groups(groups.toArray(String[]::new));
		}
		List<String> roles = texts(body, "roles");
		if (roles != null) {
			decision = decision.roles(roles.toArray(String[]::new));
		}
		String subprotocol = text(body, "subprotocol");
		return StringUtils.hasText(subprotocol) ? decision.subprotocol(subprotocol) : decision;
	}

	private static JsonNode json(byte[] body) {
		try {
			return JsonMapper.shared().readTree(body);
		}
		catch (JacksonException ex) {
			// its message may show the answer
			throw new WebhookException("The answer to the connect event is not JSON");
		}
	}

	private static @Nullable String text(JsonNode body, String name) {
		JsonNode value = body.get(name);
		if (value == null || value.isNull()) {
			return null;
		}
		if (!value.isString()) {
			throw new WebhookException("The answer to the connect event has a '%s' that is no text".formatted(name));
		}
		return value.stringValue();
	}

	private static @Nullable List<String> texts(JsonNode body, String name) {
		JsonNode array = body.get(name);
		if (array == null || array.isNull()) {
			return null;
		}
		List<String> texts = new ArrayList<>();
		for (JsonNode value : array.isArray() ? array : List.<JsonNode>of()) {
			texts.add(value.isString() ? value.stringValue() : "");
		}
		if (!array.isArray() || !texts.stream().allMatch(StringUtils::hasText)) {
			throw new WebhookException(
					"The answer to the connect event has '%s' that are no list of names".formatted(name));
		}
		return texts;
	}

	/**
	 * Return the new state of the connection.
	 * @param response the response
	 * @return the state, or {@code null} if it stays as it is
	 * @throws WebhookException if there are several, or it could not be sent back
	 */
	static @Nullable String state(HttpResponse<?> response) {
		List<String> values = response.headers().allValues(CloudEvents.STATE_HEADER);
		if (values.isEmpty()) {
			return null;
		}
		if (values.size() > 1 || !HeaderValues.isPlain(values.get(0))) {
			throw new WebhookException("The answer has no usable " + CloudEvents.STATE_HEADER);
		}
		return values.get(0);
	}

	static void checkSuccess(HttpResponse<?> response) {
		if (response.statusCode() / 100 != 2) {
			throw new WebhookException("The answer has status " + response.statusCode());
		}
	}

}
