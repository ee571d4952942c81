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

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import dev.realtime.protocol.ServerMessage;
import dev.realtime.protocol.ServerMessage.DataType;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes JSON of messages (JSON protocol, "service to client"). Members come in the order
 * of the protocol and there are no others: clients compare whole messages. Messages that
 * are numbered end without the closing brace where a number is to follow.
 */
final class JsonPubSubWriter {

	private static final int EXPECTED_SIZE = 192;

	private static final byte[] PONG = "{\"type\":\"pong\"}".getBytes(StandardCharsets.US_ASCII);

	private final JsonValues values;

	private final boolean open;

	/**
	 * Create a writer.
	 * @param mapper the mapper for values of the application
	 * @param open whether a number follows numbered messages
	 */
	JsonPubSubWriter(JsonMapper mapper, boolean open) {
		this.values = new JsonValues(mapper);
		this.open = open;
	}

	byte[] write(ServerMessage message) {
		if (message instanceof ServerMessage.Data data) {
			return write(data);
		}
		ServerMessage.Invocation invocation = (ServerMessage.Invocation) message;
		byte[] json = this.values.encode(invocation);
		JsonOutput output = new JsonOutput(EXPECTED_SIZE + json.length);
		writeOrigin(invocation.group(), null, output);
		output.raw(",\"dataType\":\"json\",\"data\":").raw(json);
		return end(output);
	}

	private byte[] write(ServerMessage.Data data) {
		JsonOutput output = new JsonOutput(EXPECTED_SIZE);
		writeOrigin(data.group(), data.fromUserId(), output);
		writePayload(data.dataType(), data.payload(), output);
		if (!data.metadata().isEmpty()) {
			output.raw(",\"metadata\":").strings(data.metadata());
		}
		ServerMessage.StreamFragment stream = data.stream();
		if (stream != null) {
			writeStream(stream, output);
		}
		return end(output);
	}

	private static void writeOrigin(@Nullable String group, @Nullable String fromUserId, JsonOutput output) {
		if (group != null) {
			output.raw("{\"type\":\"message\",\"from\":\"group\",\"group\":").string(group);
		}
		else {
			output.raw("{\"type\":\"message\",\"from\":\"server\"");
		}
		writeOptional(",\"fromUserId\":", fromUserId, output);
	}

	private void writePayload(DataType dataType, @Nullable Object payload, JsonOutput output) {
		output.raw(",\"dataType\":\"").raw(dataType.wireName()).raw("\",\"data\":");
		switch (dataType) {
			case TEXT -> output.string((payload != null) ? (String) payload : "");
			case JSON -> output.raw(this.values.encode(payload));
			case BINARY, PROTOBUF -> output.base64((payload != null) ? (byte[]) payload : new byte[0]);
		}
	}

	private static void writeStream(ServerMessage.StreamFragment stream, JsonOutput output) {
		output.raw(",\"stream\":{\"streamId\":").string(stream.streamId());
		output.raw(",\"streamSequenceId\":").unsigned(stream.sequenceId());
		if (stream.endOfStream()) {
			output.raw(",\"endOfStream\":true");
		}
		ServerMessage.StreamError error = stream.error();
		if (error != null) {
			output.raw(",\"error\":{\"name\":").string(error.name());
			writeOptional(",\"message\":", error.message(), output);
			writeOptional(",\"userErrorCode\":", error.userErrorCode(), output);
			output.raw("}");
		}
		output.raw("}");
	}

	private byte[] end(JsonOutput output) {
		return (this.open ? output : output.raw("}")).toByteArray();
	}

	byte[] write(DownstreamMessage message) {
		return switch (message.type()) {
			case ACK -> ack((AckMessage) message);
			case CONNECTED -> connected((ConnectedMessage) message);
			case DISCONNECTED -> disconnected((DisconnectedMessage) message);
			case PONG -> PONG;
			case INVOKE_RESPONSE -> invokeResponse((InvokeResponseMessage) message);
			case STREAM_ACK -> streamAck((StreamAckMessage) message);
			case STREAM_NACK -> streamNack((StreamNackMessage) message);
			case STREAM_CLOSED -> streamClosed((StreamClosedMessage) message);
			case GROUP_STATE_SNAPSHOT -> {
				GroupStateSnapshotMessage snapshot = (GroupStateSnapshotMessage) message;
				yield groupState("groupStateSnapshot", snapshot.group(), snapshot.items());
			}
			case GROUP_STATE_UPDATE -> {
				GroupStateUpdateMessage update = (GroupStateUpdateMessage) message;
				yield groupState("groupStateUpdate", update.group(), update.items());
			}
		};
	}

