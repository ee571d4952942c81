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
 * The kinds of messages from clients.
 *
 * @since 0.1.0
 */
public enum UpstreamMessageType {

	/**
	 * See {@link JoinGroupMessage}.
	 */
	JOIN_GROUP,

	/**
	 * See {@link LeaveGroupMessage}.
	 */
	LEAVE_GROUP,

	/**
	 * See {@link SendToGroupMessage}.
	 */
	SEND_TO_GROUP,

	/**
	 * See {@link StreamStartMessage}.
	 */
	STREAM_START,

	/**
	 * See {@link EventMessage}.
	 */
	EVENT,

	/**
	 * See {@link PingMessage}.
	 */
	PING,

	/**
	 * See {@link SequenceAckMessage}.
	 */
	SEQUENCE_ACK,

	/**
	 * See {@link InvokeMessage}.
	 */
	INVOKE,

	/**
	 * See {@link CancelInvocationMessage}.
	 */
	CANCEL_INVOCATION,

	/**
	 * See {@link StreamDataMessage}.
	 */
	STREAM_DATA,

	/**
	 * See {@link StreamKeepAliveMessage}.
	 */
	STREAM_KEEP_ALIVE,

	/**
	 * See {@link StreamEndMessage}.
	 */
	STREAM_END,

	/**
	 * See {@link SetGroupStateMessage}.
	 */
	SET_GROUP_STATE,

	/**
	 * See {@link SubscribeGroupStateMessage}.
	 */
	SUBSCRIBE_GROUP_STATE,

	/**
	 * See {@link UnsubscribeGroupStateMessage}.
	 */
	UNSUBSCRIBE_GROUP_STATE

}
