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

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import dev.realtime.protocol.EncodedBody;
import dev.realtime.protocol.JsonText;
import dev.realtime.protocol.MessageEncodingException;
import dev.realtime.protocol.ServerMessage;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.SerializedString;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.Assert;

/**
 * Makes records of messages (hub protocol, "JSON protocol": writing rules). The envelope
 * is written property by property, so that naming and inclusion rules of the
 * application's mapper concern the values alone.
 */
final class JsonMessageWriter {

	private static final EncodedBody PING = ascii("{\"type\":6}");

	private static final EncodedBody CLOSE = ascii("{\"type\":7}");

	private static final EncodedBody CLOSE_AND_RECONNECT = ascii("{\"type\":7,\"allowReconnect\":true}");

	private static final SerializableString TYPE = new SerializedString(JsonProperties.TYPE);

	private static final SerializableString HEADERS = new SerializedString(JsonProperties.HEADERS);

	private static final SerializableString INVOCATION_ID = new SerializedString(JsonProperties.INVOCATION_ID);

	private static final SerializableString TARGET = new SerializedString(JsonProperties.TARGET);

	private static final SerializableString ARGUMENTS = new SerializedString(JsonProperties.ARGUMENTS);

	private static final SerializableString STREAM_IDS = new SerializedString(JsonProperties.STREAM_IDS);

	private static final SerializableString ITEM = new SerializedString(JsonProperties.ITEM);

	private static final SerializableString RESULT = new SerializedString(JsonProperties.RESULT);

	private static final SerializableString ERROR = new SerializedString(JsonProperties.ERROR);

	private static final SerializableString ALLOW_RECONNECT = new SerializedString(JsonProperties.ALLOW_RECONNECT);

	private final ObjectWriter writer;

	JsonMessageWriter(JsonMapper mapper) {
		this.writer = mapper.writer()
			.with((PrettyPrinter) null)
			.without(SerializationFeature.INDENT_OUTPUT, SerializationFeature.FLUSH_AFTER_WRITE_VALUE)
			.with(JsonWriteFeature.QUOTE_PROPERTY_NAMES);
	}

	EncodedBody write(HubMessage message) {
		Assert.isTrue(!(message instanceof BindingFailureMessage), "A binding failure cannot be sent");
		return switch (message.type()) {
			case PING -> PING;
			case CLOSE -> close((CloseMessage) message);
			case ACK -> sequence(HubMessageType.ACK, ((AckMessage) message).sequenceId());
			case SEQUENCE -> sequence(HubMessageType.SEQUENCE, ((SequenceMessage) message).sequenceId());
			case INVOCATION, STREAM_INVOCATION, STREAM_ITEM, COMPLETION, CANCEL_INVOCATION ->
				record(message.type(), message, (generator) -> writeContent(message, generator));
		};
	}

	EncodedBody write(ServerMessage message, String messageTarget) {
		return record(HubMessageType.INVOCATION, message, (generator) -> {
			if (message instanceof ServerMessage.Invocation invocation) {
				writeTarget(invocation.target(), generator);
				for (Object argument : invocation.arguments()) {
					writeValue(argument, generator);
				}
			}
			else if (message instanceof ServerMessage.Data data) {
				writeTarget(messageTarget, generator);
				writeData(data, generator);
			}
			generator.writeEndArray();
		});
	}

	private void writeContent(HubMessage message, JsonGenerator generator) {
		if (message instanceof InvocationMessage invocation) {
			writeInvocation(invocation.headers(), invocation.invocationId(), invocation.target(),
					invocation.arguments(), invocation.streamIds(), generator);
		}
		else if (message instanceof StreamInvocationMessage invocation) {
			writeInvocation(invocation.headers(), invocation.invocationId(), invocation.target(),
					invocation.arguments(), invocation.streamIds(), generator);
		}
		else if (message instanceof StreamItemMessage item) {
			writeHead(item.headers(), item.invocationId(), generator);
			generator.writeName(ITEM);
			writeValue(item.item(), generator);
		}
		else if (message instanceof CompletionMessage completion) {
			writeHead(completion.headers(), completion.invocationId(), generator);
			writeOutcome(completion, generator);
		}
		else if (message instanceof CancelInvocationMessage cancel) {
			writeHead(cancel.headers(), cancel.invocationId(), generator);
		}
	}

