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

import java.util.Base64;

import dev.realtime.protocol.JsonText;
import dev.realtime.protocol.ServerMessage.DataType;
import org.jspecify.annotations.Nullable;

/**
 * Reads what clients send in JSON (JSON protocol, "dataType").
 */
final class JsonPayloads {

	private static final DataType[] TYPES = DataType.values();

	private static final String BASE64 = "a string of base64";

	private JsonPayloads() {
	}

	/**
	 * Read the payload of a message.
	 * @param members the members of the message
	 * @param dataType the index of the member that says what the payload is
	 * @param data the index of the member with the payload
	 * @return the payload, or {@code null} if there is none
	 * @throws PubSubProtocolException if the payload is not what it is said to be
	 */
	static @Nullable Payload read(JsonMembers members, int dataType, int data) {
		DataType type = dataType(members.string(dataType));
		if (!members.has(data)) {
			return null;
		}
		return new Payload(type, switch (type) {
			case JSON -> JsonText.of(members.copy(data));
			case TEXT -> members.string(data, "a string");
			case BINARY -> bytes(members.string(data, BASE64));
			case PROTOBUF -> any(bytes(members.string(data, BASE64)));
		});
	}

	private static DataType dataType(@Nullable String name) {
		if (name == null) {
			return DataType.JSON;
		}
		for (DataType type : TYPES) {
			if (type.wireName().equalsIgnoreCase(name)) {
				return type;
			}
		}
		throw Violations.invalid("dataType");
	}

	private static byte[] bytes(String base64) {
		if (base64.length() % 4 != 0) {
			throw Violations.notOfType("data", BASE64);
		}
		try {
			return Base64.getDecoder().decode(base64);
		}
		catch (IllegalArgumentException ex) {
			throw Violations.notOfType("data", BASE64);
		}
	}

	private static byte[] any(byte[] bytes) {
		if (!AnyStructure.isValid(bytes, 0, bytes.length)) {
			throw Violations.notOfType("data", "a google.protobuf.Any");
		}
		return bytes;
	}

}
