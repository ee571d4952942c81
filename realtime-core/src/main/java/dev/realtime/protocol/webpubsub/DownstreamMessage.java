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

/**
 * A message from the server to one client, other than data.
 * <p>
 * Ids of acknowledgements and sequence numbers are unsigned: a negative number stands for
 * one above {@link Long#MAX_VALUE}.
 *
 * @since 0.1.0
 */
public sealed interface DownstreamMessage extends PubSubMessage
		permits AckMessage, ConnectedMessage, DisconnectedMessage, PongMessage, InvokeResponseMessage, StreamAckMessage,
		StreamNackMessage, StreamClosedMessage, GroupStateSnapshotMessage, GroupStateUpdateMessage {

	/**
	 * Return the kind of message this is.
	 * @return the type
	 */
	DownstreamMessageType type();

	/**
	 * Return whether the message is numbered and kept until the client has acknowledged
	 * it where the protocol is {@linkplain PubSubProtocol#reliable() reliable}, as data
	 * is.
	 * @return {@code true} if {@linkplain PubSubProtocol#tail a tail} follows it
	 */
	default boolean sequenced() {
		return false;
	}

}
