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

import org.springframework.util.Assert;

/**
 * The limits of a connection's outbound queue.
 *
 * @param maxBytes how many bytes may wait, at least 1
 * @param maxMessages how many messages may wait, at least 1
 * @param sendTimeout how long one write to the client may take
 * @param overflow what happens beyond a limit
 * @since 0.1.0
 */
public record OutboundLimits(long maxBytes, int maxMessages, Duration sendTimeout, OverflowStrategy overflow) {

	/**
	 * 1 MB, 8192 messages, 10 seconds, terminate.
	 */
	public static final OutboundLimits DEFAULT = new OutboundLimits(1024 * 1024, 8192, Duration.ofSeconds(10),
			OverflowStrategy.TERMINATE);

	public OutboundLimits {
		Assert.isTrue(maxBytes > 0, "'maxBytes' must be positive");
		Assert.isTrue(maxMessages > 0, "'maxMessages' must be positive");
		Assert.notNull(sendTimeout, "'sendTimeout' must not be null");
		Assert.isTrue(sendTimeout.toNanos() > 0, "'sendTimeout' must be positive");
		Assert.notNull(overflow, "'overflow' must not be null");
	}

}
