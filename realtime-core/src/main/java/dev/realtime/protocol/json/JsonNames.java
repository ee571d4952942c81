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
import java.util.Arrays;

/**
 * The property names that a protocol knows, which are case-sensitive. Internal: public
 * for other packages of the engine, not for applications.
 *
 * @since 0.1.0
 */
public final class JsonNames {

	private final String[] names;

	private final byte[][] encodedNames;

	/**
	 * Create a list of names.
	 * @param names the names, in ASCII
	 */
	public JsonNames(String... names) {
		this.names = names.clone();
		this.encodedNames = Arrays.stream(names)
			.map((name) -> name.getBytes(StandardCharsets.US_ASCII))
			.toArray(byte[][]::new);
	}

	/**
	 * Return how many names there are.
	 * @return the number of names
	 */
	public int size() {
		return this.names.length;
	}

	/**
	 * Return a name.
	 * @param index its index
	 * @return the name
	 */
	public String name(int index) {
		return this.names[index];
	}

	/**
	 * Find a name.
	 * @param name the name
	 * @return its index, or -1 if the protocol does not know it
	 */
	int indexOf(String name) {
		for (int i = 0; i < this.names.length; i++) {
			if (this.names[i].equals(name)) {
				return i;
			}
		}
		return -1;
	}

	/**
	 * Find a name without making a text of it.
	 * @param array the array that holds it
	 * @param from the index of its first byte
	 * @param to the index after its last byte
	 * @return its index, or -1 if the protocol does not know it
	 */
	int indexOf(byte[] array, int from, int to) {
		for (int i = 0; i < this.encodedNames.length; i++) {
			byte[] name = this.encodedNames[i];
			if (name.length == to - from && Arrays.equals(name, 0, name.length, array, from, to)) {
				return i;
			}
		}
		return -1;
	}

}
