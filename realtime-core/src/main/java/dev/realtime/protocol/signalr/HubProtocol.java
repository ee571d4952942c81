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

import java.lang.reflect.Type;

import dev.realtime.protocol.ClientProtocol;
import dev.realtime.protocol.EncodedBody;
import dev.realtime.protocol.InboundBuffer;
import dev.realtime.protocol.InvocationBinder;
import org.jspecify.annotations.Nullable;

/**
 * A form of the SignalR hub protocol: how {@link HubMessage}s are written and read.
 *
 * @since 0.1.0
 */
public interface HubProtocol extends ClientProtocol {

	/**
	 * The newest version of the hub protocol, with acknowledgements (version 2).
	 */
	int VERSION = 2;

	/**
	 * The client's method that receives data, unless configured.
	 */
	String DEFAULT_MESSAGE_TARGET = "message";

	/**
	 * Return the newest version of the protocol that is spoken.
	 * @return the version, {@link #VERSION} by default
	 */
	default int version() {
		return VERSION;
	}

	/**
	 * Return whether a client may speak the given version.
	 * @param version the version a client's handshake asks for
	 * @return {@code true} for every version up to {@link #version()}
	 */
	default boolean supportsVersion(int version) {
		return version >= 0 && version <= version();
	}

	/**
	 * Return a protocol that calls another method of the client with data. It shares what
	 * this protocol knows about types.
	 * @param messageTarget the name of the client's method
	 * @return the protocol
	 */
	HubProtocol withMessageTarget(String messageTarget);

	/**
	 * {@inheritDoc} The messages of the hub protocol delimit themselves.
	 */
	@Override
	default boolean joinsMessages() {
		return true;
	}

	/**
	 * Take the next whole message from the front of a buffer. Messages of types that are
	 * not known are skipped.
	 * @param input the received bytes; what makes up the message is consumed
	 * @param binder knows the types of the values
	 * @param maximumMessageSize how many bytes a message may have, framing included;
	 * {@link Integer#MAX_VALUE} for no limit
	 * @return the message, or {@code null} if there is no whole message yet
	 * @throws MessageTooBigException if the message has, or is going to have, more bytes
	 * @throws HubProtocolException if the message is malformed, which ends the connection
	 */
	@Nullable HubMessage decode(InboundBuffer input, InvocationBinder binder, int maximumMessageSize);

	/**
	 * Encode a message for one client.
	 * @param message the message, not a {@link BindingFailureMessage}
	 * @return the encoded form
	 * @throws dev.realtime.protocol.MessageEncodingException if a value cannot be encoded
	 */
	EncodedBody encode(HubMessage message);

	/**
	 * Bind a result that was received {@linkplain RawResult raw}.
	 * @param encoded the encoded value
	 * @param type the type to bind it to
	 * @return the bound value
	 * @throws RuntimeException if the value does not fit the type
	 */
	@Nullable Object readResult(byte[] encoded, Type type);

}
