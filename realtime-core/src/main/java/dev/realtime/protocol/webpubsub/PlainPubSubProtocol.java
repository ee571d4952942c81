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

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import dev.realtime.protocol.EncodedBody;
import dev.realtime.protocol.ServerMessage;
import dev.realtime.protocol.ServerMessage.DataType;
import dev.realtime.protocol.TransferFormat;
import dev.realtime.protocol.Utf8;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.Assert;

/**
 * What clients speak that know nothing of the protocol (simple WebSocket clients): what
 * they send is an event named {@value #EVENT}, and what they receive is the payload
 * alone. Text and JSON are messages of text, everything else is binary.
 *
 * @since 0.1.0
 */
public final class PlainPubSubProtocol implements PubSubProtocol {

	/**
	 * The name of the event that everything is that a plain client sends.
	 */
	public static final String EVENT = "message";

	private final JsonValues values;

	/**
	 * Create the protocol.
	 * @param mapper the mapper for values of the application
	 */
	public PlainPubSubProtocol(JsonMapper mapper) {
		Assert.notNull(mapper, "'mapper' must not be null");
		this.values = new JsonValues(mapper);
	}

	@Override
	public String name() {
		return PLAIN;
	}

	/**
	 * {@inheritDoc} Single messages are of the format of their payload.
	 */
	@Override
	public TransferFormat transferFormat() {
		return TransferFormat.TEXT;
	}

	@Override
	public boolean namesGroups() {
		return false;
	}

	@Override
	public boolean reliable() {
		return false;
	}

	@Override
	public byte[] tail(long sequenceId) {
		throw new UnsupportedOperationException("Messages of plain clients have no number");
	}

	@Override
	public EncodedBody encode(ServerMessage message) {
		if (message instanceof ServerMessage.Data data) {
			return encode(data.dataType(), data.payload());
		}
		return EncodedBody.text(this.values.encode((ServerMessage.Invocation) message));
	}

	private EncodedBody encode(DataType dataType, @Nullable Object payload) {
		return switch (dataType) {
			case TEXT -> EncodedBody.text(((payload != null) ? (String) payload : "").getBytes(StandardCharsets.UTF_8));
			case JSON -> EncodedBody.text(this.values.encode(payload));
			case BINARY, PROTOBUF -> EncodedBody.binary((payload != null) ? (byte[]) payload : new byte[0]);
		};
	}

	/**
	 * {@inheritDoc} Plain clients are told nothing but data.
	 */
	@Override
	public @Nullable EncodedBody encode(DownstreamMessage message) {
		return null;
	}

	@Override
	public UpstreamMessage decode(ByteBuffer message, TransferFormat format) {
		MessageBytes bytes = MessageBytes.of(message);
		if (format == TransferFormat.BINARY) {
			return new EventMessage(EVENT, DataType.BINARY, bytes.copy(), Map.of(), null);
		}
		if (!Utf8.isValid(bytes.array(), bytes.start(), bytes.end())) {
			throw Violations.malformed("UTF-8");
		}
		String text = new String(bytes.array(), bytes.start(), bytes.end() - bytes.start(), StandardCharsets.UTF_8);
		return new EventMessage(EVENT, DataType.TEXT, text, Map.of(), null);
	}

}
