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
import tools.jackson.databind.ObjectMapper;

/**
 * Binds MessagePack values to types in the way of a mapper.
 */
final class MessagePackPayloadReader {

	private final PayloadReaders readers;

	private final PayloadReadContext context;

	MessagePackPayloadReader(ObjectMapper mapper) {
		this.readers = new PayloadReaders(mapper);
		this.context = new PayloadReadContext(this.readers);
	}

	/**
	 * Bind the next values, as many as there are types.
	 * @param items the items of a message
	 * @param types the types of the values
	 * @return the bound values
	 * @throws RuntimeException if a value does not fit its type
	 */
	@Nullable Object[] read(MessagePackItems items, List<Type> types) {
		MessagePackParser parser = new MessagePackParser(this.context, items.unpacker());
		@Nullable Object[] values = new @Nullable Object[types.size()];
		for (int i = 0; i < values.length; i++) {
			values[i] = read(items, parser, types.get(i));
		}
		return values;
	}

	/**
	 * Bind the next value.
	 * @param items the items of a message
	 * @param type the type of the value
	 * @return the bound value
	 * @throws RuntimeException if the value does not fit the type
	 */
	@Nullable Object read(MessagePackItems items, Type type) {
		return read(items, new MessagePackParser(this.context, items.unpacker()), type);
	}

	private @Nullable Object read(MessagePackItems items, MessagePackParser parser, Type type) {
		if (type == RawResult.class) {
			return new RawResult(items.copyValue());
		}
		Object value = this.readers.forType(type).readValue(parser);
		parser.finishValue();
		return value;
	}

	/**
	 * Bind a value on its own.
	 * @param encoded the value
	 * @param type the type of the value
	 * @return the bound value
	 * @throws RuntimeException if the value does not fit the type
	 */
	@Nullable Object read(byte[] encoded, Type type) {
		int end = MessagePackStructure.end(encoded, 0, encoded.length);
		MessagePackParser parser = new MessagePackParser(this.context,
				MessagePackParser.UNPACKERS.newUnpacker(encoded, 0, end));
		return this.readers.forType(type).readValue(parser);
	}

}
