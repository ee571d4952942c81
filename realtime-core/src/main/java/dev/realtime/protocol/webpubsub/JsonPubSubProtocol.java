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

import dev.realtime.protocol.EncodedBody;
import dev.realtime.protocol.ServerMessage;
import dev.realtime.protocol.TransferFormat;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.Assert;

/**
 * The JSON form of the Web PubSub protocol: one JSON object per message of text (JSON
 * protocol). Payloads of JSON go through as they are; values of the application follow
 * the conventions of its mapper, everything else is the protocol's.
 * <p>
 * A {@link ServerMessage.Invocation} is written as JSON data with target and arguments.
 *
 * @since 0.1.0
 */
public final class JsonPubSubProtocol implements PubSubProtocol {

	private final JsonPubSubWriter writer;

	private final boolean reliable;

	private JsonPubSubProtocol(JsonMapper mapper, boolean reliable) {
		Assert.notNull(mapper, "'mapper' must not be null");
		this.writer = new JsonPubSubWriter(mapper, reliable);
		this.reliable = reliable;
	}

	/**
	 * Create the protocol {@value PubSubProtocol#JSON}.
	 * @param mapper the mapper for values of the application
	 */
	public JsonPubSubProtocol(JsonMapper mapper) {
		this(mapper, false);
	}

	/**
	 * Create the protocol {@value PubSubProtocol#RELIABLE_JSON}.
	 * @param mapper the mapper for values of the application
	 * @return the protocol
	 */
	public static JsonPubSubProtocol reliable(JsonMapper mapper) {
		return new JsonPubSubProtocol(mapper, true);
	}

	@Override
	public String name() {
		return this.reliable ? RELIABLE_JSON : JSON;
	}

	@Override
	public TransferFormat transferFormat() {
		return TransferFormat.TEXT;
	}

	@Override
	public boolean reliable() {
		return this.reliable;
	}

	@Override
	public byte[] tail(long sequenceId) {
		if (!this.reliable) {
			throw new UnsupportedOperationException("Messages of " + name() + " have no number");
		}
		return JsonPubSubWriter.tail(sequenceId);
	}

	@Override
	public EncodedBody encode(ServerMessage message) {
		return EncodedBody.text(this.writer.write(message));
	}

	@Override
	public EncodedBody encode(DownstreamMessage message) {
		return EncodedBody.text(this.writer.write(message));
	}

	@Override
	public UpstreamMessage decode(ByteBuffer message, TransferFormat format) {
		if (format != TransferFormat.TEXT) {
			throw PubSubProtocolException.frameFormat(TransferFormat.TEXT);
		}
		MessageBytes bytes = MessageBytes.of(message);
		return JsonPubSubReader.read(bytes.array(), bytes.start(), bytes.end());
	}

}
