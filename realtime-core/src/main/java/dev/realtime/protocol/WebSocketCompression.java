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

import org.springframework.util.Assert;

/**
 * How messages over WebSockets are compressed (RFC 7692, permessage-deflate) with clients
 * that offer it. Every message is compressed by itself, without what was sent before.
 *
 * @param minMessageSize the size in bytes from which on it is worth to compress what is
 * sent together, at least 0. Jakarta WebSocket containers compress everything
 * @since 0.1.0
 */
public record WebSocketCompression(int minMessageSize) {

	/**
	 * From 1 KB on.
	 */
	public static final WebSocketCompression DEFAULT = new WebSocketCompression(1024);

	public WebSocketCompression {
		Assert.isTrue(minMessageSize >= 0, "'minMessageSize' must not be negative");
	}

}
