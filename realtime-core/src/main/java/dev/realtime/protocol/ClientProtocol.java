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

package dev.realtime.protocol;

/**
 * A protocol spoken with clients: says every {@link ServerMessage} in its own form.
 * Codecs are pure and safe for concurrent use; they know neither connections nor hubs.
 *
 * @since 0.1.0
 */
public interface ClientProtocol {

	/**
	 * Return the name of the protocol as clients ask for it.
	 * @return the name, for example {@code json}
	 */
	String name();

	/**
	 * Return the format of what the protocol encodes.
	 * @return text or binary
	 */
	TransferFormat transferFormat();

	/**
	 * Return whether several encoded messages may share one frame, event or poll answer,
	 * as they do in protocols that delimit their messages themselves.
	 * @return {@code true} if the receiver tells joined messages apart
	 */
	boolean joinsMessages();

	/**
	 * Return whether the encoded form of a {@link ServerMessage.Invocation} depends on
	 * the group it was sent to.
	 * @return {@code false} unless the protocol says which group that is
	 */
	default boolean namesGroups() {
		return false;
	}

	/**
	 * Encode a message, on the thread that sends it.
	 * @param message the message
	 * @return the encoded form, shared by all receivers
	 * @throws MessageEncodingException if a value cannot be encoded
	 */
	EncodedBody encode(ServerMessage message);

}
