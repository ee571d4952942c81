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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.ObjectReader;

/**
 * The readers of a mapper by the type they bind to. Safe for concurrent use.
 */
final class PayloadReaders {

	private final ObjectMapper mapper;

	private final ObjectReader reader;

	private final Map<Type, ObjectReader> readers = new ConcurrentHashMap<>();

	PayloadReaders(ObjectMapper mapper) {
		this.mapper = mapper;
		// an argument is followed by the next one
		this.reader = mapper.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
	}

	ObjectReader untyped() {
		return this.reader;
	}

	ObjectReader forType(Type type) {
		ObjectReader reader = this.readers.get(type);
		return (reader != null) ? reader
				: this.readers.computeIfAbsent(type, (key) -> this.reader.forType(this.mapper.constructType(key)));
	}

}
