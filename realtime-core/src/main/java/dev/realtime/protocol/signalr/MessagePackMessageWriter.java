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
import java.util.Map;
import java.util.function.Consumer;

import dev.realtime.protocol.EncodedBody;
import dev.realtime.protocol.JsonText;
import dev.realtime.protocol.MessageEncodingException;
import dev.realtime.protocol.ServerMessage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationFeature;

import org.springframework.util.Assert;

/**
 * Makes MessagePack arrays of messages (hub protocol, "MessagePack protocol"), with
 * exactly the items that clients expect.
 */
final class MessagePackMessageWriter {

	private static final EncodedBody PING = EncodedBody.binary(new byte[] { 0x02, (byte) 0x91, 0x06 });

	private final ObjectWriter writer;

	private final PayloadWriteContext context;

	MessagePackMessageWriter(ObjectMapper mapper) {
		this.writer = mapper.writer().without(SerializationFeature.FLUSH_AFTER_WRITE_VALUE);
		this.context = new PayloadWriteContext(this.writer);
	}

	EncodedBody write(HubMessage message) {
		Assert.isTrue(!(message instanceof BindingFailureMessage), "A binding failure cannot be sent");
		return switch (message.type()) {
			case PING -> PING;
			case CLOSE -> close((CloseMessage) message);
			case ACK -> sequence(message, ((AckMessage) message).sequenceId());
			case SEQUENCE -> sequence(message, ((SequenceMessage) message).sequenceId());
			case INVOCATION, STREAM_INVOCATION, STREAM_ITEM, COMPLETION, CANCEL_INVOCATION ->
				array(message.type(), message, (generator) -> writeItems(message, generator));
		};
	}

	EncodedBody write(ServerMessage message, String messageTarget) {
		return array(HubMessageType.INVOCATION, message, (generator) -> {
			writeHead(Map.of(), null, generator);
			if (message instanceof ServerMessage.Invocation invocation) {
				generator.writeString(invocation.target());
				generator.writeStartArray(message, invocation.arguments().size());
				for (Object argument : invocation.arguments()) {
					writeValue(argument, generator);
				}
			}
			else if (message instanceof ServerMessage.Data data) {
				generator.writeString(messageTarget);
				generator.writeStartArray();
				writeData(data, generator);
			}
			generator.writeEndArray();
			writeStreamIds(List.of(), generator);
		});
	}

	private void writeItems(HubMessage message, MessagePackGenerator generator) {
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
			@Nullable Object[] arguments, List<String> streamIds, MessagePackGenerator generator) {
		writeHead(headers, id, generator);
		generator.writeString(target);
		generator.writeStartArray(arguments, arguments.length);
		for (Object argument : arguments) {
			writeValue(argument, generator);
		}
		generator.writeEndArray();
		writeStreamIds(streamIds, generator);
	}

	private static void writeHead(Map<String, String> headers, @Nullable String id, MessagePackGenerator generator) {
		generator.writeStartObject(headers, headers.size());
		headers.forEach(generator::writeStringProperty);
		generator.writeEndObject();
		generator.writeString(id);
	}

	private static void writeStreamIds(List<String> streamIds, MessagePackGenerator generator) {
		generator.writeStartArray(streamIds, streamIds.size());
		streamIds.forEach(generator::writeString);
		generator.writeEndArray();
	}

	private void writeOutcome(CompletionMessage completion, MessagePackGenerator generator) {
		String error = completion.error();
		if (error != null) {
			generator.writeNumber(MessagePackResultKind.ERROR);
			generator.writeString(error);
		}
		else if (completion.hasResult()) {
			generator.writeNumber(MessagePackResultKind.RESULT);
			writeValue(completion.result(), generator);
		}
		else {
			generator.writeNumber(MessagePackResultKind.VOID);
		}
	}

	private void writeData(ServerMessage.Data data, MessagePackGenerator generator) {
		Object payload = data.payload();
		switch (data.dataType()) {
			case TEXT -> generator.writeString((String) payload);
			case JSON -> writeValue(payload, generator);
			case BINARY, PROTOBUF -> generator.writeEmbeddedObject(payload);
		}
		DataDescription.write(data, generator);
	}

	private void writeValue(@Nullable Object value, MessagePackGenerator generator) {
		if (value instanceof RawResult raw) {
			generator.writeEncoded(raw.encoded());
		}
		else if (value instanceof JsonText json) {
			JsonTokens.write(json, generator);
		}
		else {
			this.writer.writeValue(generator, value);
		}
	}

	private EncodedBody close(CloseMessage message) {
		return array(HubMessageType.CLOSE, message, (generator) -> {
			generator.writeString(message.error());
			generator.writeBoolean(message.allowReconnect());
		});
	}

	private EncodedBody sequence(HubMessage message, long sequenceId) {
		return array(message.type(), message, (generator) -> generator.writeNumber(sequenceId));
	}

	private EncodedBody array(HubMessageType type, Object message, Consumer<MessagePackGenerator> items) {
		MessagePackGenerator generator = new MessagePackGenerator(this.context);
		try {
			generator.writeStartArray();
			generator.writeNumber(type.code());
			items.accept(generator);
			generator.writeEndArray();
		}
		catch (RuntimeException ex) {
			throw new MessageEncodingException(
					"Cannot encode " + message.getClass().getSimpleName() + " as MessagePack", ex);
		}
		return EncodedBody.binary(generator.toMessage());
	}

}
