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

import dev.realtime.protocol.EncodedBody;
import dev.realtime.protocol.InboundBuffer;
import dev.realtime.protocol.InvocationBinder;
import dev.realtime.protocol.ServerMessage;
import dev.realtime.protocol.TransferFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.Assert;

/**
 * The {@code messagepack} hub protocol (SignalR hub protocol, "MessagePack protocol"):
 * messages are MessagePack arrays, preceded by their length. Values are bound and written
 * in the way of the application's mapper, with binaries for {@code byte[]} and timestamps
 * for points in time. Requires {@code org.msgpack:msgpack-core}.
 *
 * @since 0.1.0
 */
public final class MessagePackHubProtocol implements HubProtocol {

	/**
	 * The name clients ask for.
	 */
	public static final String NAME = "messagepack";

	private final MessagePackPayloadReader payloads;

	private final MessagePackMessageReader reader;

	private final MessagePackMessageWriter writer;

	private final String messageTarget;

	/**
	 * Create a protocol that calls {@value HubProtocol#DEFAULT_MESSAGE_TARGET} with data.
	 * @param mapper the mapper for arguments, items and results
	 */
	public MessagePackHubProtocol(JsonMapper mapper) {
		Assert.notNull(mapper, "'mapper' must not be null");
		ObjectMapper messagePack = mapper.rebuild().addModule(new MessagePackModule()).build();
		this.payloads = new MessagePackPayloadReader(messagePack);
		this.reader = new MessagePackMessageReader(this.payloads);
		this.writer = new MessagePackMessageWriter(messagePack);
		this.messageTarget = DEFAULT_MESSAGE_TARGET;
	}

	private MessagePackHubProtocol(MessagePackHubProtocol original, String messageTarget) {
		Assert.hasText(messageTarget, "'messageTarget' must not be empty");
		this.payloads = original.payloads;
		this.reader = original.reader;
		this.writer = original.writer;
		this.messageTarget = messageTarget;
	}

	@Override
	public MessagePackHubProtocol withMessageTarget(String messageTarget) {
		return new MessagePackHubProtocol(this, messageTarget);
	}

	@Override
	public @Nullable Object readResult(byte[] encoded, Type type) {
		return this.payloads.read(encoded, type);
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public TransferFormat transferFormat() {
		return TransferFormat.BINARY;
	}

	@Override
	public @Nullable HubMessage decode(InboundBuffer input, InvocationBinder binder, int maximumMessageSize) {
		int end = LengthFraming.end(input, maximumMessageSize);
		while (end != LengthFraming.INCOMPLETE) {
			int start = input.position();
			input.position(end);
			HubMessage message = this.reader.read(input.array(), start, end, binder);
			if (message != null) {
				return message;
			}
			end = LengthFraming.end(input, maximumMessageSize);
		}
		return null;
	}

	@Override
	public EncodedBody encode(HubMessage message) {
		return this.writer.write(message);
	}

	@Override
	public EncodedBody encode(ServerMessage message) {
		return this.writer.write(message, this.messageTarget);
	}

}
