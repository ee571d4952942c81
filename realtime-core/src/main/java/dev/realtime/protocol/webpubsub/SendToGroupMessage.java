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

import dev.realtime.protocol.ServerMessage.DataType;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Publishes data to a group (JSON protocol, "sendToGroup").
 *
 * @param group the name of the group
 * @param dataType what the payload is
 * @param payload the payload: a {@link String}, a {@code byte[]}, or a
 * {@link dev.realtime.protocol.JsonText} with the bytes the client has sent
 * @param noEcho whether the sending connection itself is left out
 * @param ttlSeconds for how many seconds the message is worth delivering, 1 to 300, or 0
 * if it always is
 * @param metadata additional entries, possibly empty
 * @param ackId the unsigned id of the acknowledgement the client asks for, or
 * {@code null}
 * @since 0.1.0
 */
public record SendToGroupMessage(String group, DataType dataType, Object payload, boolean noEcho, int ttlSeconds,
		Map<String, String> metadata, @Nullable Long ackId) implements UpstreamMessage {

	public SendToGroupMessage {
		Assert.hasText(group, "'group' must not be empty");
		Assert.notNull(dataType, "'dataType' must not be null");
		Assert.notNull(payload, "'payload' must not be null");
		metadata = Map.copyOf(metadata);
	}

	@Override
	public UpstreamMessageType type() {
		return UpstreamMessageType.SEND_TO_GROUP;
	}

}
