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

package dev.realtime.protocol.webpubsub;

import dev.realtime.protocol.JsonText;
import dev.realtime.protocol.MessageEncodingException;
import dev.realtime.protocol.ServerMessage;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes JSON of the values of applications, in the way of their mapper, apart from what
 * is JSON already.
 */
final class JsonValues {

	private final ObjectWriter writer;

	JsonValues(JsonMapper mapper) {
		this.writer = mapper.writer()
			.with((PrettyPrinter) null)
			.without(SerializationFeature.INDENT_OUTPUT)
			.with(JsonWriteFeature.QUOTE_PROPERTY_NAMES);
	}

	/**
	 * Encode a value.
	 * @param value the value
	 * @return its bytes, possibly shared
	 * @throws MessageEncodingException if the value cannot be encoded
	 */
	byte[] encode(@Nullable Object value) {
		if (value instanceof JsonText json) {
			return json.utf8();
		}
		try {
			return this.writer.writeValueAsBytes(value);
		}
		catch (JacksonException ex) {
			throw new MessageEncodingException("Cannot encode a payload as JSON", ex);
		}
	}

	/**
	 * Encode a call as data.
	 * @param invocation the call
	 * @return an object with target and arguments
	 * @throws MessageEncodingException if an argument cannot be encoded
	 */
	byte[] encode(ServerMessage.Invocation invocation) {
		JsonOutput output = new JsonOutput(128);
		output.raw("{\"target\":").string(invocation.target()).raw(",\"arguments\":[");
		String separator = "";
		for (Object argument : invocation.arguments()) {
			output.raw(separator).raw(encode(argument));
			separator = ",";
		}
		return output.raw("]}").toByteArray();
	}

}
