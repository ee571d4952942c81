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

package dev.realtime.protocol.signalr;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Translates messages into what {@link Vectors} say about them, and back.
 */
final class VectorMessages {

	private static final String BYTES = "$bytes";

	private static final String INSTANT = "$instant";

	private VectorMessages() {
	}

	static JsonNode describe(HubMessage message) {
		Map<String, @Nullable Object> description = new LinkedHashMap<>();
		if (message instanceof InvocationMessage invocation) {
			description.put("type", "Invocation");
			describeCall(invocation.headers(), invocation.invocationId(), invocation.target(), invocation.arguments(),
					invocation.streamIds(), description);
		}
		else if (message instanceof StreamInvocationMessage invocation) {
			description.put("type", "StreamInvocation");
			describeCall(invocation.headers(), invocation.invocationId(), invocation.target(), invocation.arguments(),
					invocation.streamIds(), description);
		}
		else if (message instanceof StreamItemMessage item) {
			description.put("type", "StreamItem");
			describeHead(item.headers(), item.invocationId(), description);
			description.put("item", describeValue(item.item()));
		}
		else if (message instanceof CompletionMessage completion) {
			description.put("type", "Completion");
			describeHead(completion.headers(), completion.invocationId(), description);
			putIfPresent("error", completion.error(), description);
			if (completion.hasResult()) {
				description.put("result", describeValue(completion.result()));
			}
		}
		else if (message instanceof CancelInvocationMessage cancel) {
			description.put("type", "CancelInvocation");
			describeHead(cancel.headers(), cancel.invocationId(), description);
		}
		else if (message instanceof BindingFailureMessage failure) {
			describeFailure(failure, description);
		}
		else {
			describeControl(message, description);
		}
		return normalize(description);
	}

	private static void describeControl(HubMessage message, Map<String, @Nullable Object> description) {
		if (message instanceof PingMessage) {
			description.put("type", "Ping");
		}
		else if (message instanceof CloseMessage close) {
			description.put("type", "Close");
			putIfPresent("error", close.error(), description);
			putIfPresent("allowReconnect", close.allowReconnect() ? true : null, description);
		}
		else if (message instanceof AckMessage ack) {
			description.put("type", "Ack");
			description.put("sequenceId", ack.sequenceId());
		}
		else if (message instanceof SequenceMessage sequence) {
			description.put("type", "Sequence");
			description.put("sequenceId", sequence.sequenceId());
		}
	}

	private static void describeFailure(BindingFailureMessage message, Map<String, @Nullable Object> description) {
		description.put("type", "BindingFailure");
		if (message instanceof InvocationBindingFailureMessage failure) {
			description.put("of", failure.streaming() ? "StreamInvocation" : "Invocation");
			describeHead(failure.headers(), failure.invocationId(), description);
			description.put("target", failure.target());
			description.put("reason", failure.reason());
		}
		else if (message instanceof StreamBindingFailureMessage failure) {
			description.put("of", "StreamItem");
			description.put("invocationId", failure.invocationId());
		}
		else if (message instanceof CompletionBindingFailureMessage failure) {
			description.put("of", "Completion");
			description.put("invocationId", failure.invocationId());
		}
	}

	private static void describeCall(Map<String, String> headers, @Nullable String id, String target,
			@Nullable Object[] arguments, List<String> streamIds, Map<String, @Nullable Object> description) {
		describeHead(headers, id, description);
		description.put("target", target);
		description.put("arguments", Stream.of(arguments).map(VectorMessages::describeValue).toList());
		putIfPresent("streamIds", !streamIds.isEmpty() ? streamIds : null, description);
	}

	private static void describeHead(Map<String, String> headers, @Nullable String id,
			Map<String, @Nullable Object> description) {
		putIfPresent("headers", !headers.isEmpty() ? headers : null, description);
		putIfPresent("invocationId", id, description);
	}

	private static void putIfPresent(String name, @Nullable Object value, Map<String, @Nullable Object> description) {
		if (value != null) {
			description.put(name, value);
		}
	}

	private static @Nullable Object describeValue(@Nullable Object value) {
		if (value instanceof byte[] bytes) {
			return Map.of(BYTES, Base64.getEncoder().encodeToString(bytes));
		}
		return (value instanceof Instant instant) ? Map.of(INSTANT, instant.toString()) : value;
	}

	/**
	 * Forget the Java types of numbers, and write out texts that are repeated.
	 */
	static JsonNode normalize(Object description) {
		JsonNode tree = Vectors.MAPPER.valueToTree(description);
		return Vectors.MAPPER.readTree(Vectors.MAPPER.writeValueAsString(write(tree)));
	}

	private static Object write(JsonNode node) {
		if (node.has("repeat")) {
			return Vectors.expand(node);
		}
		if (node.isArray()) {
			return node.valueStream().map(VectorMessages::write).toList();
		}
		if (!node.isObject()) {
			return node;
		}
		Map<String, Object> properties = new LinkedHashMap<>();
		node.forEachEntry((name, value) -> properties.put(name, write(value)));
		return properties;
	}

	static HubMessage create(JsonNode description) {
		Map<String, String> headers = new HashMap<>();
		description.path("headers").forEachEntry((name, value) -> headers.put(name, value.asString()));
		String id = text("invocationId", description);
		return switch (Vectors.text(description, "type")) {
			case "Invocation" -> new InvocationMessage(headers, id, text("target", description),
					values(description.required("arguments")), texts(description.path("streamIds")));
			case "StreamInvocation" -> new StreamInvocationMessage(headers, id, text("target", description),
					values(description.required("arguments")), texts(description.path("streamIds")));
			case "StreamItem" -> new StreamItemMessage(headers, id, value(description.required("item")));
			case "Completion" -> new CompletionMessage(headers, id, text("error", description),
					value(description.path("result")), description.has("result"));
			case "CancelInvocation" -> new CancelInvocationMessage(headers, id);
			case "Ping" -> PingMessage.INSTANCE;
			case "Close" ->
				new CloseMessage(text("error", description), description.path("allowReconnect").asBoolean(false));
			case "Ack" -> new AckMessage(description.required("sequenceId").asLong());
			case "Sequence" -> new SequenceMessage(description.required("sequenceId").asLong());
			default -> throw new IllegalArgumentException(description.toString());
		};
	}

	private static @Nullable String text(String name, JsonNode description) {
		return description.path(name).stringValue(null);
	}

	private static List<String> texts(JsonNode array) {
		return array.valueStream().map(JsonNode::asString).toList();
	}

	private static @Nullable Object[] values(JsonNode array) {
		List<@Nullable Object> values = new ArrayList<>();
		array.forEach((value) -> values.add(value(value)));
		return values.toArray();
	}

	private static @Nullable Object value(JsonNode value) {
		if (value.has(BYTES)) {
			return Base64.getDecoder().decode(Vectors.text(value, BYTES));
		}
		if (value.has(INSTANT)) {
			return Instant.parse(Vectors.text(value, INSTANT));
		}
		return value.isMissingNode() ? null : Vectors.MAPPER.treeToValue(value, Object.class);
	}

}
