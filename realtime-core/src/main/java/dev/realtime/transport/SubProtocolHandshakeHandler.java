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

package dev.realtime.transport;

import java.util.List;

import dev.realtime.protocol.SubProtocolSelector;
import org.jspecify.annotations.Nullable;

import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.server.RequestUpgradeStrategy;
import org.springframework.web.socket.server.support.DefaultHandshakeHandler;

/**
 * The opening handshake of WebSockets whose sub-protocol is selected.
 *
 * @since 0.1.0
 */
public final class SubProtocolHandshakeHandler extends DefaultHandshakeHandler {

	private final SubProtocolSelector selector;

	/**
	 * Create a handler.
	 * @param strategy the last step of the handshake
	 * @param selector selects the sub-protocol
	 */
	public SubProtocolHandshakeHandler(RequestUpgradeStrategy strategy, SubProtocolSelector selector) {
		super(strategy);
		this.selector = selector;
	}

	@Override
	protected @Nullable String selectProtocol(List<String> requestedProtocols, WebSocketHandler webSocketHandler) {
		if (requestedProtocols.isEmpty()) {
			return null;
		}
		String selected = this.selector.select(List.copyOf(requestedProtocols));
		return (selected != null && requestedProtocols.contains(selected)) ? selected : null;
	}

}
