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

import dev.realtime.protocol.ServerMessage;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Writes what the client is told of data, as the second argument of the call that brings
 * it: an object that says where it comes from and what it is.
 */
final class DataDescription {

	private DataDescription() {
	}

	static void write(ServerMessage.Data data, JsonGenerator generator) {
		generator.writeStartObject();
		generator.writeStringProperty("from", data.from());
		writeOptional("group", data.group(), generator);
		writeOptional("fromUserId", data.fromUserId(), generator);
		generator.writeStringProperty("dataType", data.dataType().wireName());
		generator.writeEndObject();
	}

	private static void writeOptional(String name, @Nullable String value, JsonGenerator generator) {
		if (value != null) {
			generator.writeStringProperty(name, value);
		}
	}

}
