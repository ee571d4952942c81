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

import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.core.util.JsonRecyclerPools;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PooledMapper}.
 */
class PooledMapperTests {

	@Test
	void doesWhatTheMapperOfTheApplicationDoes() {
		JsonFactory factory = JsonFactory.builder()
			.disable(JsonWriteFeature.ESCAPE_FORWARD_SLASHES)
			.highestNonEscapedChar(126)
			.build();
		JsonMapper mapper = JsonMapper.builder(factory)
			.addModule(new SimpleModule().addSerializer(new Shouting()))
			.enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
			.enable(JsonWriteFeature.WRITE_NUMBERS_AS_STRINGS)
			.build();
		JsonMapper pooled = PooledMapper.of(mapper);
		List<Object> value = List.of(new StringBuilder("a/\u00e9"), 1, "\u00e9/");
		assertThat(pooled.writeValueAsString(value)).isEqualTo(mapper.writeValueAsString(value))
			.isEqualTo("[\"A/\\u00C9\",\"1\",\"\\u00E9/\"]");
		assertThat(pooled.serializationConfig().getSerializationFeatures())
			.isEqualTo(mapper.serializationConfig().getSerializationFeatures());
		assertThat(pooled.deserializationConfig().getDeserializationFeatures())
			.isEqualTo(mapper.deserializationConfig().getDeserializationFeatures());
	}

	@Test
	void hasBuffersOfTheThreads() {
		JsonMapper mapper = JsonMapper.builder().build();
		assertThat(PooledMapper.of(mapper).tokenStreamFactory()._getRecyclerPool()).isSameAs(ThreadBuffers.INSTANCE);
		assertThat(mapper.tokenStreamFactory()._getRecyclerPool()).isNotSameAs(ThreadBuffers.INSTANCE);
	}

	@Test
	void leavesAloneWhatTheApplicationHasChosen() {
		JsonMapper pool = JsonMapper
			.builder(JsonFactory.builder().recyclerPool(JsonRecyclerPools.nonRecyclingPool()).build())
			.build();
		JsonMapper factory = JsonMapper.builder(new JsonFactory() {
		}).build();
		JsonMapper mapper = new JsonMapper() {
		};
		assertThat(List.of(pool, factory, mapper)).allSatisfy((own) -> assertThat(PooledMapper.of(own)).isSameAs(own));
	}

	private static final class Shouting extends StdSerializer<StringBuilder> {

		Shouting() {
			super(StringBuilder.class);
		}

		@Override
		public void serialize(StringBuilder value, JsonGenerator generator, SerializationContext context) {
			generator.writeString(value.toString().toUpperCase(Locale.ROOT));
		}

	}

}
