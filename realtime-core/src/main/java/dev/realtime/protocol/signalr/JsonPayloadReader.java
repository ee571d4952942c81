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

import java.lang.reflect.Type;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * Binds values to types in the way of the application's mapper.
 */
final class JsonPayloadReader {

	private final PayloadReaders readers;

	JsonPayloadReader(JsonMapper mapper) {
		this.readers = new PayloadReaders(mapper);
	}

	/**
	 * Bind the elements of an array.
	 * @param slice the array
	 * @param types the types of its elements
	 * @param values receives the elements
	 * @return how many elements there are, fewer or more than types
	 * @throws RuntimeException if an element does not fit its type
	 */
	int read(JsonSlice slice, List<Type> types, @Nullable Object[] values) {
		if (slice.length() == 2) {
			return 0;
		}
		int count = 0;
		try (JsonParser parser = createParser(slice)) {
			parser.nextToken();
			for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
				if (count < types.size()) {
					values[count] = read(slice, parser, types.get(count));
				}
				else {
					parser.skipChildren();
				}
				count++;
			}
		}
		return count;
	}

	/**
	 * Bind a value.
	 * @param slice the value
	 * @param type the type
	 * @return the bound value
	 * @throws RuntimeException if the value does not fit the type
	 */
	@Nullable Object read(JsonSlice slice, Type type) {
		if (type == RawResult.class) {
			return new RawResult(slice.copy());
		}
		try (JsonParser parser = createParser(slice)) {
			parser.nextToken();
			return this.readers.forType(type).readValue(parser);
		}
	}

	private @Nullable Object read(JsonSlice array, JsonParser parser, Type type) {
		if (type == RawResult.class) {
			int from = (int) parser.currentTokenLocation().getByteOffset();
			parser.skipChildren();
			parser.finishToken();
			int to = (int) parser.currentLocation().getByteOffset();
			return new RawResult(new JsonSlice(array.array(), array.start() + from, to - from).copy());
		}
		return this.readers.forType(type).readValue(parser);
	}

	private JsonParser createParser(JsonSlice slice) {
		return this.readers.untyped().createParser(slice.array(), slice.start(), slice.length());
	}

}
