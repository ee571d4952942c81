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

import org.springframework.util.Assert;

/**
 * Says that a stream goes on, later (JSON protocol, "streamData" without data).
 *
 * @param streamId the id that the client has given the stream
 * @since 0.1.0
 */
public record StreamKeepAliveMessage(String streamId) implements UpstreamMessage {

	public StreamKeepAliveMessage {
		Assert.hasLength(streamId, "'streamId' must not be empty");
	}

	@Override
	public UpstreamMessageType type() {
		return UpstreamMessageType.STREAM_KEEP_ALIVE;
	}

}
