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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import dev.realtime.protocol.EncodedBody;
import dev.realtime.protocol.InboundBuffer;
import dev.realtime.protocol.InvocationBinder;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePacker;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes MessagePack messages of values and of text.
 */
final class MessagePackFrames {

	static final MessagePackHubProtocol PROTOCOL = new MessagePackHubProtocol(JsonMapper.builder().build());

	private MessagePackFrames() {
	}

	/**
	 * Encode a value with the packer of the library, whatever the codec does.
	 * @param value the value; {@code byte[]} is a binary, {@link Raw} is taken as it is
	 * @return the encoded value
	 */
	static byte[] pack(@Nullable Object value) {
		try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
			pack(value, packer);
			return packer.toByteArray();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void pack(@Nullable Object value, MessagePacker packer) throws IOException {
		if (value == null) {
			packer.packNil();
		}
		else if (value instanceof Raw raw) {
			packer.writePayload(raw.bytes());
		}
		else if (value instanceof String text) {
			packer.packString(text);
		}
		else if (value instanceof Boolean state) {
			packer.packBoolean(state);
		}
		else if (value instanceof Float number) {
			packer.packFloat(number);
		}
		else if (value instanceof Double number) {
			packer.packDouble(number);
		}
		else if (value instanceof Number number) {
			packer.packLong(number.longValue());
		}
		else if (value instanceof Instant instant) {
			packer.packTimestamp(instant);
		}
		else if (value instanceof byte[] bytes) {
			packer.packBinaryHeader(bytes.length).writePayload(bytes);
		}
		else if (value instanceof List<?> list) {
			packer.packArrayHeader(list.size());
			for (Object element : list) {
				pack(element, packer);
			}
		}
		else if (value instanceof Map<?, ?> map) {
			packer.packMapHeader(map.size());
			for (Map.Entry<?, ?> entry : map.entrySet()) {
				pack(entry.getKey(), packer);
				pack(entry.getValue(), packer);
			}
		}
		else {
			throw new IllegalArgumentException("Cannot pack " + value.getClass());
		}
	}

	static byte[] frame(byte[] body) {
		byte[] frame = new byte[LengthFraming.MAXIMUM_PREFIX + body.length];
		System.arraycopy(body, 0, frame, LengthFraming.MAXIMUM_PREFIX, body.length);
		int start = LengthFraming.writePrefix(frame, LengthFraming.MAXIMUM_PREFIX, body.length);
		return Arrays.copyOfRange(frame, start, frame.length);
	}

	static InboundBuffer buffer(byte[] body) {
		return Frames.buffer(frame(body));
	}

	static @Nullable HubMessage decode(byte[] body, InvocationBinder binder) {
		return PROTOCOL.decode(buffer(body), binder, Integer.MAX_VALUE);
	}

	static @Nullable HubMessage decode(List<?> items, InvocationBinder binder) {
		return decode(pack(items), binder);
	}

	static byte[] body(EncodedBody encoded) {
		InboundBuffer buffer = Frames.buffer(encoded.bytes());
		int end = LengthFraming.end(buffer, Integer.MAX_VALUE);
		return Arrays.copyOfRange(buffer.array(), buffer.position(), end);
	}

	static String base64(EncodedBody encoded) {
		return Base64.getEncoder().encodeToString(body(encoded));
	}

	static Raw hex(String hex) {
		return new Raw(HexFormat.of().parseHex(hex.replace(" ", "")));
	}

	record Raw(byte[] bytes) {

	}

}
