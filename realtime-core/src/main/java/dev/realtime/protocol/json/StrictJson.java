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

package dev.realtime.protocol.json;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads what the protocol itself defines, whatever the application's mapper allows: RFC
 * 8259 in UTF-8, at most 64 levels deep, one value per text. Messages have a
 * {@link JsonScanner} to the same effect. Internal: public for other packages of the
 * engine, not for applications.
 *
 * @since 0.1.0
 */
public final class StrictJson {

	/**
	 * How deep a text may be nested, itself included.
	 */
	public static final int MAXIMUM_DEPTH = 64;

	// Numbers and strings are only skipped here and limited by the size of the text;
	// the application's mapper has limits of its own for what it binds.
	private static final JsonFactory FACTORY = JsonFactory.builder()
		.disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
		.streamReadConstraints(StreamReadConstraints.builder()
			.maxNestingDepth(MAXIMUM_DEPTH)
			.maxNumberLength(Integer.MAX_VALUE)
			.maxStringLength(Integer.MAX_VALUE)
			.maxNameLength(Integer.MAX_VALUE)
			.build())
		.build();

	private StrictJson() {
	}

	/**
	 * Create a parser.
	 * @param array the array that holds the text
	 * @param start the index of its first byte
	 * @param length the number of bytes
	 * @return the parser
	 */
	public static JsonParser createParser(byte[] array, int start, int length) {
		return FACTORY.createParser(ObjectReadContext.empty(), array, start, length);
	}

	/**
	 * Return whether the current token is an integer of at most 64 bits.
	 * @param parser the parser
	 * @return {@code true} if {@link JsonParser#getLongValue()} succeeds
	 */
	public static boolean isLong(JsonParser parser) {
		if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT || parser.getStringLength() > 20) {
			return false;
		}
		try {
			parser.getLongValue();
			return true;
		}
		catch (InputCoercionException ex) {
			return false;
		}
	}

	/**
	 * Return whether the current token is an integer of at most 32 bits.
	 * @param parser the parser
	 * @return {@code true} if {@link JsonParser#getIntValue()} succeeds
	 */
	public static boolean isInt(JsonParser parser) {
		return isLong(parser) && parser.getLongValue() == (int) parser.getLongValue();
	}

	/**
	 * Return how the protocol's error texts call a token.
	 * @param token the token
	 * @return the name of the token's type
	 */
	public static String name(JsonToken token) {
		return switch (token) {
			case START_OBJECT -> "Object";
			case START_ARRAY -> "Array";
			case PROPERTY_NAME -> "Property";
			case VALUE_STRING -> "String";
			case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "Number";
			case VALUE_TRUE -> "True";
			case VALUE_FALSE -> "False";
			case VALUE_NULL -> "Null";
			case END_OBJECT -> "EndObject";
			case END_ARRAY -> "EndArray";
			case NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT -> "None";
		};
	}

}
