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

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/**
 * Walks over one JSON text of valid UTF-8 and checks it, but makes nothing of what is
 * skipped. Methods that move on throw {@link MalformedJsonException}. Internal: public
 * for other packages of the engine, not for applications.
 *
 * @since 0.1.0
 */
public final class JsonScanner {

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
	public JsonScanner(byte[] array, int start, int end) {
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
	public int position() {
		return this.position;
	}

	/**
	 * Go to a value that was seen before.
	 * @param position the index of its first byte
	 */
	public void moveTo(int position) {
		this.position = position;
	}

	/**
	 * Go to the first byte of the value that is next.
	 * @return its index
	 */
	public int begin() {
		this.position = this.structure.content(this.position);
		return this.position;
	}

	/**
	 * Return what kind of value is next.
	 * @return the token it begins with, {@link JsonToken#VALUE_NUMBER_INT} for any number
	 */
	public JsonToken peek() {
		return switch (this.array[begin()]) {
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
	public boolean enter(char close) {
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
	public boolean next(char close) {
		this.position = this.structure.content(this.position);
		boolean closed = this.array[this.position] == close;
		this.position = this.structure.required(closed ? close : ',', this.position);
		return !closed;
	}

	/**
	 * Require that nothing follows.
	 */
	public void finish() {
		if (this.structure.whitespace(this.position) != this.end) {
			throw JsonStructure.malformed();
		}
	}

	/**
	 * Read the name of an entry.
	 * @return the name
	 */
	public String readName() {
		String name = readString();
		this.position = this.structure.required(':', this.position);
		return name;
	}

	/**
	 * Read the name of an entry as {@link #readUnicode()} reads strings.
	 * @return the name
	 */
	public String readUnicodeName() {
		String name = readUnicode();
		this.position = this.structure.required(':', this.position);
		return name;
	}

	/**
	 * Read the name of an entry that the protocol may know.
	 * @param names the names that the protocol knows
	 * @return the index of the name, or -1 if it is none of them
	 */
	public int readName(JsonNames names) {
		int start = this.structure.content(this.position);
		int end = this.structure.string(start);
		this.position = this.structure.required(':', end);
		int index = names.indexOf(this.array, start + 1, end - 1);
		return (index >= 0 || !isEscaped(start, end)) ? index : names.indexOf(text(start + 1, end - 1));
	}

	/**
	 * Read the string that is next.
	 * @return the string
	 */
	public String readString() {
		int start = this.structure.content(this.position);
		this.position = this.structure.string(start);
		return text(start + 1, this.position - 1);
	}

	/**
	 * Read the string that is next, with a replacement character in place of each
	 * surrogate that has no other half, which only escapes can bring in.
	 * @return a string that is Unicode throughout
	 */
	public String readUnicode() {
		int start = this.structure.content(this.position);
		String text = readString();
		return isEscaped(start, this.position) ? Surrogates.replaceUnpaired(text) : text;
	}

	/**
	 * Read the number that is next.
	 * @return the number, or {@code null} if it is no unsigned integer of 64 bits
	 */
	public @Nullable Long readUnsignedLong() {
		int start = this.structure.content(this.position);
		this.position = this.structure.number(start);
		if (this.array[start] == '-' || this.structure.integer(start) != this.position) {
			return null;
		}
		try {
			return Long.parseUnsignedLong(ascii(start, this.position));
		}
		catch (NumberFormatException ex) {
			return null;
		}
	}

	/**
	 * Read the number that is next.
	 * @return the number, or {@code null} if it is no integer of 64 bits
	 */
	public @Nullable Long readLong() {
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
	public void skipValue(int depth) {
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
