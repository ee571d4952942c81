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

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.deser.ValueDeserializerModifier;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.ValueSerializerModifier;

/**
 * Has a mapper use the types that MessagePack has and JSON has not.
 */
final class MessagePackModule extends SimpleModule {

	private static final long serialVersionUID = 1L;

	private static final Map<Class<?>, TimestampType<?>> TIMESTAMPS = Stream
		.of(new TimestampType<>(Instant.class, Function.identity(), Function.identity()),
				new TimestampType<>(OffsetDateTime.class, OffsetDateTime::toInstant,
						(instant) -> instant.atOffset(ZoneOffset.UTC)),
				new TimestampType<>(ZonedDateTime.class, ZonedDateTime::toInstant,
						(instant) -> instant.atZone(ZoneOffset.UTC)),
				new TimestampType<>(LocalDateTime.class, (value) -> value.toInstant(ZoneOffset.UTC),
						(instant) -> LocalDateTime.ofInstant(instant, ZoneOffset.UTC)),
				new TimestampType<>(Date.class, (value) -> Instant.ofEpochMilli(value.getTime()), Date::from))
		.collect(Collectors.toMap(TimestampType::type, Function.identity()));

	MessagePackModule() {
		super(MessagePackModule.class.getName());
		setSerializerModifier(new Serializers());
		setDeserializerModifier(new Deserializers());
	}

	private static final class Serializers extends ValueSerializerModifier {

		private static final long serialVersionUID = 1L;

		@Override
		public ValueSerializer<?> modifySerializer(SerializationConfig config, BeanDescription.Supplier bean,
				ValueSerializer<?> serializer) {
			TimestampType<?> type = TIMESTAMPS.get(bean.getBeanClass());
			return (type != null && isDefault(serializer)) ? new TimestampSerializer(serializer, type) : serializer;
		}

		private static boolean isDefault(ValueSerializer<?> serializer) {
			return serializer.getClass().getName().startsWith("tools.jackson.databind.");
		}

	}

	private static final class Deserializers extends ValueDeserializerModifier {

		private static final long serialVersionUID = 1L;

		@Override
		public ValueDeserializer<?> modifyDeserializer(DeserializationConfig config, BeanDescription.Supplier bean,
				ValueDeserializer<?> deserializer) {
			TimestampType<?> type = TIMESTAMPS.get(bean.getBeanClass());
			if (type != null) {
				return new TimestampDeserializer(deserializer, type);
			}
			return (bean.getBeanClass() == String.class) ? new TextDeserializer(deserializer) : deserializer;
		}

	}

}
