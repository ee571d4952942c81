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

import java.util.Locale;
import java.util.Map;

import dev.realtime.protocol.Utf8;
import dev.realtime.protocol.json.JsonNames;
import dev.realtime.protocol.json.JsonScanner;
import dev.realtime.protocol.json.MalformedJsonException;
import dev.realtime.protocol.webpubsub.StreamEndMessage.UserError;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/**
 * Makes messages of JSON (JSON protocol, "client to service"). What no message of a type
 * has is ignored.
 */
final class JsonPubSubReader {

	private static final JsonNames NAMES = new JsonNames("type", "group", "event", "dataType", "data", "ackId",
			"noEcho", "ttlSeconds", "metadata", "stream", "sequenceId", "invocationId", "target", "streamId",
			"streamSequenceId", "error", "state");

	private static final int TYPE = 0;

	private static final int GROUP = 1;

	private static final int EVENT = 2;

	private static final int DATA_TYPE = 3;

	private static final int DATA = 4;

	private static final int ACK_ID = 5;

	private static final int NO_ECHO = 6;

	private static final int TTL_SECONDS = 7;

	private static final int METADATA = 8;

	private static final int STREAM = 9;

	private static final int SEQUENCE_ID = 10;

	private static final int INVOCATION_ID = 11;

	private static final int TARGET = 12;

	private static final int STREAM_ID = 13;

	private static final int STREAM_SEQUENCE_ID = 14;

	private static final int ERROR = 15;

	private static final int STATE = 16;

	private static final JsonNames STREAM_NAMES = new JsonNames("streamId", "idleTimeoutMs");

	private static final JsonNames ERROR_NAMES = new JsonNames("name", "message", "userErrorCode");

	private JsonPubSubReader() {
	}

	/**
	 * Read a message.
	 * @param array the array that holds it
	 * @param start the index of its first byte
	 * @param end the index after its last byte
	 * @return the message
	 * @throws PubSubProtocolException if the protocol does not allow it
	 */
	static UpstreamMessage read(byte[] array, int start, int end) {
		if (!Utf8.isValid(array, start, end)) {
			throw Violations.malformed("UTF-8");
		}
		try {
			JsonScanner scanner = new JsonScanner(array, start, end);
			if (scanner.peek() != JsonToken.START_OBJECT) {
				throw new PubSubProtocolException("The message is not a JSON object.");
			}
			JsonMembers members = JsonMembers.read(array, scanner, NAMES);
			scanner.finish();
			return message(members);
		}
		catch (MalformedJsonException ex) {
			throw Violations.malformed("JSON");
		}
	}

	private static UpstreamMessage message(JsonMembers members) {
		String type = Requirements.required("type", members.string(TYPE));
		return switch (type.toLowerCase(Locale.ROOT)) {
			case "joingroup" -> new JoinGroupMessage(group(members), members.unsigned(ACK_ID));
			case "leavegroup" -> new LeaveGroupMessage(group(members), members.unsigned(ACK_ID));
			case "sendtogroup" -> members.has(STREAM) ? streamStart(members) : sendToGroup(members);
			case "event" -> event(members);
			case "ping" -> PingMessage.INSTANCE;
			case "sequenceack" -> new SequenceAckMessage(sequenceId(members));
			case "invoke" -> invoke(members);
			case "cancelinvocation" -> new CancelInvocationMessage(id(INVOCATION_ID, members));
			case "streamdata" -> streamData(members);
			case "streamend" -> new StreamEndMessage(id(STREAM_ID, members), userError(members));
			case "setgroupstate" ->
				new SetGroupStateMessage(group(members), members.strings(STATE), members.unsigned(ACK_ID));
			case "subscribegroupstate" -> new SubscribeGroupStateMessage(group(members), members.unsigned(ACK_ID));
			case "unsubscribegroupstate" -> new UnsubscribeGroupStateMessage(group(members), members.unsigned(ACK_ID));
			default -> throw Violations.unknownType();
		};
	}

	private static UpstreamMessage sendToGroup(JsonMembers members) {
		String group = group(members);
		Map<String, String> metadata = metadata(members);
		Payload payload = Requirements.payload(payload(members), metadata);
		return new SendToGroupMessage(group, payload.dataType(), payload.value(), members.flag(NO_ECHO),
				Requirements.ttlSeconds(members.integer(TTL_SECONDS)), metadata, members.unsigned(ACK_ID));
	}

	private static UpstreamMessage streamStart(JsonMembers members) {
		JsonMembers stream = Requirements.required("stream", members.object(STREAM, STREAM_NAMES));
		return new StreamStartMessage(group(members), members.flag(NO_ECHO), id(0, stream), stream.integer(1));
	}

	private static UpstreamMessage event(JsonMembers members) {
		String event = Requirements.event(members.string(EVENT));
		Map<String, String> metadata = metadata(members);
		Payload payload = Requirements.payload(payload(members), metadata);
		return new EventMessage(event, payload.dataType(), payload.value(), metadata, members.unsigned(ACK_ID));
	}

	private static UpstreamMessage invoke(JsonMembers members) {
		String id = id(INVOCATION_ID, members);
		String target = members.string(TARGET);
		if (target != null && !target.equals("event")) {
			throw Violations.invalid("target");
		}
		String event = Requirements.event(members.string(EVENT));
		Payload payload = payload(members);
		if (payload == null) {
			payload = Payload.EMPTY;
		}
		return new InvokeMessage(id, event, payload.dataType(), payload.value(), metadata(members));
	}

	private static UpstreamMessage streamData(JsonMembers members) {
		String id = id(STREAM_ID, members);
		if (!members.has(STREAM_SEQUENCE_ID) && !members.has(DATA_TYPE) && !members.has(DATA)) {
			return new StreamKeepAliveMessage(id);
		}
		long sequenceId = Requirements.required("streamSequenceId", members.unsigned(STREAM_SEQUENCE_ID));
		Payload payload = Requirements.required("data", payload(members));
		return new StreamDataMessage(id, sequenceId, payload.dataType(), payload.value());
	}

	private static @Nullable UserError userError(JsonMembers members) {
		JsonMembers error = members.object(ERROR, ERROR_NAMES);
		if (error == null) {
			return null;
		}
		if (error.has(0)) {
			throw Violations.unwanted("error.name");
		}
		return new UserError(error.string(1), error.string(2));
	}

	// some clients are told to write it as a string
	private static long sequenceId(JsonMembers members) {
		if (members.isString(SEQUENCE_ID)) {
			try {
				return Long.parseUnsignedLong(members.string(SEQUENCE_ID, "a number"));
			}
			catch (NumberFormatException ex) {
				throw Violations.invalid("sequenceId");
			}
		}
		return Requirements.required("sequenceId", members.unsigned(SEQUENCE_ID));
	}

	private static String group(JsonMembers members) {
		return Requirements.group(members.string(GROUP));
	}

	private static String id(int index, JsonMembers members) {
		return Requirements.id(members.name(index), members.string(index));
	}

	private static Map<String, String> metadata(JsonMembers members) {
		Map<String, String> metadata = members.strings(METADATA);
		return (metadata != null) ? Requirements.metadata(metadata) : Map.of();
	}

	private static @Nullable Payload payload(JsonMembers members) {
		return JsonPayloads.read(members, DATA_TYPE, DATA);
	}

}
