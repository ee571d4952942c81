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

import java.util.List;
import java.util.Map;

import dev.realtime.protocol.ServerMessage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes Protocol Buffers of messages (protobuf protocol, {@code DownstreamMessage}). The
 * length of a message comes first, so where a number is to follow, its size has to be
 * known: it is padded to {@value #TAIL_SIZE} bytes, as varints may be.
 */
final class ProtobufPubSubWriter {

	private static final int ACK = 1;

	private static final int DATA = 2;

	private static final int SYSTEM = 3;

	private static final int PONG = 4;

	private static final int INVOKE_RESPONSE = 5;

	private static final int STREAM_ACK = 6;

	private static final int STREAM_NACK = 7;

	private static final int STREAM_CLOSED = 8;

	private static final int GROUP_STATE_UPDATE = 9;

	private static final int GROUP_STATE_SNAPSHOT = 10;

	private static final int DATA_SEQUENCE_ID = 4;

	private static final int GROUP_STATE_SEQUENCE_ID = 3;

	private static final int TAIL_SIZE = 9;

	private final JsonValues values;

	private final boolean open;

	/**
	 * Create a writer.
	 * @param mapper the mapper for values of the application
	 * @param open whether a number follows numbered messages
	 */
	ProtobufPubSubWriter(JsonMapper mapper, boolean open) {
		this.values = new JsonValues(mapper);
		this.open = open;
	}

	byte[] write(ServerMessage message) {
		ProtobufMessage written = new ProtobufMessage();
		if (message instanceof ServerMessage.Data data) {
			written.string(1, data.from()).optionalString(2, data.group());
			written.message(3, ProtobufPayloads.write(data.dataType(), data.payload(), this.values));
			written.strings(5, data.metadata()).message(6, stream(data.stream()));
		}
		else if (message instanceof ServerMessage.Invocation invocation) {
			String group = invocation.group();
			written.string(1, (group != null) ? "group" : "server").optionalString(2, group);
			written.message(3, ProtobufPayloads.write(this.values.encode(invocation)));
		}
		return this.open ? written.asOpenField(DATA, DATA_SEQUENCE_ID, TAIL_SIZE) : written.asField(DATA);
	}

	private static @Nullable ProtobufMessage stream(ServerMessage.@Nullable StreamFragment stream) {
		if (stream == null) {
			return null;
		}
		ProtobufMessage written = new ProtobufMessage().string(1, stream.streamId())
			.number(2, stream.sequenceId())
			.flag(3, stream.endOfStream());
		ServerMessage.StreamError error = stream.error();
		if (error != null) {
			written.message(4,
					new ProtobufMessage().string(1, error.name())
						.optionalString(2, error.message())
						.optionalString(3, error.userErrorCode()));
		}
		return written;
	}

	byte[] write(DownstreamMessage message) {
		return switch (message.type()) {
			case ACK -> ack((AckMessage) message).asField(ACK);
			case CONNECTED -> connected((ConnectedMessage) message).asField(SYSTEM);
			case DISCONNECTED -> disconnected((DisconnectedMessage) message).asField(SYSTEM);
			case PONG -> new ProtobufMessage().asField(PONG);
			case INVOKE_RESPONSE -> invokeResponse((InvokeResponseMessage) message).asField(INVOKE_RESPONSE);
			case STREAM_ACK -> streamAck((StreamAckMessage) message).asField(STREAM_ACK);
			case STREAM_NACK -> streamNack((StreamNackMessage) message).asField(STREAM_NACK);
			case STREAM_CLOSED -> streamClosed((StreamClosedMessage) message).asField(STREAM_CLOSED);
			case GROUP_STATE_SNAPSHOT -> {
				GroupStateSnapshotMessage snapshot = (GroupStateSnapshotMessage) message;
				yield groupState(GROUP_STATE_SNAPSHOT, snapshot.group(), snapshot.items());
			}
			case GROUP_STATE_UPDATE -> {
				GroupStateUpdateMessage update = (GroupStateUpdateMessage) message;
				yield groupState(GROUP_STATE_UPDATE, update.group(), update.items());
			}
		};
	}

	private static ProtobufMessage ack(AckMessage ack) {
		return new ProtobufMessage().number(1, ack.ackId()).flag(2, ack.error() == null).message(3, error(ack.error()));
	}

	private static ProtobufMessage connected(ConnectedMessage connected) {
		String userId = connected.userId();
		return new ProtobufMessage().message(1,
				new ProtobufMessage().string(1, connected.connectionId())
					.string(2, (userId != null) ? userId : "")
					.optionalString(3, connected.reconnectionToken()));
	}

	private static ProtobufMessage disconnected(DisconnectedMessage disconnected) {
		return new ProtobufMessage().message(2, new ProtobufMessage().string(2, disconnected.message()));
	}

	private ProtobufMessage invokeResponse(InvokeResponseMessage response) {
		ProtobufMessage written = new ProtobufMessage().string(1, response.invocationId())
			.flag(2, response.error() == null);
		if (response.dataType() != null) {
			written.message(3, ProtobufPayloads.write(response.dataType(), response.payload(), this.values));
		}
		return written.message(4, error(response.error())).strings(5, response.metadata());
	}

	private static ProtobufMessage streamAck(StreamAckMessage ack) {
		return new ProtobufMessage().string(1, ack.streamId()).number(2, ack.expectedSequenceId());
	}

	private static ProtobufMessage streamNack(StreamNackMessage nack) {
		return new ProtobufMessage().string(1, nack.streamId())
			.string(2, nack.name())
			.string(3, nack.message())
			.number(4, nack.expectedSequenceId());
	}

	private static ProtobufMessage streamClosed(StreamClosedMessage closed) {
		return new ProtobufMessage().string(1, closed.streamId()).message(2, error(closed.error()));
	}

	private byte[] groupState(int type, String group, List<GroupStateItem> items) {
		ProtobufMessage written = new ProtobufMessage().string(1, group);
		for (GroupStateItem item : items) {
			written.message(2,
					new ProtobufMessage().string(1, item.connectionId())
						.optionalString(2, item.userId())
						.message(3, state(item.state()))
						.number(4, item.updatedAt()));
		}
		return this.open ? written.asOpenField(type, GROUP_STATE_SEQUENCE_ID, TAIL_SIZE) : written.asField(type);
	}

	private static @Nullable ProtobufMessage state(@Nullable Map<String, String> state) {
		return (state != null) ? new ProtobufMessage().strings(1, state) : null;
	}

	private static @Nullable ProtobufMessage error(@Nullable PubSubError error) {
		return (error != null) ? new ProtobufMessage().string(1, error.name()).string(2, error.message()) : null;
	}

	/**
	 * Write the number of a message that is numbered.
	 * @param sequenceId the number, of at most 63 bits
	 * @return the rest of the message
	 */
	static byte[] tail(long sequenceId) {
		byte[] tail = new byte[TAIL_SIZE];
		for (int i = 0; i < TAIL_SIZE; i++) {
			tail[i] = (byte) (sequenceId >>> 7 * i | 0x80);
		}
		tail[TAIL_SIZE - 1] &= 0x7F;
		return tail;
	}

}
