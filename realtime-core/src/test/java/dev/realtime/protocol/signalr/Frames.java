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

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import dev.realtime.protocol.EncodedBody;
import dev.realtime.protocol.InboundBuffer;
import dev.realtime.protocol.InvocationBinder;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes frames of text and text of frames.
 */
final class Frames {

	static final String RS = "\u001e";

	static final JsonHubProtocol JSON = new JsonHubProtocol(JsonMapper.builder().build());

	private Frames() {
	}

	static InboundBuffer buffer(String text) {
		return buffer(text.getBytes(StandardCharsets.UTF_8));
	}

	static InboundBuffer buffer(byte[] bytes) {
		InboundBuffer buffer = new InboundBuffer();
		buffer.append(ByteBuffer.wrap(bytes));
		return buffer;
	}

	static @Nullable HubMessage decode(String record, InvocationBinder binder) {
		return JSON.decode(buffer(record + RS), binder, Integer.MAX_VALUE);
	}

	static String text(EncodedBody body) {
		return new String(body.bytes(), StandardCharsets.UTF_8);
	}

}
