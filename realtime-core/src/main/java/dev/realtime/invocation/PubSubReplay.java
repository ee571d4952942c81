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

package dev.realtime.invocation;

import dev.realtime.connection.ReplayProtocol;
import dev.realtime.protocol.OutboundMessage;
import org.jspecify.annotations.Nullable;

/**
 * Messages of a reliable Web PubSub connection, which say their numbers themselves (Web
 * PubSub, reliable protocols).
 *
 * @param session the session of the connection
 */
record PubSubReplay(PubSubSession session) implements ReplayProtocol {

	@Override
	public OutboundMessage number(OutboundMessage message, long number) {
		return new OutboundMessage(message.body(), this.session.protocol().tail(number), message.droppable(),
				message.deadline());
	}

	/**
	 * Introduce the connection again: clients go on with their streams when they see it.
	 */
	@Override
	public @Nullable OutboundMessage start(long number) {
		return this.session.introduction();
	}

}
