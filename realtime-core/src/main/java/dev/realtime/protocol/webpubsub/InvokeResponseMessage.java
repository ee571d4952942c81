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

import dev.realtime.protocol.ServerMessage;
import dev.realtime.protocol.ServerMessage.DataType;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Answers an {@link InvokeMessage} (JSON protocol, "invokeResponse").
 *
 * @param invocationId the id that the client has given the call
 * @param dataType what the payload is, or {@code null} without one
 * @param payload the payload, as that of a
 * {@link dev.realtime.protocol.ServerMessage.Data}
 * @param metadata additional entries, possibly empty; only protobuf has them
 * @param error what went wrong, or {@code null} if nothing did
 * @since 0.1.0
 */
public record InvokeResponseMessage(String invocationId, @Nullable DataType dataType, @Nullable Object payload,
		Map<String, String> metadata, @Nullable PubSubError error) implements DownstreamMessage {

	public InvokeResponseMessage {
		Assert.hasLength(invocationId, "'invocationId' must not be empty");
		metadata = Map.copyOf(metadata);
	}

	/**
	 * Answer with data.
	 * @param invocationId the id that the client has given the call
	 * @param data payload and metadata
	 * @return the message
	 */
	public static InvokeResponseMessage success(String invocationId, ServerMessage.Data data) {
		return new InvokeResponseMessage(invocationId, data.dataType(), data.payload(), data.metadata(), null);
	}

	/**
	 * Answer that the call has failed.
	 * @param invocationId the id that the client has given the call
	 * @param name the name of the error
	 * @param message a text
	 * @return the message
	 */
	public static InvokeResponseMessage failure(String invocationId, String name, String message) {
		return new InvokeResponseMessage(invocationId, null, null, Map.of(), new PubSubError(name, message));
	}

	@Override
	public DownstreamMessageType type() {
		return DownstreamMessageType.INVOKE_RESPONSE;
	}

}
