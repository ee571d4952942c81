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
 * The form of the Web PubSub protocol in Protocol Buffers: one message per binary message
 * (protobuf protocol). It needs {@code com.google.protobuf:protobuf-java} on the class
 * path. A {@link ServerMessage.Invocation} is written as JSON data with target and
 * arguments.
 *
 * @since 0.1.0
 */
public final class ProtobufPubSubProtocol implements PubSubProtocol {

	private final ProtobufPubSubWriter writer;

	private final boolean reliable;

	private ProtobufPubSubProtocol(JsonMapper mapper, boolean reliable) {
		Assert.notNull(mapper, "'mapper' must not be null");
		this.writer = new ProtobufPubSubWriter(mapper, reliable);
		this.reliable = reliable;
	}

	/**
	 * Create the protocol {@value PubSubProtocol#PROTOBUF}.
	 * @param mapper the mapper for values of the application
	 */
	public ProtobufPubSubProtocol(JsonMapper mapper) {
		this(mapper, false);
	}

	/**
	 * Create the protocol {@value PubSubProtocol#RELIABLE_PROTOBUF}.
	 * @param mapper the mapper for values of the application
	 * @return the protocol
	 */
	public static ProtobufPubSubProtocol reliable(JsonMapper mapper) {
		return new ProtobufPubSubProtocol(mapper, true);
	}

	@Override
	public String name() {
		return this.reliable ? RELIABLE_PROTOBUF : PROTOBUF;
	}

	@Override
	public TransferFormat transferFormat() {
		return TransferFormat.BINARY;
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
		return ProtobufPubSubWriter.tail(sequenceId);
	}

	@Override
	public EncodedBody encode(ServerMessage message) {
		return EncodedBody.binary(this.writer.write(message));
	}

	@Override
	public EncodedBody encode(DownstreamMessage message) {
		return EncodedBody.binary(this.writer.write(message));
	}

	@Override
	public UpstreamMessage decode(ByteBuffer message, TransferFormat format) {
		if (format != TransferFormat.BINARY) {
			throw PubSubProtocolException.frameFormat(TransferFormat.BINARY);
		}
		return ProtobufPubSubReader.read(MessageBytes.of(message));
	}

}
