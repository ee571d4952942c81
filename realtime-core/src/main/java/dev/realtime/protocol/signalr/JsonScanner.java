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

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/**
 * Walks over one JSON text of valid UTF-8 and checks it, but makes nothing of what is
 * skipped. Malformed is what {@link JsonStructure} refuses.
 */
final class JsonScanner {

	private final byte[] array;

	private final int end;

	private final JsonStructure structure;

	private int position;

	/**
	 * Start in front of a text.
	 * @param array the array that holds it
	 * @param start the index of its first byte
	 * @param end the index after its last byte
	 */
	JsonScanner(byte[] array, int start, int end) {
		this.array = array;
		this.position = start;
		this.end = end;
		this.structure = new JsonStructure(array, end);
	}

	/**
	 * Return where the scanner is: at the first byte of a value after {@link #peek()},
	 * directly behind the value after it was read or skipped.
	 * @return an index into the array
	 */
	int position() {
		return this.position;
	}

	/**
	 * Return what kind of value is next.
	 * @return the token it begins with, {@link JsonToken#VALUE_NUMBER_INT} for any number
	 */
	JsonToken peek() {
		this.position = this.structure.content(this.position);
		return switch (this.array[this.position]) {
			case '{' -> JsonToken.START_OBJECT;
			case '[' -> JsonToken.START_ARRAY;
			case '"' -> JsonToken.VALUE_STRING;
			case 't' -> checked(JsonToken.VALUE_TRUE);
			case 'f' -> checked(JsonToken.VALUE_FALSE);
			case 'n' -> checked(JsonToken.VALUE_NULL);
			default -> checked(JsonToken.VALUE_NUMBER_INT);
		};
	}

	// what is no value at all is not of the wrong type
	private JsonToken checked(JsonToken token) {
		this.structure.value(this.position, 0);
		return token;
	}

	/**
	 * Enter the object or array that is next.
	 * @param close the byte that ends it
	 * @return {@code false} if it is empty, and left again
	 */
	boolean enter(char close) {
		this.position = this.structure.content(this.structure.content(this.position) + 1);
		if (this.array[this.position] != close) {
			return true;
		}
		this.position++;
		return false;
	}

	/**
	 * Go on to the next entry or element.
	 * @param close the byte that ends the object or array
	 * @return {@code false} if there is none, and the object or array was left
	 */
	boolean next(char close) {
		this.position = this.structure.content(this.position);
		boolean closed = this.array[this.position] == close;
		this.position = this.structure.required(closed ? close : ',', this.position);
		return !closed;
	}

	/**
	 * Require that nothing follows.
	 */
	void finish() {
		if (this.structure.whitespace(this.position) != this.end) {
			throw JsonStructure.malformed();
		}
	}

	/**
	 * Read the name of an entry.
	 * @return the name
	 */
	String readName() {
		String name = readString();
		this.position = this.structure.required(':', this.position);
		return name;
	}

	/**
	 * Read the name of a record's property.
	 * @return the name, or {@code null} if it certainly is none of {@link JsonProperties}
	 */
	@Nullable String readProperty() {
		int start = this.structure.content(this.position);
		int end = this.structure.string(start);
		this.position = this.structure.required(':', end);
		String known = JsonProperties.find(this.array, start + 1, end - 1);
		return (known != null || !isEscaped(start, end)) ? known : text(start + 1, end - 1);
	}

	/**
	 * Read the string that is next.
	 * @return the string
	 */
	String readString() {
		int start = this.structure.content(this.position);
		this.position = this.structure.string(start);
		return text(start + 1, this.position - 1);
	}

	/**
	 * Read the number that is next.
	 * @return the number, or {@code null} if it is no integer of 64 bits
	 */
	@Nullable Long readLong() {
		int start = this.structure.content(this.position);
		this.position = this.structure.number(start);
		if (this.structure.integer(start) != this.position) {
			return null;
		}
		try {
			return Long.valueOf(ascii(start, this.position));
		}
		catch (NumberFormatException ex) {
			return null;
		}
	}

	/**
	 * Skip the value that is next.
	 * @param depth the number of arrays and objects around it
	 */
	void skipValue(int depth) {
		this.position = this.structure.value(this.position, depth);
	}

	private boolean isEscaped(int from, int to) {
		for (int i = from; i < to; i++) {
			if (this.array[i] == '\\') {
				return true;
			}
		}
		return false;
	}

	private String text(int from, int to) {
		if (!isEscaped(from, to)) {
			return utf8(from, to);
		}
		StringBuilder text = new StringBuilder(to - from);
		int start = from;
		int position = from;
		while (position < to) {
			if (this.array[position] == '\\') {
				text.append(utf8(start, position)).append(unescape(position));
				start = position + ((this.array[position + 1] == 'u') ? 6 : 2);
				position = start;
			}
			else {
				position++;
			}
		}
		return text.append(utf8(start, to)).toString();
	}

	private char unescape(int backslash) {
		char escape = (char) this.array[backslash + 1];
		return switch (escape) {
			case 'b' -> '\b';
			case 'f' -> '\f';
			case 'n' -> '\n';
			case 'r' -> '\r';
			case 't' -> '\t';
			case 'u' -> (char) Integer.parseInt(ascii(backslash + 2, backslash + 6), 16);
			default -> escape;
		};
	}

	private String utf8(int from, int to) {
		return new String(this.array, from, to - from, StandardCharsets.UTF_8);
	}

	private String ascii(int from, int to) {
		return new String(this.array, from, to - from, StandardCharsets.US_ASCII);
	}

}
