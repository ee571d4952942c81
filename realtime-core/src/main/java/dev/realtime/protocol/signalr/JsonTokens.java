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

import java.math.BigInteger;

import dev.realtime.protocol.JsonText;
import dev.realtime.protocol.json.StrictJson;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Says in another format what is JSON already.
 */
final class JsonTokens {

	private static final int LONGEST_INTEGER = 20;

	private static final int INTEGER_BITS = 64;

	private JsonTokens() {
	}

	/**
	 * Write a value. Integers of up to 64 bits, with or without a sign, stay integers;
	 * other numbers are doubles.
	 * @param json the value
	 * @param generator writes the other format
	 */
	static void write(JsonText json, JsonGenerator generator) {
		byte[] utf8 = json.utf8();
		try (JsonParser parser = StrictJson.createParser(utf8, 0, utf8.length)) {
			for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
				write(token, parser, generator);
			}
		}
	}

	private static void write(JsonToken token, JsonParser parser, JsonGenerator generator) {
		switch (token) {
			case START_OBJECT -> generator.writeStartObject();
			case END_OBJECT -> generator.writeEndObject();
			case START_ARRAY -> generator.writeStartArray();
			case END_ARRAY -> generator.writeEndArray();
			case PROPERTY_NAME -> generator.writeName(parser.currentName());
			case VALUE_STRING -> generator.writeString(parser.getString());
			case VALUE_NUMBER_INT -> writeInteger(parser, generator);
			case VALUE_NUMBER_FLOAT -> generator.writeNumber(parser.getDoubleValue());
			case VALUE_TRUE -> generator.writeBoolean(true);
			case VALUE_FALSE -> generator.writeBoolean(false);
			case VALUE_NULL -> generator.writeNull();
			case NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT -> throw new IllegalStateException("No token of JSON: " + token);
		}
	}

	// the digits of longer ones are not worth making an integer of
	private static void writeInteger(JsonParser parser, JsonGenerator generator) {
		if (StrictJson.isLong(parser)) {
			generator.writeNumber(parser.getLongValue());
			return;
		}
		if (parser.getStringLength() <= LONGEST_INTEGER) {
			BigInteger integer = parser.getBigIntegerValue();
			if (integer.signum() > 0 && integer.bitLength() <= INTEGER_BITS) {
				generator.writeNumber(integer);
				return;
			}
		}
		generator.writeNumber(parser.getDoubleValue());
	}

}
