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

import java.nio.ByteBuffer;

import dev.realtime.protocol.ClientProtocol;
import dev.realtime.protocol.EncodedBody;
import dev.realtime.protocol.ServerMessage;
import dev.realtime.protocol.TransferFormat;
import org.jspecify.annotations.Nullable;

/**
 * A form of the Web PubSub protocol: how {@link PubSubMessage}s are written and read.
 * Every message is one message of the WebSocket.
 *
 * @since 0.1.0
 */
public interface PubSubProtocol extends ClientProtocol {

	/**
	 * The name of the protocol of JSON.
	 */
	String JSON = "json.webpubsub.azure.v1";

	/**
	 * The name of the reliable protocol of JSON.
	 */
	String RELIABLE_JSON = "json.reliable.webpubsub.azure.v1";

	/**
	 * The name of the protocol of Protocol Buffers.
	 */
	String PROTOBUF = "protobuf.webpubsub.azure.v1";

	/**
	 * The name of the reliable protocol of Protocol Buffers.
	 */
	String RELIABLE_PROTOBUF = "protobuf.reliable.webpubsub.azure.v1";

	/**
	 * The name of what clients speak that ask for none of the sub-protocols: bare data.
	 * No client asks for it by this name.
	 */
	String PLAIN = "webpubsub.plain";

	/**
	 * {@inheritDoc} WebSockets tell the messages apart.
	 */
	@Override
	default boolean joinsMessages() {
		return false;
	}

	@Override
	default boolean namesGroups() {
		return true;
	}

	/**
	 * {@inheritDoc} Where the protocol is {@linkplain #reliable() reliable}, the message
	 * is whole only with a {@linkplain #tail tail}.
	 */
	@Override
	EncodedBody encode(ServerMessage message);

	/**
	 * Return whether data is numbered and kept until the client has acknowledged it.
	 * @return {@code true} for the reliable protocols
	 */
	boolean reliable();

	/**
	 * Encode what follows the body of data and of
	 * {@linkplain DownstreamMessage#sequenced() other numbered messages}.
	 * @param sequenceId the unsigned number of the message on its connection, from 1 on
	 * @return the bytes
	 * @throws UnsupportedOperationException if the protocol is not reliable
	 */
	byte[] tail(long sequenceId);

	/**
	 * Encode a message for one client. Where the protocol is {@linkplain #reliable()
	 * reliable}, a {@linkplain DownstreamMessage#sequenced() numbered} message is whole
	 * only with a {@linkplain #tail tail}.
	 * @param message the message
	 * @return the encoded form, or {@code null} if the protocol has no words for it
	 * @throws dev.realtime.protocol.MessageEncodingException if a value cannot be encoded
	 */
	@Nullable EncodedBody encode(DownstreamMessage message);

	/**
	 * Read a message.
	 * @param message all bytes of a message of the WebSocket; neither changed nor kept
	 * @param format whether it was a text or a binary message
	 * @return the message
	 * @throws PubSubProtocolException if the protocol does not allow it, which ends the
	 * connection
	 */
	UpstreamMessage decode(ByteBuffer message, TransferFormat format);

}
