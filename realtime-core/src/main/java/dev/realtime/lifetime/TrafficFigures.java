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

package dev.realtime.lifetime;

import dev.realtime.protocol.TransportType;

/**
 * What the connections of a hub on this node amount to that speak one protocol over one
 * transport. Sizes are those of messages, without what transports add.
 * <p>
 * Internal: public for other packages of the engine, not for applications.
 *
 * @param protocol the name of the protocol
 * @param transport the transport
 * @param connections how many connections there are, suspended ones included
 * @param suspended how many of them wait for their clients to come back
 * @param queuedMessages how many messages wait for clients
 * @param queuedBytes their size
 * @param droppedMessages how many messages were discarded since the start, because queues
 * were full
 * @param receivedMessages how many messages have arrived since the start
 * @param receivedBytes their size
 * @param sentMessages how many messages have left since the start
 * @param sentBytes their size
 * @since 0.1.0
 */
public record TrafficFigures(String protocol, TransportType transport, int connections, int suspended,
		long queuedMessages, long queuedBytes, long droppedMessages, long receivedMessages, long receivedBytes,
		long sentMessages, long sentBytes) {

}
