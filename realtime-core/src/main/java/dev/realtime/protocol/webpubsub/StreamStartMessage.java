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
 * Asks to open a stream to a group (JSON protocol, "sendToGroup" with a "stream"). It is
 * answered by a {@link StreamAckMessage} or a {@link StreamClosedMessage}.
 *
 * @param group the name of the group
 * @param noEcho whether the sending connection itself is left out
 * @param streamId the id that the client has given the stream
 * @param idleTimeoutMs after how many milliseconds without a sign of life the stream is
 * to end, which may be any number, or {@code null} if the client leaves it to the server
 * @since 0.1.0
 */
public record StreamStartMessage(String group, boolean noEcho, String streamId,
		@Nullable Long idleTimeoutMs) implements UpstreamMessage {

	public StreamStartMessage {
		Assert.hasText(group, "'group' must not be empty");
		Assert.hasLength(streamId, "'streamId' must not be empty");
	}

	@Override
	public UpstreamMessageType type() {
		return UpstreamMessageType.STREAM_START;
	}

}
