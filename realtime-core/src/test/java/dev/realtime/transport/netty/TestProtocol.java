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

package dev.realtime.transport.netty;

import dev.realtime.protocol.ClientProtocol;
import dev.realtime.protocol.EncodedBody;
import dev.realtime.protocol.ServerMessage;
import dev.realtime.protocol.TransferFormat;

/**
 * A protocol that encodes nothing.
 *
 * @param joinsMessages whether several messages may share a frame
 */
record TestProtocol(boolean joinsMessages) implements ClientProtocol {

	@Override
	public String name() {
		return "test";
	}

	@Override
	public TransferFormat transferFormat() {
		return TransferFormat.TEXT;
	}

	@Override
	public EncodedBody encode(ServerMessage message) {
		throw new UnsupportedOperationException();
	}

}
