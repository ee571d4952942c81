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

import dev.realtime.protocol.ServerMessage.DataType;

import org.springframework.util.Assert;

/**
 * A fragment of a stream (JSON protocol, "streamData").
 *
 * @param streamId the id that the client has given the stream
 * @param streamSequenceId the unsigned number of the fragment within the stream
 * @param dataType what the payload is
 * @param payload the payload: a {@link String}, a {@code byte[]}, or a
 * {@link dev.realtime.protocol.JsonText} with the bytes the client has sent
 * @since 0.1.0
 */
public record StreamDataMessage(String streamId, long streamSequenceId, DataType dataType,
		Object payload) implements UpstreamMessage {

	public StreamDataMessage {
		Assert.hasLength(streamId, "'streamId' must not be empty");
		Assert.notNull(dataType, "'dataType' must not be null");
		Assert.notNull(payload, "'payload' must not be null");
	}

	@Override
	public UpstreamMessageType type() {
		return UpstreamMessageType.STREAM_DATA;
	}

}