	private void writeInvocation(Map<String, String> headers, @Nullable String id, String target,
			@Nullable Object[] arguments, List<String> streamIds, JsonGenerator generator) {
		writeHead(headers, id, generator);
		writeTarget(target, generator);
		for (Object argument : arguments) {
			writeValue(argument, generator);
		}
		generator.writeEndArray();
		if (!streamIds.isEmpty()) {
			generator.writeName(STREAM_IDS);
			generator.writeStartArray();
			streamIds.forEach(generator::writeString);
			generator.writeEndArray();
		}
	}

	private static void writeHead(Map<String, String> headers, @Nullable String id, JsonGenerator generator) {
		if (!headers.isEmpty()) {
			generator.writeName(HEADERS);
			generator.writeStartObject();
			headers.forEach(generator::writeStringProperty);
			generator.writeEndObject();
		}
		if (id != null && !id.isEmpty()) {
			generator.writeName(INVOCATION_ID);
			generator.writeString(id);
		}
	}

	private static void writeTarget(String target, JsonGenerator generator) {
		generator.writeName(TARGET);
		generator.writeString(target);
		generator.writeName(ARGUMENTS);
		generator.writeStartArray();
	}

	private void writeOutcome(CompletionMessage completion, JsonGenerator generator) {
		String error = completion.error();
		if (error != null && !error.isEmpty()) {
			generator.writeName(ERROR);
			generator.writeString(error);
		}
		else if (completion.hasResult()) {
			generator.writeName(RESULT);
			writeValue(completion.result(), generator);
		}
	}

	private void writeData(ServerMessage.Data data, JsonGenerator generator) {
		Object payload = data.payload();
		switch (data.dataType()) {
			case TEXT -> generator.writeString((String) payload);
			case JSON -> writeValue(payload, generator);
			case BINARY, PROTOBUF -> writeBinary((byte[]) payload, generator);
		}
		DataDescription.write(data, generator);
	}

	private static void writeBinary(byte @Nullable [] bytes, JsonGenerator generator) {
		if (bytes != null) {
			generator.writeBinary(bytes);
		}
		else {
			generator.writeNull();
		}
	}

	private void writeValue(@Nullable Object value, JsonGenerator generator) {
		if (value instanceof RawResult raw) {
			generator.writeRawValue(new String(raw.encoded(), StandardCharsets.UTF_8));
		}
		else if (value instanceof JsonText json) {
			generator.writeRawValue(json.toString());
		}
		else {
			this.writer.writeValue(generator, value);
		}
	}

	private EncodedBody close(CloseMessage message) {
		String error = message.error();
		if (error == null) {
			return message.allowReconnect() ? CLOSE_AND_RECONNECT : CLOSE;
		}
		return record(HubMessageType.CLOSE, message, (generator) -> {
			generator.writeName(ERROR);
			generator.writeString(error);
			if (message.allowReconnect()) {
				generator.writeName(ALLOW_RECONNECT);
				generator.writeBoolean(true);
			}
		});
	}

	private static EncodedBody sequence(HubMessageType type, long sequenceId) {
		return ascii("{\"" + JsonProperties.TYPE + "\":" + type.code() + ",\"" + JsonProperties.SEQUENCE_ID + "\":"
				+ sequenceId + "}");
	}

	private EncodedBody record(HubMessageType type, Object message, Consumer<JsonGenerator> content) {
		MessageOutput output = new MessageOutput();
		try (JsonGenerator generator = this.writer.createGenerator(output)) {
			generator.writeStartObject();
			generator.writeName(TYPE);
			// not as number, which a mapper may be told to write as string
			generator.writeRawValue(Integer.toString(type.code()));
			content.accept(generator);
			generator.writeEndObject();
			generator.writeRaw((char) RecordFraming.SEPARATOR);
		}
		catch (RuntimeException ex) {
			throw new MessageEncodingException("Cannot encode " + message.getClass().getSimpleName() + " as JSON", ex);
		}
		return EncodedBody.text(output.toByteArray());
	}

	private static EncodedBody ascii(String json) {
		return EncodedBody.text((json + (char) RecordFraming.SEPARATOR).getBytes(StandardCharsets.US_ASCII));
	}

}
