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

import dev.realtime.protocol.ClientProtocol;
import dev.realtime.protocol.EncodedBody;
import dev.realtime.protocol.MessageEncodingException;
import dev.realtime.protocol.ServerMessage;
import dev.realtime.protocol.TransferFormat;

/**
 * The protocol of connections that have none: what is sent together stays together, and
 * apart from the rest.
 */
final class RawProtocol implements ClientProtocol {

	static final RawProtocol INSTANCE = new RawProtocol();

	private RawProtocol() {
	}

	@Override
	public String name() {
		return "raw";
	}

	@Override
	public TransferFormat transferFormat() {
		return TransferFormat.BINARY;
	}

	@Override
	public boolean joinsMessages() {
		return false;
	}

	/**
	 * Refuse: calls and messages of hubs cannot be said without a protocol.
	 */
	@Override
	public EncodedBody encode(ServerMessage message) {
		throw new MessageEncodingException("A connection without a protocol takes no messages of hubs", null);
	}

}
