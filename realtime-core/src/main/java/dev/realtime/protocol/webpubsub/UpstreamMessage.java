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

/**
 * A message from a client to the server.
 * <p>
 * Ids of acknowledgements and sequence numbers are unsigned: a negative number stands for
 * one above {@link Long#MAX_VALUE}. Names and limits were checked by the codec.
 *
 * @since 0.1.0
 */
public sealed interface UpstreamMessage extends PubSubMessage
		permits JoinGroupMessage, LeaveGroupMessage, SendToGroupMessage, StreamStartMessage, EventMessage, PingMessage,
		SequenceAckMessage, InvokeMessage, CancelInvocationMessage, StreamDataMessage, StreamKeepAliveMessage,
		StreamEndMessage, SetGroupStateMessage, SubscribeGroupStateMessage, UnsubscribeGroupStateMessage {

	/**
	 * Return the kind of message this is.
	 * @return the type
	 */
	UpstreamMessageType type();

	/**
	 * Return the id by which the client wants the outcome acknowledged.
	 * @return the unsigned id, or {@code null} if it does not want to know
	 */
	default @Nullable Long ackId() {
		return null;
	}

}
