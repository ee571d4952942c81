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

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.realtime.protocol.json.JsonNames;
import dev.realtime.protocol.json.JsonScanner;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/**
 * The members of one object, in whatever order they came. They are only located at first,
 * since it depends on one what another has to be. A member that is {@code null} is none,
 * and the last one of a name counts.
 */
final class JsonMembers {

	private final byte[] array;

	private final JsonScanner scanner;

	private final JsonNames names;

	private final int[] bounds;

	private JsonMembers(byte[] array, JsonScanner scanner, JsonNames names) {
		this.array = array;
		this.scanner = scanner;
		this.names = names;
		this.bounds = new int[2 * names.size()];
	}

	/**
	 * Locate the members of the object that is next.
	 * @param array the array that holds it
	 * @param scanner the scanner in front of it, left behind it
	 * @param names the names of the members that matter
	 * @return the members
	 */
	static JsonMembers read(byte[] array, JsonScanner scanner, JsonNames names) {
		JsonMembers members = new JsonMembers(array, scanner, names);
		for (boolean more = scanner.enter('}'); more; more = scanner.next('}')) {
			members.locate(scanner.readName(names));
		}
		return members;
	}

	private void locate(int index) {
		int start = this.scanner.begin();
		this.scanner.skipValue(1);
		if (index >= 0) {
			boolean absent = this.array[start] == 'n';
			this.bounds[2 * index] = absent ? 0 : start;
			this.bounds[2 * index + 1] = this.scanner.position();
		}
	}

	// nothing of an object begins at index 0
	boolean has(int index) {
		return this.bounds[2 * index] != 0;
	}

	boolean isString(int index) {
		return has(index) && this.array[this.bounds[2 * index]] == '"';
	}

	String name(int index) {
		return this.names.name(index);
	}

	/**
	 * Copy a member that is there.
	 * @param index the index of its name
	 * @return its bytes as they were sent
	 */
	byte[] copy(int index) {
		return Arrays.copyOfRange(this.array, this.bounds[2 * index], this.bounds[2 * index + 1]);
	}

	@Nullable String string(int index) {
		return has(index) ? string(index, "a string") : null;
	}

	/**
	 * Read a member that is there.
	 * @param index the index of its name
	 * @param type what it must be, for the client
	 * @return the string
	 */
	String string(int index, String type) {
		require(index, JsonToken.VALUE_STRING, type);
		return this.scanner.readUnicode();
	}

	boolean flag(int index) {
		if (!has(index)) {
			return false;
		}
		byte first = this.array[this.bounds[2 * index]];
		if (first != 't' && first != 'f') {
			throw Violations.notOfType(name(index), "true or false");
		}
		return first == 't';
	}

	@Nullable Long unsigned(int index) {
		if (!has(index)) {
			return null;
		}
		require(index, JsonToken.VALUE_NUMBER_INT, "an unsigned integer of 64 bits");
		Long value = this.scanner.readUnsignedLong();
		if (value == null) {
			throw Violations.notOfType(name(index), "an unsigned integer of 64 bits");
		}
		return value;
	}

	@Nullable Long integer(int index) {
		if (!has(index)) {
			return null;
		}
		require(index, JsonToken.VALUE_NUMBER_INT, "an integer");
		Long value = this.scanner.readLong();
		if (value == null) {
			throw Violations.notOfType(name(index), "an integer");
		}
		return value;
	}

	@Nullable JsonMembers object(int index, JsonNames names) {
		if (!has(index)) {
			return null;
		}
		require(index, JsonToken.START_OBJECT, "an object");
		return read(this.array, this.scanner, names);
	}

	@Nullable Map<String, String> strings(int index) {
		if (!has(index)) {
			return null;
		}
		require(index, JsonToken.START_OBJECT, "an object");
		Map<String, String> entries = new LinkedHashMap<>();
		for (boolean more = this.scanner.enter('}'); more; more = this.scanner.next('}')) {
			String key = this.scanner.readUnicodeName();
			if (this.scanner.peek() != JsonToken.VALUE_STRING) {
				throw Violations.notOfType(name(index), "an object of strings");
			}
			if (entries.put(key, this.scanner.readUnicode()) != null) {
				throw Violations.invalid(name(index));
			}
		}
		return entries;
	}

	private void require(int index, JsonToken token, String type) {
		this.scanner.moveTo(this.bounds[2 * index]);
		if (this.scanner.peek() != token) {
			throw Violations.notOfType(name(index), type);
		}
	}

}
