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

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.realtime.protocol.JsonText;
import dev.realtime.protocol.ServerMessage;
import dev.realtime.protocol.ServerMessage.DataType;
import dev.realtime.protocol.TransferFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.ser.std.ToStringSerializer;

/**
 * What the protocol says about single messages, as data: the files of
 * {@code vectors/webpubsub}.
 */
final class PubSubVectors {

	static final JsonMapper MAPPER = JsonMapper.builder()
		.changeDefaultPropertyInclusion((inclusion) -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
		.addModule(new SimpleModule().addSerializer(JsonText.class, ToStringSerializer.instance))
		.build();

	private PubSubVectors() {
	}

	static Stream<Vector> read(String file) {
		try (InputStream input = PubSubVectors.class.getResourceAsStream("/vectors/webpubsub/" + file + ".json")) {
			return MAPPER.readTree(input).valueStream().map(Vector::new);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static UpstreamMessage decode(PubSubProtocol protocol, String text) {
		return protocol.decode(ByteBuffer.wrap(utf8(text)), TransferFormat.TEXT);
	}

	static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * Say a message as the files do: its name and what is not {@code null}.
	 */
	static JsonNode describe(UpstreamMessage message) {
		String name = message.getClass().getSimpleName();
		String json = MAPPER.writeValueAsString(Map.of(name.substring(0, name.length() - "Message".length()), message));
		return MAPPER.readTree(json);
	}

	/**
	 * An entry of a file.
	 *
	 * @param entry the entry
	 */
	record Vector(JsonNode entry) {

		boolean has(String name) {
			return this.entry.has(name);
		}

		String text(String name) {
			return this.entry.required(name).asString();
		}

		/**
		 * Return the JSON of a message, parts of which may be repeated.
		 */
		String json() {
			return expand(this.entry.required("json"));
		}

		private static String expand(JsonNode text) {
			if (text.isArray()) {
				StringBuilder parts = new StringBuilder();
				text.forEach((part) -> parts.append(expand(part)));
				return parts.toString();
			}
			return text.isObject() ? text.required("repeat").asString().repeat(text.required("times").asInt())
					: text.asString();
		}

		/**
		 * Return the message, with the metadata that files leave out when there are none.
		 */
		JsonNode message() {
			JsonNode message = this.entry.required("message").deepCopy();
			if (message.has("SendToGroup") || message.has("Event") || message.has("Invoke")) {
				message.forEach((fields) -> ((ObjectNode) fields).putIfAbsent("metadata", MAPPER.createObjectNode()));
			}
			return message;
		}

		/**
		 * Return the bytes of a message, parts of which may be repeated.
		 */
		byte[] hex() {
			return HexFormat.of().parseHex(expand(this.entry.required("hex")).replace(" ", ""));
		}

		/**
		 * Return whether reliable protocols number the message.
		 */
		boolean isSequenced() {
			return create() instanceof ServerMessage || ((DownstreamMessage) create()).sequenced();
		}

		/**
		 * Make the message of what the file says of it.
		 */
		Object create() {
			JsonNode message = this.entry.required("message");
			String name = message.propertyNames().iterator().next();
			JsonNode fields = message.required(name);
			return switch (name) {
				case "Invocation" -> MAPPER.treeToValue(fields, ServerMessage.Invocation.class);
				case "Data" -> data(MAPPER.treeToValue(fields, ServerMessage.Data.class));
				case "InvokeResponse" -> response(MAPPER.treeToValue(fields, InvokeResponseMessage.class));
				default -> MAPPER.treeToValue(fields, type(name));
			};
		}

		private static ServerMessage data(ServerMessage.Data data) {
			return new ServerMessage.Data(data.group(), data.fromUserId(), data.dataType(),
					payload(data.dataType(), data.payload()), data.metadata(), data.stream());
		}

		private static DownstreamMessage response(InvokeResponseMessage response) {
			return new InvokeResponseMessage(response.invocationId(), response.dataType(),
					payload(response.dataType(), response.payload()), response.metadata(), response.error());
		}

		private static @Nullable Object payload(@Nullable DataType type, @Nullable Object text) {
			if (type == null) {
				return null;
			}
			return switch (type) {
				case TEXT -> text;
				case JSON -> JsonText.of(utf8((String) text));
				case BINARY, PROTOBUF -> Base64.getDecoder().decode((String) text);
			};
		}

		private static Class<?> type(String name) {
			try {
				return Class.forName(PubSubVectors.class.getPackageName() + "." + name + "Message");
			}
			catch (ClassNotFoundException ex) {
				throw new IllegalArgumentException(name, ex);
			}
		}

		@Override
		public String toString() {
			return text("name");
		}

	}

}
