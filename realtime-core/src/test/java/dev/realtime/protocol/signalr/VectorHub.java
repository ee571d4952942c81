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
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.realtime.protocol.InvocationBinder;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The hub that {@link Vectors} call: the types of {@code vectors/signalr/hub.json}.
 *
 * @param methods the types of the parameters, by method
 * @param streams the types of the items, by id
 * @param results the types of the results, by id
 */
public record VectorHub(Map<String, List<Type>> methods, Map<String, Type> streams,
		Map<String, Type> results) implements InvocationBinder {

	private static final Map<String, Type> TYPES = Map.of("string", String.class, "int", int.class, "long", long.class,
			"double", double.class, "boolean", boolean.class, "bytes", byte[].class, "instant", Instant.class, "int[]",
			int[].class, "point", Point.class, "any", Object.class);

	/**
	 * The hub of the file.
	 */
	public static final VectorHub INSTANCE = read(Vectors.read("hub"));

	private static VectorHub read(JsonNode hub) {
		Map<String, List<Type>> methods = new HashMap<>();
		hub.required("methods").forEachEntry((name, types) -> methods.put(name, types(types)));
		return new VectorHub(methods, types("streams", hub), types("results", hub));
	}

	private static Map<String, Type> types(String name, JsonNode hub) {
		Map<String, Type> types = new HashMap<>();
		hub.required(name).forEachEntry((id, type) -> types.put(id, TYPES.get(type.asString())));
		return types;
	}

	private static List<Type> types(JsonNode names) {
		return names.valueStream().map((name) -> TYPES.get(name.asString())).toList();
	}

	VectorHub with(String method, JsonNode parameters) {
		Map<String, List<Type>> methods = new HashMap<>(this.methods);
		methods.put(method, types(parameters));
		return new VectorHub(methods, this.streams, this.results);
	}

	@Override
	public @Nullable List<Type> parameterTypes(String target) {
		return this.methods.get(target);
	}

	@Override
	public @Nullable Type resultType(String invocationId) {
		return this.results.get(invocationId);
	}

	@Override
	public @Nullable Type streamItemType(String streamId) {
		return this.streams.get(streamId);
	}

	/**
	 * A value with properties.
	 *
	 * @param x a property
	 * @param y a property
	 */
	public record Point(int x, int y) {

	}

}
