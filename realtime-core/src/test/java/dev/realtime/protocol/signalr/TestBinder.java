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
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.realtime.protocol.InvocationBinder;
import org.jspecify.annotations.Nullable;

/**
 * A binder that knows what it was told.
 */
class TestBinder implements InvocationBinder {

	private final Map<String, List<Type>> methods = new HashMap<>();

	private final Map<String, Type> results = new HashMap<>();

	private final Map<String, Type> streams = new HashMap<>();

	TestBinder method(String target, Type... types) {
		this.methods.put(target, List.of(types));
		return this;
	}

	TestBinder result(String invocationId, Type type) {
		this.results.put(invocationId, type);
		return this;
	}

	TestBinder stream(String streamId, Type type) {
		this.streams.put(streamId, type);
		return this;
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

}
