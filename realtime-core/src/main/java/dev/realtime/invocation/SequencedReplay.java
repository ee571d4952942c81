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
import dev.realtime.protocol.signalr.HubProtocol;
import dev.realtime.protocol.signalr.SequenceMessage;

/**
 * Messages of the SignalR family, which both sides count without writing the number down.
 *
 * @param protocol the protocol of the connection
 */
record SequencedReplay(HubProtocol protocol) implements ReplayProtocol {

	@Override
	public OutboundMessage number(OutboundMessage message, long number) {
		return message;
	}

	@Override
	public OutboundMessage start(long number) {
		return OutboundMessage.control(this.protocol.encode(new SequenceMessage(number)));
	}

}
