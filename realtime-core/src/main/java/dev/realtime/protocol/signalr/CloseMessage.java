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

package dev.realtime.protocol.signalr;

import org.jspecify.annotations.Nullable;

/**
 * Says that the sender is about to close the connection (hub protocol, "Close").
 *
 * @param error the text of the error the connection ends with, or {@code null} if it ends
 * in order; an empty text is an error
 * @param allowReconnect whether the client may reconnect automatically
 * @since 0.1.0
 */
public record CloseMessage(@Nullable String error, boolean allowReconnect) implements HubMessage {

	@Override
	public HubMessageType type() {
		return HubMessageType.CLOSE;
	}

}
