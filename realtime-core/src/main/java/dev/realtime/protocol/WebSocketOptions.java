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

package dev.realtime.protocol;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * How WebSockets are opened and closed.
 *
 * @param compression how messages are compressed with clients that offer it, or
 * {@code null} if they are not
 * @param closeTimeout how long a client may take to answer a close frame; then its socket
 * is dropped
 * @param subProtocolSelector selects a sub-protocol, or {@code null} if none is ever
 * selected
 * @since 0.1.0
 */
public record WebSocketOptions(@Nullable WebSocketCompression compression, Duration closeTimeout,
		@Nullable SubProtocolSelector subProtocolSelector) {

	/**
	 * No compression, 5 seconds to close, no sub-protocol.
	 */
	public static final WebSocketOptions DEFAULT = new WebSocketOptions(null, Duration.ofSeconds(5), null);

	public WebSocketOptions {
		Assert.notNull(closeTimeout, "'closeTimeout' must not be null");
		Assert.isTrue(!closeTimeout.isNegative() && !closeTimeout.isZero(), "'closeTimeout' must be positive");
	}

	/**
	 * Return these options with another compression.
	 * @param compression how to compress messages, or {@code null} for not at all
	 * @return the options
	 */
	public WebSocketOptions withCompression(@Nullable WebSocketCompression compression) {
		return new WebSocketOptions(compression, this.closeTimeout, this.subProtocolSelector);
	}

}
