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

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The properties of one record, in whatever order they came. Values that need a type to
 * be bound to are only located: the type may not be known until the last property, which
 * is how the JavaScript client orders them.
 */
final class JsonEnvelope {

	private final byte[] array;

	private final int start;

	private final int end;

	private boolean typed;

	private int type;

	private Map<String, String> headers = Map.of();

	private @Nullable String invocationId;

	private @Nullable String target;

	private @Nullable JsonSlice arguments;

	private List<String> streamIds = List.of();

	private @Nullable JsonSlice item;

	private @Nullable JsonSlice result;

	private @Nullable String error;

	private boolean allowReconnect;

	private @Nullable Long sequenceId;

	private JsonEnvelope(byte[] array, int start, int end) {
		this.array = array;
		this.start = start;
		this.end = end;
	}

	/**
	 * Read a record.
	 * @param array the array that holds it
	 * @param start the index of its first byte
	 * @param end the index of its separator
	 * @return the properties
	 * @throws HubProtocolException if the record is malformed
	 */
	static JsonEnvelope read(byte[] array, int start, int end) {
		JsonEnvelope envelope = new JsonEnvelope(array, start, end);
		envelope.read();
		return envelope;
	}

	private void read() {
		if (!Utf8.isValid(this.array, this.start, this.end)) {
			throw new HubProtocolException(ProtocolErrors.READING_JSON);
		}
		try (JsonParser parser = StrictJson.createParser(this.array, this.start, this.end - this.start)) {
			readObject(parser);
		}
		catch (JacksonException ex) {
			throw new HubProtocolException(ProtocolErrors.READING_JSON, ex);
		}
		if (!this.typed) {
			throw new HubProtocolException(ProtocolErrors.missing(JsonProperties.TYPE));
		}
	}

	private void readObject(JsonParser parser) {
		JsonToken first = parser.nextToken();
		if (first == null) {
			throw new HubProtocolException(ProtocolErrors.READING_JSON);
		}
		if (first != JsonToken.START_OBJECT) {
			throw new HubProtocolException(ProtocolErrors.notAnObject(StrictJson.name(first)));
		}
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			readProperty(name, parser, parser.nextToken());
		}
		if (parser.nextToken() != null) {
			throw new HubProtocolException(ProtocolErrors.READING_JSON);
		}
	}

	private void readProperty(String name, JsonParser parser, JsonToken token) {
		switch (name) {
			case JsonProperties.TYPE -> readType(parser);
			case JsonProperties.HEADERS -> readHeaders(parser, token);
			case JsonProperties.INVOCATION_ID -> {
				this.invocationId = readNullableString(name, parser, token);
			}
			case JsonProperties.TARGET -> {
				this.target = readString(name, parser, token);
			}
			case JsonProperties.ARGUMENTS -> readArguments(parser, token);
			case JsonProperties.STREAM_IDS -> readStreamIds(parser, token);
			case JsonProperties.ITEM -> {
				this.item = slice(parser);
			}
			case JsonProperties.RESULT -> {
				this.result = slice(parser);
			}
			case JsonProperties.ERROR -> {
				this.error = readNullableString(name, parser, token);
			}
			case JsonProperties.ALLOW_RECONNECT -> {
				this.allowReconnect = readBoolean(name, token);
			}
			case JsonProperties.SEQUENCE_ID -> {
				this.sequenceId = readLong(name, parser);
			}
			default -> parser.skipChildren();
		}
	}

	private void readType(JsonParser parser) {
		if (!StrictJson.isInt(parser)) {
			throw new HubProtocolException(ProtocolErrors.notOfType(JsonProperties.TYPE, "Number"));
		}
		this.type = parser.getIntValue();
		this.typed = true;
	}

	private void readHeaders(JsonParser parser, JsonToken token) {
		if (token != JsonToken.START_OBJECT) {
			throw new HubProtocolException(ProtocolErrors.notOfType(JsonProperties.HEADERS, "StartObject"));
		}
		Map<String, String> headers = new HashMap<>();
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			if (parser.nextToken() != JsonToken.VALUE_STRING) {
				throw new HubProtocolException(ProtocolErrors.headerNotString(name));
			}
			headers.put(name, parser.getString());
		}
		this.headers = headers;
	}

	private void readArguments(JsonParser parser, JsonToken token) {
		if (token != JsonToken.START_ARRAY) {
			throw new HubProtocolException(ProtocolErrors.notOfType(JsonProperties.ARGUMENTS, "Array"));
		}
		this.arguments = slice(parser);
	}

	private void readStreamIds(JsonParser parser, JsonToken token) {
		if (token != JsonToken.START_ARRAY) {
			throw new HubProtocolException(ProtocolErrors.notOfType(JsonProperties.STREAM_IDS, "Array"));
		}
		List<String> ids = new ArrayList<>(2);
		for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
			if (next == JsonToken.VALUE_NULL) {
				throw new HubProtocolException(ProtocolErrors.nullValue(JsonProperties.STREAM_IDS));
			}
			ids.add(readString(JsonProperties.STREAM_IDS, parser, next));
		}
		this.streamIds = ids;
	}

	private static @Nullable String readNullableString(String name, JsonParser parser, JsonToken token) {
		return (token != JsonToken.VALUE_NULL) ? readString(name, parser, token) : null;
	}

	private static String readString(String name, JsonParser parser, JsonToken token) {
		if (token != JsonToken.VALUE_STRING) {
			throw new HubProtocolException(ProtocolErrors.notOfType(name, "String"));
		}
		return parser.getString();
	}

	private static boolean readBoolean(String name, JsonToken token) {
		if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
			throw new HubProtocolException(ProtocolErrors.notBoolean(name));
		}
		return token == JsonToken.VALUE_TRUE;
	}

	private static long readLong(String name, JsonParser parser) {
		if (!StrictJson.isLong(parser)) {
			throw new HubProtocolException(ProtocolErrors.notOfType(name, "Number"));
		}
		return parser.getLongValue();
	}

	private JsonSlice slice(JsonParser parser) {
		int from = (int) parser.currentTokenLocation().getByteOffset();
		parser.skipChildren();
		parser.finishToken();
		int to = (int) parser.currentLocation().getByteOffset();
		return new JsonSlice(this.array, this.start + from, to - from);
	}

	int type() {
		return this.type;
	}

	Map<String, String> headers() {
		return this.headers;
	}

	/**
	 * Return the id of the call; an empty id is none.
	 * @return the id, or {@code null}
	 */
	@Nullable String invocationId() {
		String id = this.invocationId;
		return (id != null && !id.isEmpty()) ? id : null;
	}

	String requiredInvocationId() {
		return required(JsonProperties.INVOCATION_ID, invocationId());
	}

	String requiredTarget() {
		String name = this.target;
		return required(JsonProperties.TARGET, (name != null && !name.isEmpty()) ? name : null);
	}

	JsonSlice requiredArguments() {
		return required(JsonProperties.ARGUMENTS, this.arguments);
	}

	List<String> streamIds() {
		return this.streamIds;
	}

	JsonSlice requiredItem() {
		return required(JsonProperties.ITEM, this.item);
	}

	@Nullable JsonSlice result() {
		return this.result;
	}

	@Nullable String error() {
		return this.error;
	}

	boolean allowReconnect() {
		return this.allowReconnect;
	}

	long requiredSequenceId() {
		return required(JsonProperties.SEQUENCE_ID, this.sequenceId);
	}

	private static <T> T required(String name, @Nullable T value) {
		if (value == null) {
			throw new HubProtocolException(ProtocolErrors.missing(name));
		}
		return value;
	}

}
