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

package dev.realtime.backplane;

import dev.realtime.backplane.BackplaneMessage.Answer;
import dev.realtime.backplane.BackplaneMessage.ClientCall;
import dev.realtime.backplane.BackplaneMessage.ClientCallCancelled;
import dev.realtime.backplane.BackplaneMessage.Delivery;
import dev.realtime.backplane.BackplaneMessage.Failure;
import dev.realtime.backplane.BackplaneMessage.FailureKind;
import dev.realtime.backplane.BackplaneMessage.GroupStateChange;
import dev.realtime.backplane.BackplaneMessage.Operation;
import dev.realtime.backplane.BackplaneMessage.Request;
import dev.realtime.backplane.BackplaneMessage.Rows;
import dev.realtime.backplane.BackplaneMessage.TargetKind;

/**
 * The wire format of {@link BackplaneMessage}s: a byte for the version, a byte for the
 * kind, then the components of the record in order.
 *
 * @see BackplaneOutput
 */
final class BackplaneCodec {

	private static final int VERSION = 1;

	private static final int DELIVERY = 1;

	private static final int REQUEST = 2;

	private static final int CLIENT_CALL = 3;

	private static final int CLIENT_CALL_CANCELLED = 4;

	private static final int ROWS = 5;

	private static final int ANSWER = 6;

	private static final int FAILURE = 7;

	private static final int GROUP_STATE_CHANGE = 8;

	private BackplaneCodec() {
	}

	static byte[] encode(BackplaneMessage message) {
		BackplaneOutput out = new BackplaneOutput();
		out.writeByte(VERSION);
		if (message instanceof Delivery delivery) {
			write(delivery, out);
		}
		else if (message instanceof Request request) {
			write(request, out);
		}
		else if (message instanceof ClientCall call) {
			write(call, out);
		}
		else if (message instanceof GroupStateChange change) {
			write(change, out);
		}
		else if (message instanceof ClientCallCancelled cancelled) {
			out.writeByte(CLIENT_CALL_CANCELLED);
			out.writeString(cancelled.connectionId());
			out.writeString(cancelled.invocationId());
		}
		else {
			write((BackplaneMessage.Response) message, out);
		}
		return out.toByteArray();
	}

	private static void write(Delivery delivery, BackplaneOutput out) {
		out.writeByte(DELIVERY);
		out.writeByte(delivery.kind().ordinal());
		out.writeString(delivery.name());
		out.writeStrings(delivery.excluded());
		out.writeBodies(delivery.slots());
		out.writeByte(delivery.droppable() ? 1 : 0);
		out.writeNumber(delivery.ttlMillis() - Delivery.NO_TTL);
		out.writeNullableString(delivery.filter());
	}

	private static void write(Request request, BackplaneOutput out) {
		out.writeByte(REQUEST);
		out.writeNumber(request.id());
		out.writeString(request.replyTo());
		out.writeByte(request.operation().ordinal());
		out.writeNullableStrings(request.arguments());
	}

	private static void write(ClientCall call, BackplaneOutput out) {
		out.writeByte(CLIENT_CALL);
		out.writeNumber(call.id());
		out.writeString(call.replyTo());
		out.writeString(call.connectionId());
		out.writeString(call.invocationId());
		out.writeSlots(call.slots());
	}

	private static void write(GroupStateChange change, BackplaneOutput out) {
		out.writeByte(GROUP_STATE_CHANGE);
		out.writeString(change.group());
		out.writeString(change.connectionId());
		out.writeNullableString(change.userId());
		out.writeNumber(change.updatedAt());
		out.writeNullableMap(change.state());
	}

	private static void write(BackplaneMessage.Response response, BackplaneOutput out) {
		if (response instanceof Rows rows) {
			out.writeByte(ROWS);
			out.writeNumber(rows.requestId());
			out.writeNumber(rows.rows().size());
			rows.rows().forEach(out::writeNullableStrings);
		}
		else if (response instanceof Answer answer) {
			out.writeByte(ANSWER);
			out.writeNumber(answer.requestId());
			out.writeString(answer.protocol());
			out.writeNullableBytes(answer.result());
		}
		else if (response instanceof Failure failure) {
			out.writeByte(FAILURE);
			out.writeNumber(failure.requestId());
			out.writeByte(failure.kind().ordinal());
			out.writeString(failure.text());
		}
	}

	static BackplaneMessage decode(byte[] bytes) {
		BackplaneInput in = new BackplaneInput(bytes);
		int version = in.readByte();
		if (version != VERSION) {
			throw new MalformedMessageException("Unknown version " + version, null);
		}
		try {
			BackplaneMessage message = read(in.readByte(), in);
			in.expectEnd();
			return message;
		}
		catch (IllegalArgumentException ex) {
			throw new MalformedMessageException("Impossible value", ex);
		}
	}

	private static BackplaneMessage read(int kind, BackplaneInput in) {
		return switch (kind) {
			case DELIVERY -> new Delivery(in.readEnum(TargetKind.values()), in.readString(), in.readStrings(),
					in.readBodies(), in.readBoolean(), in.readNumber() + Delivery.NO_TTL, in.readNullableString());
			case REQUEST -> new Request(in.readNumber(), in.readString(), in.readEnum(Operation.values()),
					in.readNullableStrings());
			case CLIENT_CALL ->
				new ClientCall(in.readNumber(), in.readString(), in.readString(), in.readString(), in.readSlots());
			case CLIENT_CALL_CANCELLED -> new ClientCallCancelled(in.readString(), in.readString());
			case ROWS -> new Rows(in.readNumber(), in.readRows());
			case ANSWER -> new Answer(in.readNumber(), in.readString(), in.readNullableBytes());
			case FAILURE -> new Failure(in.readNumber(), in.readEnum(FailureKind.values()), in.readString());
			case GROUP_STATE_CHANGE -> new GroupStateChange(in.readString(), in.readString(), in.readNullableString(),
					in.readNumber(), in.readNullableMap());
			default -> throw new MalformedMessageException("Unknown kind " + kind, null);
		};
	}

}
