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
 * The first message, and the first after a recovery (JSON protocol, "system").
 *
 * @param userId the user, or {@code null} if the connection is anonymous
 * @param connectionId the id of the connection
 * @param reconnectionToken proves that a later socket belongs to the connection, or
 * {@code null} if the protocol is not reliable
 * @since 0.1.0
 */
public record ConnectedMessage(@Nullable String userId, String connectionId,
		@Nullable String reconnectionToken) implements DownstreamMessage {

	public ConnectedMessage {
		Assert.hasText(connectionId, "'connectionId' must not be empty");
	}

	/**
	 * Return a text without the token.
	 */
	@Override
	public String toString() {
		return "ConnectedMessage[userId=" + this.userId + ", connectionId=" + this.connectionId + "]";
	}

	@Override
	public DownstreamMessageType type() {
		return DownstreamMessageType.CONNECTED;
	}

}
