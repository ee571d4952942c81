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

import java.nio.charset.StandardCharsets;

import dev.realtime.protocol.ClientProtocol;
import dev.realtime.protocol.EncodedBody;
import dev.realtime.protocol.ServerMessage;
import dev.realtime.protocol.TransferFormat;

/**
 * A protocol without answers, where binary data stays binary, that says which group a
 * call was sent to.
 */
final class PlainTestProtocol implements ClientProtocol {

	@Override
	public String name() {
		return "plain";
	}

	@Override
	public TransferFormat transferFormat() {
		return TransferFormat.TEXT;
	}

	@Override
	public boolean joinsMessages() {
		return false;
	}

	@Override
	public boolean namesGroups() {
		return true;
	}

	@Override
	public EncodedBody encode(ServerMessage message) {
		if (message instanceof ServerMessage.Data data && data.payload() instanceof byte[] bytes) {
			return EncodedBody.binary(bytes);
		}
		return EncodedBody.text(message.toString().getBytes(StandardCharsets.UTF_8));
	}

}