	private static byte[] ack(AckMessage ack) {
		JsonOutput output = new JsonOutput(EXPECTED_SIZE);
		output.raw("{\"type\":\"ack\",\"ackId\":").unsigned(ack.ackId());
		writeOutcome(ack.error(), output);
		return output.raw("}").toByteArray();
	}

	private static byte[] connected(ConnectedMessage connected) {
		JsonOutput output = new JsonOutput(EXPECTED_SIZE)
			.raw("{\"type\":\"system\",\"event\":\"connected\",\"userId\":");
		String userId = connected.userId();
		if (userId != null) {
			output.string(userId);
		}
		else {
			output.raw("null");
		}
		output.raw(",\"connectionId\":").string(connected.connectionId());
		writeOptional(",\"reconnectionToken\":", connected.reconnectionToken(), output);
		return output.raw("}").toByteArray();
	}

	private static byte[] disconnected(DisconnectedMessage disconnected) {
		return new JsonOutput(EXPECTED_SIZE).raw("{\"type\":\"system\",\"event\":\"disconnected\",\"message\":")
			.string(disconnected.message())
			.raw("}")
			.toByteArray();
	}

	private byte[] invokeResponse(InvokeResponseMessage response) {
		JsonOutput output = new JsonOutput(EXPECTED_SIZE);
		output.raw("{\"type\":\"invokeResponse\",\"invocationId\":").string(response.invocationId());
		writeOutcome(response.error(), output);
		if (response.dataType() != null) {
			writePayload(response.dataType(), response.payload(), output);
		}
		return output.raw("}").toByteArray();
	}

	private static byte[] streamAck(StreamAckMessage ack) {
		return new JsonOutput(EXPECTED_SIZE).raw("{\"type\":\"streamAck\",\"streamId\":")
			.string(ack.streamId())
			.raw(",\"expectedSequenceId\":")
			.unsigned(ack.expectedSequenceId())
			.raw("}")
			.toByteArray();
	}

	private static byte[] streamNack(StreamNackMessage nack) {
		JsonOutput output = new JsonOutput(EXPECTED_SIZE);
		output.raw("{\"type\":\"streamNack\",\"streamId\":").string(nack.streamId());
		output.raw(",\"name\":").string(nack.name()).raw(",\"message\":").string(nack.message());
		output.raw(",\"expectedSequenceId\":").unsigned(nack.expectedSequenceId());
		return output.raw("}").toByteArray();
	}

	private static byte[] streamClosed(StreamClosedMessage closed) {
		JsonOutput output = new JsonOutput(EXPECTED_SIZE);
		output.raw("{\"type\":\"streamClosed\",\"streamId\":").string(closed.streamId());
		writeError(closed.error(), output);
		return output.raw("}").toByteArray();
	}

	private byte[] groupState(String type, String group, List<GroupStateItem> items) {
		JsonOutput output = new JsonOutput(EXPECTED_SIZE);
		output.raw("{\"type\":\"").raw(type).raw("\",\"group\":").string(group).raw(",\"items\":[");
		String separator = "";
		for (GroupStateItem item : items) {
			output.raw(separator).raw("{\"connectionId\":").string(item.connectionId());
			writeOptional(",\"userId\":", item.userId(), output);
			Map<String, String> state = item.state();
			if (state != null) {
				output.raw(",\"state\":").strings(state);
			}
			output.raw(",\"updatedAt\":").raw(Long.toString(item.updatedAt())).raw("}");
			separator = ",";
		}
		return end(output.raw("]"));
	}

	private static void writeOutcome(@Nullable PubSubError error, JsonOutput output) {
		output.raw((error != null) ? ",\"success\":false" : ",\"success\":true");
		writeError(error, output);
	}

	private static void writeError(@Nullable PubSubError error, JsonOutput output) {
		if (error != null) {
			output.raw(",\"error\":{\"name\":").string(error.name());
			output.raw(",\"message\":").string(error.message()).raw("}");
		}
	}

	private static void writeOptional(String name, @Nullable String value, JsonOutput output) {
		if (value != null) {
			output.raw(name).string(value);
		}
	}

	/**
	 * Write what closes a message that is numbered.
	 * @param sequenceId the unsigned number
	 * @return the rest of the message
	 */
	static byte[] tail(long sequenceId) {
		return (",\"sequenceId\":" + Long.toUnsignedString(sequenceId) + "}").getBytes(StandardCharsets.US_ASCII);
	}

}
