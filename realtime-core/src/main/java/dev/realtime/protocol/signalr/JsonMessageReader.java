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

import dev.realtime.protocol.InvocationBinder;
import org.jspecify.annotations.Nullable;

/**
 * Makes messages of records (hub protocol, "JSON protocol": reading rules of the server).
 */
final class JsonMessageReader {

	private final JsonPayloadReader payloads;

	JsonMessageReader(JsonPayloadReader payloads) {
		this.payloads = payloads;
	}

	/**
	 * Read a record.
	 * @param array the array that holds it
	 * @param start the index of its first byte
	 * @param end the index of its separator
	 * @param binder knows the types of the values
	 * @return the message, or {@code null} if it is of an unknown type
	 * @throws HubProtocolException if the record is malformed
	 */
	@Nullable HubMessage read(byte[] array, int start, int end, InvocationBinder binder) {
		JsonEnvelope envelope = JsonEnvelope.read(array, start, end);
		HubMessageType type = HubMessageType.of(envelope.type());
		if (type == null) {
			return null;
		}
		return switch (type) {
			case INVOCATION -> invocation(envelope, envelope.invocationId(), false, binder);
			case STREAM_INVOCATION -> invocation(envelope, envelope.requiredInvocationId(), true, binder);
			case STREAM_ITEM -> streamItem(envelope, binder);
			case COMPLETION -> completion(envelope, binder);
			case CANCEL_INVOCATION -> new CancelInvocationMessage(envelope.headers(), envelope.requiredInvocationId());
			case PING -> PingMessage.INSTANCE;
			case CLOSE -> new CloseMessage(envelope.error(), envelope.allowReconnect());
			case ACK -> new AckMessage(envelope.requiredSequenceId());
			case SEQUENCE -> new SequenceMessage(envelope.requiredSequenceId());
		};
	}

	private HubMessage invocation(JsonEnvelope envelope, @Nullable String id, boolean streaming,
			InvocationBinder binder) {
		String target = envelope.requiredTarget();
		JsonSlice values = envelope.requiredArguments();
		List<Type> types = binder.parameterTypes(target);
		if (types == null) {
			return new InvocationBindingFailureMessage(envelope.headers(), id, target, streaming,
					ProtocolErrors.UNKNOWN_METHOD, true, null);
		}
		@Nullable Object[] arguments = new @Nullable Object[types.size()];
		int provided;
		try {
			provided = this.payloads.read(values, types, arguments);
		}
		catch (RuntimeException | Error ex) {
			return new InvocationBindingFailureMessage(envelope.headers(), id, target, streaming,
					ProtocolErrors.BINDING_ARGUMENTS, false, ex);
		}
		if (provided != arguments.length) {
			return new InvocationBindingFailureMessage(envelope.headers(), id, target, streaming,
					ProtocolErrors.argumentCount(provided, arguments.length), false, null);
		}
		return (streaming && id != null)
				? new StreamInvocationMessage(envelope.headers(), id, target, arguments, envelope.streamIds())
				: new InvocationMessage(envelope.headers(), id, target, arguments, envelope.streamIds());
	}

	private HubMessage streamItem(JsonEnvelope envelope, InvocationBinder binder) {
		String id = envelope.requiredInvocationId();
		JsonSlice value = envelope.requiredItem();
		Type type = binder.streamItemType(id);
		try {
			Object item = (type != null) ? this.payloads.read(value, type) : null;
			return new StreamItemMessage(envelope.headers(), id, item);
		}
		catch (RuntimeException | Error ex) {
			return new StreamBindingFailureMessage(id, ex);
		}
	}

	private HubMessage completion(JsonEnvelope envelope, InvocationBinder binder) {
		String id = envelope.requiredInvocationId();
		JsonSlice value = envelope.result();
		if (value == null) {
			return new CompletionMessage(envelope.headers(), id, envelope.error(), null, false);
		}
		if (envelope.error() != null) {
			throw new HubProtocolException(ProtocolErrors.ERROR_AND_RESULT);
		}
		Type type = binder.resultType(id);
		try {
			Object result = (type != null) ? this.payloads.read(value, type) : null;
			return new CompletionMessage(envelope.headers(), id, null, result, true);
		}
		catch (RuntimeException | Error ex) {
			return new CompletionBindingFailureMessage(id, ex);
		}
	}

}
