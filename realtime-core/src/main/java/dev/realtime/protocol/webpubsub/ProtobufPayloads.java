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

package dev.realtime.protocol.webpubsub;

import dev.realtime.protocol.JsonText;
import dev.realtime.protocol.MessageEncodingException;
import dev.realtime.protocol.ServerMessage.DataType;
import dev.realtime.protocol.Utf8;
import dev.realtime.protocol.json.JsonScanner;
import dev.realtime.protocol.json.MalformedJsonException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/**
 * Reads and writes payloads in Protocol Buffers (protobuf protocol, {@code MessageData}).
 */
final class ProtobufPayloads {

	private static final int TEXT = 1;

	private static final int BINARY = 2;

	private static final int PROTOBUF = 3;

	private static final int JSON = 4;

	private static final int KINDS = ProtobufFields.known(TEXT, BINARY, PROTOBUF, JSON);

	private static final byte[] NONE = {};

	private ProtobufPayloads() {
	}

	/**
	 * Read the payload of a message.
	 * @param fields the fields of the message
	 * @param number the number of the field with the payload
	 * @return the payload, or {@code null} if there is none
	 * @throws PubSubProtocolException if the payload is not what it is said to be
	 */
	static @Nullable Payload read(ProtobufFields fields, int number) {
		ProtobufFields data = fields.message(number, KINDS);
		if (data == null) {
			return null;
		}
		return switch (data.last()) {
			case TEXT -> new Payload(DataType.TEXT, Requirements.required("data", data.string(TEXT)));
			case BINARY -> new Payload(DataType.BINARY, data.bytes(BINARY));
			case PROTOBUF -> any(data.bytes(PROTOBUF));
			case JSON -> json(data.bytes(JSON));
			default -> null;
		};
	}

	private static Payload any(byte[] bytes) {
		if (!AnyStructure.isValid(bytes, 0, bytes.length)) {
			throw Violations.notOfType("data", "a google.protobuf.Any");
		}
		return new Payload(DataType.PROTOBUF, bytes);
	}

	// nested in a message as it is where receivers speak JSON
	private static @Nullable Payload json(byte[] utf8) {
		if (!Utf8.isValid(utf8, 0, utf8.length)) {
			throw Violations.malformed("UTF-8");
		}
		try {
			JsonScanner scanner = new JsonScanner(utf8, 0, utf8.length);
			boolean absent = scanner.peek() == JsonToken.VALUE_NULL;
			scanner.skipValue(1);
			scanner.finish();
			return absent ? null : new Payload(DataType.JSON, JsonText.of(utf8));
		}
		catch (MalformedJsonException ex) {
			throw Violations.notOfType("data", "JSON");
		}
	}

	/**
	 * Write a payload.
	 * @param dataType what the payload is
	 * @param payload the payload
	 * @param values makes JSON of values
	 * @return the message that holds it
	 * @throws MessageEncodingException if a value cannot be encoded
	 */
	static ProtobufMessage write(DataType dataType, @Nullable Object payload, JsonValues values) {
		ProtobufMessage data = new ProtobufMessage();
		return switch (dataType) {
			case TEXT -> data.optionalString(TEXT, (payload != null) ? (String) payload : "");
			case JSON -> data.bytes(JSON, values.encode(payload));
			case BINARY -> data.bytes(BINARY, (payload != null) ? (byte[]) payload : NONE);
			case PROTOBUF -> data.bytes(PROTOBUF, (payload != null) ? (byte[]) payload : NONE);
		};
	}

	/**
	 * Write a payload of JSON.
	 * @param utf8 the encoded value
	 * @return the message that holds it
	 */
	static ProtobufMessage write(byte[] utf8) {
		return new ProtobufMessage().bytes(JSON, utf8);
	}

}
