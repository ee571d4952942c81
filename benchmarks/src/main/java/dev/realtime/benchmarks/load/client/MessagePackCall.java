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

package dev.realtime.benchmarks.load.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;

/**
 * Writes calls with one text as argument in the MessagePack hub protocol.
 */
final class MessagePackCall {

	private static final int INVOCATION = 1;

	private static final int ITEMS = 6;

	private MessagePackCall() {
	}

	static ClientMessage of(@Nullable String id, String target, String argument) {
		try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
			packer.packArrayHeader(ITEMS).packInt(INVOCATION).packMapHeader(0);
			if (id != null) {
				packer.packString(id);
			}
			else {
				packer.packNil();
			}
			packer.packString(target).packArrayHeader(1).packString(argument).packArrayHeader(0);
			return ClientMessage.binary(prefixed(packer.toByteArray()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	// the length comes first, seven bits per byte, the lowest first
	private static byte[] prefixed(byte[] message) {
		ByteBuffer prefixed = ByteBuffer.allocate(5 + message.length);
		int length = message.length;
		while (length > 127) {
			prefixed.put((byte) (length & 127 | 128));
			length >>>= 7;
		}
		prefixed.put((byte) length).put(message).flip();
		byte[] bytes = new byte[prefixed.remaining()];
		prefixed.get(bytes);
		return bytes;
	}

}
