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

package dev.realtime.invocation;

import java.nio.ByteBuffer;
import java.util.Map;

import dev.realtime.hub.PlainMessage;
import dev.realtime.protocol.ServerMessage;
import dev.realtime.protocol.ServerMessage.DataType;
import org.jspecify.annotations.Nullable;

/**
 * Makes replies to Web PubSub events of what methods return.
 */
final class PubSubReplies {

	private PubSubReplies() {
	}

	/**
	 * Return the reply that a result stands for.
	 * @param method the method that has returned it
	 * @param result the result, or {@code null} if there is none
	 * @return text or bytes for what handlers of events return as such, else JSON;
	 * {@code null} for none
	 */
	static ServerMessage.@Nullable Data of(HubMethodDescriptor method, @Nullable Object result) {
		if (result == null) {
			return null;
		}
		if (result instanceof PlainMessage message) {
			return new ServerMessage.Data(null, null, message.dataType(), message.payload(), message.metadata());
		}
		if (method.event() && result instanceof CharSequence text) {
			return data(DataType.TEXT, text.toString());
		}
		if (method.event() && result instanceof byte[] bytes) {
			return data(DataType.BINARY, bytes);
		}
		if (method.event() && result instanceof ByteBuffer buffer) {
			byte[] bytes = new byte[buffer.remaining()];
			buffer.duplicate().get(bytes);
			return data(DataType.BINARY, bytes);
		}
		return data(DataType.JSON, result);
	}

	private static ServerMessage.Data data(DataType dataType, Object payload) {
		return new ServerMessage.Data(null, null, dataType, payload, Map.of());
	}

}
