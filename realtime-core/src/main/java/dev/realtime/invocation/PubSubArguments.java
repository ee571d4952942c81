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

package dev.realtime.invocation;

import java.lang.reflect.Array;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;

import dev.realtime.protocol.JsonText;
import dev.realtime.protocol.ServerMessage.DataType;
import dev.realtime.protocol.json.JsonScanner;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.ResolvableType;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.convert.support.DefaultConversionService;

/**
 * Makes the arguments of a method of the data of a Web PubSub event. A JSON array is the
 * list of arguments, unless the method has exactly one parameter and that is an array or
 * a collection; anything else is the single argument.
 */
final class PubSubArguments {

	private static final @Nullable Object[] NONE = {};

	// of what was received: in an array, in a message
	private static final int ELEMENT_DEPTH = 2;

	private final JsonMapper mapper;

	private final ObjectReader reader;

	PubSubArguments(JsonMapper mapper) {
		this.mapper = mapper;
		// what trails can only be what a deserializer has left of the value
		this.reader = mapper.reader()
			.without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
			.with(JsonNodeFeature.USE_BIG_DECIMAL_FOR_FLOATS);
	}

	/**
	 * Bind the arguments of a method.
	 * @param types the types of its parameters, in order
	 * @param dataType what the data is
	 * @param payload the data
	 * @return the arguments
	 * @throws IllegalArgumentException if the data does not fit; the message is for the
	 * log
	 */
	@Nullable Object[] bind(List<Type> types, DataType dataType, Object payload) {
		if (types.isEmpty()) {
			return NONE;
		}
		return switch (dataType) {
			case JSON -> json(types, ((JsonText) payload).utf8());
			case TEXT -> new Object[] { text(single(types), (String) payload) };
			case BINARY, PROTOBUF -> new Object[] { binary(single(types), (byte[]) payload) };
		};
	}

	private @Nullable Object[] json(List<Type> types, byte[] utf8) {
		try {
			if (!isArray(utf8) || (types.size() == 1 && isSeveral(types.get(0)))) {
				return new Object[] { readerFor(single(types)).readValue(utf8) };
			}
			return elements(types, utf8);
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException(ex.getOriginalMessage(), ex);
		}
	}

	// each from its own bytes: a tree in between would not keep the digits of numbers
	private @Nullable Object[] elements(List<Type> types, byte[] utf8) {
		@Nullable Object[] arguments = new Object[types.size()];
		JsonScanner scanner = new JsonScanner(utf8, 0, utf8.length);
		int count = 0;
		for (boolean more = scanner.enter(']'); more; more = scanner.next(']')) {
			int start = scanner.begin();
			scanner.skipValue(ELEMENT_DEPTH);
			if (count < arguments.length) {
				arguments[count] = readerFor(types.get(count)).readValue(utf8, start, scanner.position() - start);
			}
			count++;
		}
		if (count != arguments.length) {
			throw new IllegalArgumentException("%d arguments for %d parameters".formatted(count, arguments.length));
		}
		return arguments;
	}

	private ObjectReader readerFor(Type type) {
		return this.reader.forType(this.mapper.constructType(type));
	}

	private static boolean isArray(byte[] utf8) {
		for (byte b : utf8) {
			if (b > ' ') {
				return b == '[';
			}
		}
		return false;
	}

	private static boolean isSeveral(Type type) {
		Class<?> raw = raw(type);
		return raw.isArray() || Collection.class.isAssignableFrom(raw) || JsonNode.class.isAssignableFrom(raw);
	}

	private static Class<?> raw(Type type) {
		return ResolvableType.forType(type).resolve(Object.class);
	}

	private static Type single(List<Type> types) {
		if (types.size() != 1) {
			throw new IllegalArgumentException("1 argument for %d parameters".formatted(types.size()));
		}
		return types.get(0);
	}

	private static @Nullable Object text(Type type, String text) {
		Class<?> raw = raw(type);
		if (raw.isAssignableFrom(String.class)) {
			return text;
		}
		if (raw == byte[].class) {
			return text.getBytes(StandardCharsets.UTF_8);
		}
		try {
			return DefaultConversionService.getSharedInstance().convert(text, raw);
		}
		catch (ConversionException ex) {
			throw new IllegalArgumentException("Text for a parameter of type " + raw.getName(), ex);
		}
	}

	private static Object binary(Type type, byte[] bytes) {
		Class<?> raw = raw(type);
		if (raw.isAssignableFrom(byte[].class)) {
			return bytes;
		}
		if (raw == ByteBuffer.class) {
			return ByteBuffer.wrap(bytes);
		}
		if (raw.isArray() && raw.getComponentType() == Byte.class) {
			Object boxed = Array.newInstance(Byte.class, bytes.length);
			for (int i = 0; i < bytes.length; i++) {
				Array.set(boxed, i, bytes[i]);
			}
			return boxed;
		}
		throw new IllegalArgumentException("Bytes for a parameter of type " + raw.getName());
	}

}
