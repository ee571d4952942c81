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

import java.util.Map;

import dev.realtime.protocol.webpubsub.StreamEndMessage.UserError;
import org.jspecify.annotations.Nullable;

/**
 * Makes messages of Protocol Buffers (protobuf protocol, {@code UpstreamMessage}).
 */
final class ProtobufPubSubReader {

	private static final int SEND_TO_GROUP = 1;

	private static final int EVENT = 5;

	private static final int JOIN_GROUP = 6;

	private static final int LEAVE_GROUP = 7;

	private static final int SEQUENCE_ACK = 8;

	private static final int PING = 9;

	private static final int INVOKE_EVENT = 10;

	private static final int CANCEL_INVOCATION = 11;

	private static final int STREAM_DATA = 13;

	private static final int STREAM_END = 14;

	private static final int SET_GROUP_STATE = 15;

	private static final int SUBSCRIBE_GROUP_STATE = 16;

	private static final int UNSUBSCRIBE_GROUP_STATE = 17;

	private static final int TYPES = ProtobufFields.known(SEND_TO_GROUP, EVENT, JOIN_GROUP, LEAVE_GROUP, SEQUENCE_ACK,
			PING, INVOKE_EVENT, CANCEL_INVOCATION, STREAM_DATA, STREAM_END, SET_GROUP_STATE, SUBSCRIBE_GROUP_STATE,
			UNSUBSCRIBE_GROUP_STATE);

	// no message has more
	private static final int FIELDS = ProtobufFields.known(1, 2, 3, 4, 5, 6, 7);

	private ProtobufPubSubReader() {
	}

	/**
	 * Read a message.
	 * @param message the bytes of it
	 * @return the message
	 * @throws PubSubProtocolException if the protocol does not allow it
	 */
	static UpstreamMessage read(MessageBytes message) {
		ProtobufFields types = ProtobufFields.read(message.array(), message.start(), message.end(), TYPES);
		ProtobufFields fields = types.message(types.last(), FIELDS);
		if (fields == null) {
			throw Violations.unknownType();
		}
		return switch (types.last()) {
			case SEND_TO_GROUP -> fields.has(7) ? streamStart(fields) : sendToGroup(fields);
			case EVENT -> event(fields);
			case JOIN_GROUP -> new JoinGroupMessage(group(fields), fields.unsigned(2));
			case LEAVE_GROUP -> new LeaveGroupMessage(group(fields), fields.unsigned(2));
			case SEQUENCE_ACK -> new SequenceAckMessage(orZero(fields.unsigned(1)));
			case PING -> PingMessage.INSTANCE;
			case INVOKE_EVENT -> invoke(fields);
			case CANCEL_INVOCATION -> new CancelInvocationMessage(id("invocationId", 1, fields));
			case STREAM_DATA -> streamData(fields);
			case STREAM_END -> new StreamEndMessage(id("streamId", 1, fields), userError(fields));
			case SET_GROUP_STATE -> new SetGroupStateMessage(group(fields), state(fields), fields.unsigned(2));
			case SUBSCRIBE_GROUP_STATE -> new SubscribeGroupStateMessage(group(fields), fields.unsigned(2));
			case UNSUBSCRIBE_GROUP_STATE -> new UnsubscribeGroupStateMessage(group(fields), fields.unsigned(2));
			default -> throw Violations.unknownType();
		};
	}

	private static UpstreamMessage sendToGroup(ProtobufFields fields) {
		String group = group(fields);
		Map<String, String> metadata = Requirements.metadata(fields.strings(6));
		Payload payload = Requirements.payload(ProtobufPayloads.read(fields, 3), metadata);
		return new SendToGroupMessage(group, payload.dataType(), payload.value(), fields.flag(4),
				Requirements.ttlSeconds(fields.unsigned32(5)), metadata, fields.unsigned(2));
	}

	private static UpstreamMessage streamStart(ProtobufFields fields) {
		ProtobufFields stream = Requirements.required("stream", fields.message(7, FIELDS));
		return new StreamStartMessage(group(fields), fields.flag(4), id("streamId", 1, stream), stream.unsigned32(2));
	}

	private static UpstreamMessage event(ProtobufFields fields) {
		refuseStream(5, fields);
		String event = Requirements.event(fields.string(1));
		Map<String, String> metadata = Requirements.metadata(fields.strings(4));
		Payload payload = Requirements.payload(ProtobufPayloads.read(fields, 2), metadata);
		return new EventMessage(event, payload.dataType(), payload.value(), metadata, fields.unsigned(3));
	}

	private static UpstreamMessage invoke(ProtobufFields fields) {
		refuseStream(5, fields);
		String id = id("invocationId", 2, fields);
		String event = Requirements.event(fields.string(1));
		Payload payload = ProtobufPayloads.read(fields, 3);
		if (payload == null) {
			payload = Payload.EMPTY;
		}
		return new InvokeMessage(id, event, payload.dataType(), payload.value(),
				Requirements.metadata(fields.strings(4)));
	}

	// the schema has streams of events, the protocol does not
	private static void refuseStream(int number, ProtobufFields fields) {
		if (fields.has(number)) {
			throw Violations.unwanted("stream");
		}
	}

	private static UpstreamMessage streamData(ProtobufFields fields) {
		String id = id("streamId", 1, fields);
		Long sequenceId = fields.unsigned(2);
		if (sequenceId == null && !fields.has(3)) {
			return new StreamKeepAliveMessage(id);
		}
		sequenceId = Requirements.required("streamSequenceId", sequenceId);
		Payload payload = Requirements.required("data", ProtobufPayloads.read(fields, 3));
		return new StreamDataMessage(id, sequenceId, payload.dataType(), payload.value());
	}

	private static @Nullable UserError userError(ProtobufFields fields) {
		ProtobufFields error = fields.message(2, FIELDS);
		return (error != null) ? new UserError(error.string(1), error.string(2)) : null;
	}

	private static @Nullable Map<String, String> state(ProtobufFields fields) {
		ProtobufFields state = fields.message(3, FIELDS);
		return (state != null) ? state.strings(1) : null;
	}

	private static String group(ProtobufFields fields) {
		return Requirements.group(fields.string(1));
	}

	private static String id(String name, int number, ProtobufFields fields) {
		return Requirements.id(name, fields.string(number));
	}

	private static long orZero(@Nullable Long value) {
		return (value != null) ? value : 0;
	}

}
