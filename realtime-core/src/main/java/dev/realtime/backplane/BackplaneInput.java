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

package dev.realtime.backplane;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.realtime.protocol.EncodedBody;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link BackplaneOutput} has written, and believes no length it reads.
 */
final class BackplaneInput {

	private static final int LONGEST_NUMBER = 10;

	private final ByteBuffer in;

	BackplaneInput(byte[] bytes) {
		this.in = ByteBuffer.wrap(bytes);
	}

	int readByte() {
		try {
			return this.in.get() & 0xFF;
		}
		catch (BufferUnderflowException ex) {
			throw new MalformedMessageException("Message ends too early", ex);
		}
	}

	boolean readBoolean() {
		int value = readByte();
		if (value > 1) {
			throw new MalformedMessageException("Not a boolean: " + value, null);
		}
		return value == 1;
	}

	long readNumber() {
		long value = 0;
		for (int i = 0; i < LONGEST_NUMBER; i++) {
			int next = readByte();
			value |= (long) (next & 0x7F) << (7 * i);
			if (next < 0x80) {
				return value;
			}
		}
		throw new MalformedMessageException("Number is too long", null);
	}

	/**
	 * Read how many elements or bytes follow, each of which takes at least one byte.
	 * @return the number
	 */
	private int readLength() {
		long length = readNumber();
		if (length < 0 || length > this.in.remaining()) {
			throw new MalformedMessageException("Length " + length + " exceeds the message", null);
		}
		return (int) length;
	}

	<E extends Enum<E>> E readEnum(E[] constants) {
		int ordinal = readByte();
		if (ordinal >= constants.length) {
			throw new MalformedMessageException("Unknown constant " + ordinal, null);
		}
		return constants[ordinal];
	}

	byte[] readBytes() {
		byte[] bytes = new byte[readLength()];
		this.in.get(bytes);
		return bytes;
	}

	byte @Nullable [] readNullableBytes() {
		return readBoolean() ? readBytes() : null;
	}

	String readString() {
		int length = readLength();
		ByteBuffer utf8 = this.in.slice(this.in.position(), length);
		this.in.position(this.in.position() + length);
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(utf8).toString();
		}
		catch (CharacterCodingException ex) {
			throw new MalformedMessageException("Text is not UTF-8", ex);
		}
	}

	@Nullable String readNullableString() {
		return readBoolean() ? readString() : null;
	}

	Set<String> readStrings() {
		int size = readLength();
		Set<String> strings = new LinkedHashSet<>();
		for (int i = 0; i < size; i++) {
			strings.add(readString());
		}
		return strings;
	}

	List<@Nullable String> readNullableStrings() {
		int size = readLength();
		List<@Nullable String> strings = new ArrayList<>(size);
		for (int i = 0; i < size; i++) {
			strings.add(readNullableString());
		}
		return strings;
	}

	List<List<@Nullable String>> readRows() {
		int size = readLength();
		List<List<@Nullable String>> rows = new ArrayList<>();
		for (int i = 0; i < size; i++) {
			rows.add(readNullableStrings());
		}
		return rows;
	}

	@Nullable Map<String, String> readNullableMap() {
		if (!readBoolean()) {
			return null;
		}
		int size = readLength();
		Map<String, String> map = new LinkedHashMap<>();
		for (int i = 0; i < size; i++) {
			map.put(readString(), readString());
		}
		return map;
	}

	Map<String, byte[]> readSlots() {
		int size = readLength();
		Map<String, byte[]> slots = new LinkedHashMap<>();
		for (int i = 0; i < size; i++) {
			slots.put(readString(), readBytes());
		}
		return slots;
	}

	Map<String, EncodedBody> readBodies() {
		int size = readLength();
		Map<String, EncodedBody> bodies = new LinkedHashMap<>();
		for (int i = 0; i < size; i++) {
			String protocol = readString();
			bodies.put(protocol, readBoolean() ? EncodedBody.text(readBytes()) : EncodedBody.binary(readBytes()));
		}
		return bodies;
	}

	void expectEnd() {
		if (this.in.hasRemaining()) {
			throw new MalformedMessageException(this.in.remaining() + " bytes too many", null);
		}
	}

}
