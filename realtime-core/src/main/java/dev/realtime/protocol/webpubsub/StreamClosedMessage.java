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

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Says that a stream has ended (JSON protocol, "streamClosed").
 *
 * @param streamId the id that the client has given the stream
 * @param error why it ended before its time, or {@code null} if its publisher ended it
 * @since 0.1.0
 */
public record StreamClosedMessage(String streamId, @Nullable PubSubError error) implements DownstreamMessage {

	public StreamClosedMessage {
		Assert.hasLength(streamId, "'streamId' must not be empty");
	}

	@Override
	public DownstreamMessageType type() {
		return DownstreamMessageType.STREAM_CLOSED;
	}

}
