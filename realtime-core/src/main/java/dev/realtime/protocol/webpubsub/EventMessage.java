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
 * An event for the application (JSON protocol, "event"; frames of plain clients).
 *
 * @param event the name of the event
 * @param dataType what the payload is
 * @param payload the payload: a {@link String}, a {@code byte[]}, or a
 * {@link dev.realtime.protocol.JsonText} with the bytes the client has sent
 * @param metadata additional entries, possibly empty
 * @param ackId the unsigned id of the acknowledgement the client asks for, or
 * {@code null}
 * @since 0.1.0
 */
public record EventMessage(String event, DataType dataType, Object payload, Map<String, String> metadata,
		@Nullable Long ackId) implements UpstreamMessage {

	public EventMessage {
		Assert.hasText(event, "'event' must not be empty");
		Assert.notNull(dataType, "'dataType' must not be null");
		Assert.notNull(payload, "'payload' must not be null");
		metadata = Map.copyOf(metadata);
	}

	@Override
	public UpstreamMessageType type() {
		return UpstreamMessageType.EVENT;
	}

}
