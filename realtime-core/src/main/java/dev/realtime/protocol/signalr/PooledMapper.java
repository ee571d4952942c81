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

import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes mappers that do what the application's does and take their buffers from
 * {@link ThreadBuffers}.
 */
final class PooledMapper {

	private static final Class<?> DEFAULT_POOL = JsonRecyclerPools.defaultPool().getClass();

	private PooledMapper() {
	}

	/**
	 * Make a mapper.
	 * @param mapper the application's mapper
	 * @return a mapper of the same configuration; the same mapper if it, its factory or
	 * its pool is of a kind that the application has chosen
	 */
	static JsonMapper of(JsonMapper mapper) {
		JsonFactory factory = mapper.tokenStreamFactory();
		boolean ordinary = mapper.getClass() == JsonMapper.class && factory.getClass() == JsonFactory.class
				&& factory._getRecyclerPool().getClass() == DEFAULT_POOL;
		return ordinary ? new Builder(mapper.rebuild(), factory).build() : mapper;
	}

	/**
	 * Builds with another factory, which there is no method for.
	 */
	private static final class Builder extends JsonMapper.Builder {

		Builder(JsonMapper.Builder original, JsonFactory factory) {
			super(new StateImpl(original));
			this._streamFactory = factory.rebuild().recyclerPool(ThreadBuffers.INSTANCE).build();
		}

	}

}
