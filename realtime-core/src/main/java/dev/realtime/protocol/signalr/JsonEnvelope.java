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

import dev.realtime.protocol.Utf8;
import dev.realtime.protocol.json.JsonScanner;
import dev.realtime.protocol.json.MalformedJsonException;
import dev.realtime.protocol.json.StrictJson;
import org.jspecify.annotations.Nullable;
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
		try {
			readObject(new JsonScanner(this.array, this.start, this.end));
		}
		catch (MalformedJsonException ex) {
			throw new HubProtocolException(ProtocolErrors.READING_JSON);
		}
		if (!this.typed) {
			throw new HubProtocolException(ProtocolErrors.missing(JsonProperties.TYPE));
		}
	}

	private void readObject(JsonScanner scanner) {
		JsonToken first = scanner.peek();
		if (first != JsonToken.START_OBJECT) {
			throw new HubProtocolException(ProtocolErrors.notAnObject(StrictJson.name(first)));
		}
		for (boolean more = scanner.enter('}'); more; more = scanner.next('}')) {
			int index = scanner.readName(JsonProperties.NAMES);
			if (index >= 0) {
				readProperty(JsonProperties.NAMES.name(index), scanner);
			}
			else {
				scanner.skipValue(1);
			}
		}
		scanner.finish();
	}

	private void readProperty(String name, JsonScanner scanner) {
		switch (name) {
			case JsonProperties.TYPE -> readType(scanner);
			case JsonProperties.HEADERS -> readHeaders(scanner);
			case JsonProperties.INVOCATION_ID -> {
				this.invocationId = readNullableString(name, scanner);
			}
			case JsonProperties.TARGET -> {
				this.target = readString(name, scanner);
			}
			case JsonProperties.ARGUMENTS -> readArguments(scanner);
			case JsonProperties.STREAM_IDS -> readStreamIds(scanner);
			case JsonProperties.ITEM -> {
				this.item = slice(scanner);
			}
			case JsonProperties.RESULT -> {
				this.result = slice(scanner);
			}
			case JsonProperties.ERROR -> {
				this.error = readNullableString(name, scanner);
			}
			case JsonProperties.ALLOW_RECONNECT -> {
				this.allowReconnect = readBoolean(name, scanner);
			}
			case JsonProperties.SEQUENCE_ID -> {
				this.sequenceId = readLong(name, scanner);
			}
			default -> scanner.skipValue(1);
		}
	}

	private void readType(JsonScanner scanner) {
		long value = readLong(JsonProperties.TYPE, scanner);
		if (value != (int) value) {
			throw new HubProtocolException(ProtocolErrors.notOfType(JsonProperties.TYPE, "Number"));
		}
		this.type = (int) value;
		this.typed = true;
	}

	private void readHeaders(JsonScanner scanner) {
		if (scanner.peek() != JsonToken.START_OBJECT) {
			throw new HubProtocolException(ProtocolErrors.notOfType(JsonProperties.HEADERS, "StartObject"));
		}
		Map<String, String> headers = new HashMap<>();
		for (boolean more = scanner.enter('}'); more; more = scanner.next('}')) {
			String name = scanner.readName();
			if (scanner.peek() != JsonToken.VALUE_STRING) {
				throw new HubProtocolException(ProtocolErrors.headerNotString(name));
			}
			headers.put(name, scanner.readString());
		}
		this.headers = headers;
	}

	private void readArguments(JsonScanner scanner) {
		if (scanner.peek() != JsonToken.START_ARRAY) {
			throw new HubProtocolException(ProtocolErrors.notOfType(JsonProperties.ARGUMENTS, "Array"));
		}
		this.arguments = slice(scanner);
	}

	private void readStreamIds(JsonScanner scanner) {
		if (scanner.peek() != JsonToken.START_ARRAY) {
			throw new HubProtocolException(ProtocolErrors.notOfType(JsonProperties.STREAM_IDS, "Array"));
		}
		List<String> ids = new ArrayList<>(2);
		for (boolean more = scanner.enter(']'); more; more = scanner.next(']')) {
			if (scanner.peek() == JsonToken.VALUE_NULL) {
				throw new HubProtocolException(ProtocolErrors.nullValue(JsonProperties.STREAM_IDS));
			}
			ids.add(readString(JsonProperties.STREAM_IDS, scanner));
		}
		this.streamIds = ids;
	}

	private static @Nullable String readNullableString(String name, JsonScanner scanner) {
		if (scanner.peek() == JsonToken.VALUE_NULL) {
			scanner.skipValue(1);
			return null;
		}
		return readString(name, scanner);
	}

	private static String readString(String name, JsonScanner scanner) {
		if (scanner.peek() != JsonToken.VALUE_STRING) {
			throw new HubProtocolException(ProtocolErrors.notOfType(name, "String"));
		}
		return scanner.readString();
	}

	private static boolean readBoolean(String name, JsonScanner scanner) {
		JsonToken token = scanner.peek();
		if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
			throw new HubProtocolException(ProtocolErrors.notBoolean(name));
		}
		scanner.skipValue(1);
		return token == JsonToken.VALUE_TRUE;
	}

	private static long readLong(String name, JsonScanner scanner) {
		Long value = (scanner.peek() == JsonToken.VALUE_NUMBER_INT) ? scanner.readLong() : null;
		if (value == null) {
			throw new HubProtocolException(ProtocolErrors.notOfType(name, "Number"));
		}
		return value;
	}

	private JsonSlice slice(JsonScanner scanner) {
		scanner.peek();
		int from = scanner.position();
		scanner.skipValue(1);
		return new JsonSlice(this.array, from, scanner.position() - from);
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
