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
import java.util.List;
import java.util.Map;

import dev.realtime.protocol.InvocationBinder;
import org.jspecify.annotations.Nullable;

/**
 * Makes messages of MessagePack arrays (hub protocol, "MessagePack protocol"). Items that
 * a message has in addition are ignored.
 */
final class MessagePackMessageReader {

	private final MessagePackPayloadReader payloads;

	MessagePackMessageReader(MessagePackPayloadReader payloads) {
		this.payloads = payloads;
	}

	/**
	 * Read a message.
	 * @param array the array that holds it
	 * @param start the index of its first byte
	 * @param end the index after its last byte
	 * @param binder knows the types of the values
	 * @return the message, or {@code null} if it is of an unknown type
	 * @throws HubProtocolException if the message is malformed
	 */
	@Nullable HubMessage read(byte[] array, int start, int end, InvocationBinder binder) {
		MessagePackItems items = new MessagePackItems(array, start, end);
		HubMessageType type = HubMessageType.of(items.readInt("messageType"));
		if (type == null) {
			return null;
		}
		return switch (type) {
			case INVOCATION -> invocation(items, false, binder);
			case STREAM_INVOCATION -> invocation(items, true, binder);
			case STREAM_ITEM -> streamItem(items, binder);
			case COMPLETION -> completion(items, binder);
			case CANCEL_INVOCATION ->
				new CancelInvocationMessage(items.readHeaders(), invocationId(items, "CancelInvocation"));
			case PING -> PingMessage.INSTANCE;
			case CLOSE -> new CloseMessage(items.readNullableString("error"),
					items.hasNext() && items.readBoolean("allowReconnect"));
			case ACK -> new AckMessage(items.readLong("sequenceId"));
			case SEQUENCE -> new SequenceMessage(items.readLong("sequenceId"));
		};
	}

	private HubMessage invocation(MessagePackItems items, boolean streaming, InvocationBinder binder) {
		String name = streaming ? "StreamInvocation" : "Invocation";
		Map<String, String> headers = items.readHeaders();
		String id = streaming ? invocationId(items, name) : optionalInvocationId(items);
		String target = notEmpty(items.readString("target"), "target", name);
		int provided = items.readArrayHeader("arguments");
		List<Type> types = binder.parameterTypes(target);
		if (types == null) {
			return new InvocationBindingFailureMessage(headers, id, target, streaming, ProtocolErrors.UNKNOWN_METHOD,
					true, null);
		}
		if (provided != types.size()) {
			return new InvocationBindingFailureMessage(headers, id, target, streaming,
					ProtocolErrors.argumentCount(provided, types.size()), false, null);
		}
		@Nullable Object[] arguments;
		try {
			arguments = this.payloads.read(items, types);
		}
		catch (RuntimeException | Error ex) {
			return new InvocationBindingFailureMessage(headers, id, target, streaming, ProtocolErrors.BINDING_ARGUMENTS,
					false, ex);
		}
		List<String> streamIds = items.hasNext() ? items.readStreamIds() : List.of();
		return (streaming && id != null) ? new StreamInvocationMessage(headers, id, target, arguments, streamIds)
				: new InvocationMessage(headers, id, target, arguments, streamIds);
	}

	private HubMessage streamItem(MessagePackItems items, InvocationBinder binder) {
		Map<String, String> headers = items.readHeaders();
		String id = invocationId(items, "StreamItem");
		items.startValue("item");
		Type type = binder.streamItemType(id);
		try {
			return new StreamItemMessage(headers, id, (type != null) ? this.payloads.read(items, type) : null);
		}
		catch (RuntimeException | Error ex) {
			return new StreamBindingFailureMessage(id, ex);
		}
	}

	private HubMessage completion(MessagePackItems items, InvocationBinder binder) {
		Map<String, String> headers = items.readHeaders();
		String id = invocationId(items, "Completion");
		return switch (items.readInt("resultKind")) {
			case MessagePackResultKind.ERROR ->
				new CompletionMessage(headers, id, items.readString("error"), null, false);
			case MessagePackResultKind.VOID -> new CompletionMessage(headers, id, null, null, false);
			case MessagePackResultKind.RESULT -> result(items, headers, id, binder);
			default -> throw new HubProtocolException(ProtocolErrors.RESULT_KIND);
		};
	}

	private HubMessage result(MessagePackItems items, Map<String, String> headers, String id, InvocationBinder binder) {
		items.startValue("result");
		Type type = binder.resultType(id);
		try {
			return new CompletionMessage(headers, id, null, (type != null) ? this.payloads.read(items, type) : null,
					true);
		}
		catch (RuntimeException | Error ex) {
			return new CompletionBindingFailureMessage(id, ex);
		}
	}

	private static @Nullable String optionalInvocationId(MessagePackItems items) {
		String id = items.readString("invocationId");
		return !id.isEmpty() ? id : null;
	}

	private static String invocationId(MessagePackItems items, String message) {
		return notEmpty(items.readString("invocationId"), "invocation ID", message);
	}

	private static String notEmpty(String value, String item, String message) {
		if (value.isEmpty()) {
			throw new HubProtocolException(ProtocolErrors.empty(item, message));
		}
		return value;
	}

}
