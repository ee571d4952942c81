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
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.Assert;

/**
 * The JSON form of the hub protocol: one JSON object per message, each followed by the
 * byte {@code 0x1E} (hub protocol, "JSON protocol"). Arguments, stream items and results
 * follow the conventions of the application's mapper, everything else is the protocol's.
 * <p>
 * A {@link ServerMessage.Data} is written as a call of a configurable method of the
 * client with two arguments: the data, and an object that says where it comes from. Text
 * and bytes are strings, the latter in base64.
 *
 * @since 0.1.0
 */
public final class JsonHubProtocol implements HubProtocol {

	/**
	 * The name clients ask for.
	 */
	public static final String NAME = "json";

	private final JsonPayloadReader payloads;

	private final JsonMessageReader reader;

	private final JsonMessageWriter writer;

	private final String messageTarget;

	/**
	 * Create a protocol that calls {@value HubProtocol#DEFAULT_MESSAGE_TARGET} with data.
	 * @param mapper the mapper for arguments, items and results
	 */
	public JsonHubProtocol(JsonMapper mapper) {
		Assert.notNull(mapper, "'mapper' must not be null");
		JsonMapper pooled = PooledMapper.of(mapper);
		this.payloads = new JsonPayloadReader(pooled);
		this.reader = new JsonMessageReader(this.payloads);
		this.writer = new JsonMessageWriter(pooled);
		this.messageTarget = DEFAULT_MESSAGE_TARGET;
	}

	private JsonHubProtocol(JsonHubProtocol original, String messageTarget) {
		Assert.hasText(messageTarget, "'messageTarget' must not be empty");
		this.payloads = original.payloads;
		this.reader = original.reader;
		this.writer = original.writer;
		this.messageTarget = messageTarget;
	}

	@Override
	public JsonHubProtocol withMessageTarget(String messageTarget) {
		return new JsonHubProtocol(this, messageTarget);
	}

	@Override
	public @Nullable Object readResult(byte[] json, Type type) {
		return this.payloads.read(new JsonSlice(json, 0, json.length), type);
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public TransferFormat transferFormat() {
		return TransferFormat.TEXT;
	}

	@Override
	public @Nullable HubMessage decode(InboundBuffer input, InvocationBinder binder, int maximumMessageSize) {
		int end = RecordFraming.end(input, maximumMessageSize);
		while (end != RecordFraming.INCOMPLETE) {
			int start = input.position();
			input.position(end + 1);
			HubMessage message = this.reader.read(input.array(), start, end, binder);
			if (message != null) {
				return message;
			}
			end = RecordFraming.end(input, maximumMessageSize);
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
