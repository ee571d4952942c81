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
 * The kinds of messages to clients that are not data.
 *
 * @since 0.1.0
 */
public enum DownstreamMessageType {

	/**
	 * See {@link AckMessage}.
	 */
	ACK,

	/**
	 * See {@link ConnectedMessage}.
	 */
	CONNECTED,

	/**
	 * See {@link DisconnectedMessage}.
	 */
	DISCONNECTED,

	/**
	 * See {@link PongMessage}.
	 */
	PONG,

	/**
	 * See {@link InvokeResponseMessage}.
	 */
	INVOKE_RESPONSE,

	/**
	 * See {@link StreamAckMessage}.
	 */
	STREAM_ACK,

	/**
	 * See {@link StreamNackMessage}.
	 */
	STREAM_NACK,

	/**
	 * See {@link StreamClosedMessage}.
	 */
	STREAM_CLOSED,

	/**
	 * See {@link GroupStateSnapshotMessage}.
	 */
	GROUP_STATE_SNAPSHOT,

	/**
	 * See {@link GroupStateUpdateMessage}.
	 */
	GROUP_STATE_UPDATE

}
