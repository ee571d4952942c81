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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessagePackException;
import org.msgpack.core.MessageUnpacker;

/**
 * Reads the items of a message, in order, each at most once (hub protocol, "MessagePack
 * protocol"). Failures are {@link HubProtocolException}s that name the item.
 */
final class MessagePackItems {

	private final byte[] array;

	private final int start;

	private final int end;

	private final MessageUnpacker unpacker;

	private int remaining;

	/**
	 * Start reading a message.
	 * @param array the array that holds it
	 * @param start the index of its first byte
	 * @param end the index after its last byte
	 * @throws HubProtocolException if it is no well-formed array
	 */
	MessagePackItems(byte[] array, int start, int end) {
		this.array = array;
		this.start = start;
		this.end = MessagePackStructure.end(array, start, end);
		this.unpacker = MessagePackParser.UNPACKERS.newUnpacker(array, start, this.end - start);
		this.remaining = unpack(MessageUnpacker::unpackArrayHeader, "elementCount", ProtocolErrors::readingArray);
	}

	/**
	 * Return whether there is another item.
	 * @return {@code false} if all items were read
	 */
	boolean hasNext() {
		return this.remaining > 0;
	}

	int readInt(String name) {
		return read(MessageUnpacker::unpackInt, name, ProtocolErrors::readingInt32);
	}

	long readLong(String name) {
		return read(MessageUnpacker::unpackLong, name, ProtocolErrors::readingInt64);
	}

	boolean readBoolean(String name) {
		return read(MessageUnpacker::unpackBoolean, name, ProtocolErrors::readingBoolean);
	}

	/**
	 * Read a text, for which nil stands if it is empty.
	 * @param name the name of the item
	 * @return the text
	 */
	String readString(String name) {
		return read(MessagePackItems::unpackString, name, ProtocolErrors::readingString);
	}

	/**
	 * Read a text that may be nil.
	 * @param name the name of the item
	 * @return the text, or {@code null}
	 */
	@Nullable String readNullableString(String name) {
		return read(MessagePackItems::unpackOptionalString, name, ProtocolErrors::readingString).orElse(null);
	}

	Map<String, String> readHeaders() {
		int count = read(MessagePackItems::unpackMapHeader, "headers", ProtocolErrors::readingMap);
		if (count == 0) {
			return Map.of();
		}
		Map<String, String> headers = new HashMap<>();
		for (int i = 0; i < count; i++) {
			String name = unpack(MessageUnpacker::unpackString, "headers[" + i + "].Key",
					ProtocolErrors::readingString);
			headers.put(name,
					unpack(MessageUnpacker::unpackString, "headers[" + i + "].Value", ProtocolErrors::readingString));
		}
		return headers;
	}

	List<String> readStreamIds() {
		int count = read(MessagePackItems::unpackArrayHeader, "streamIds", ProtocolErrors::readingArray);
		if (count == 0) {
			return List.of();
		}
		List<String> ids = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			ids.add(unpack(MessageUnpacker::unpackString, "streamIds", ProtocolErrors::readingString));
		}
		return ids;
	}

	/**
	 * Start reading the elements of an array, of which the {@linkplain #unpacker()
	 * unpacker} returns the first one next.
	 * @param name the name of the item
	 * @return the number of elements
	 */
	int readArrayHeader(String name) {
		return read(MessageUnpacker::unpackArrayHeader, name, ProtocolErrors::readingArray);
	}

	private static String unpackString(MessageUnpacker unpacker) throws IOException {
		return unpacker.tryUnpackNil() ? "" : unpacker.unpackString();
	}

	private static Optional<String> unpackOptionalString(MessageUnpacker unpacker) throws IOException {
		return unpacker.tryUnpackNil() ? Optional.empty() : Optional.of(unpacker.unpackString());
	}

	private static int unpackMapHeader(MessageUnpacker unpacker) throws IOException {
		return unpacker.tryUnpackNil() ? 0 : unpacker.unpackMapHeader();
	}

	private static int unpackArrayHeader(MessageUnpacker unpacker) throws IOException {
		return unpacker.tryUnpackNil() ? 0 : unpacker.unpackArrayHeader();
	}

	private <T> T read(Unpacking<T> unpacking, String name, UnaryOperator<String> error) {
		if (this.remaining == 0) {
			throw new HubProtocolException(error.apply(name));
		}
		this.remaining--;
		return unpack(unpacking, name, error);
	}

	private <T> T unpack(Unpacking<T> unpacking, String name, UnaryOperator<String> error) {
		try {
			return unpacking.unpack(this.unpacker);
		}
		catch (IOException | MessagePackException ex) {
			throw new HubProtocolException(error.apply(name), ex);
		}
	}

	/**
	 * Start reading an item of the application's, which the {@linkplain #unpacker()
	 * unpacker} returns next.
	 * @param name the name of the item
	 */
	void startValue(String name) {
		read((unpacker) -> true, name, ProtocolErrors::readingObject);
	}

	/**
	 * Take the value that is next in the {@linkplain #unpacker() unpacker} as it is.
	 * @return a copy of the encoded value
	 */
	byte[] copyValue() {
		int from = this.start + (int) this.unpacker.getTotalReadBytes();
		int to = MessagePackStructure.end(this.array, from, this.end);
		try {
			this.unpacker.skipValue();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return Arrays.copyOfRange(this.array, from, to);
	}

	MessageUnpacker unpacker() {
		return this.unpacker;
	}

	/**
	 * Takes one value from an unpacker.
	 *
	 * @param <T> the type of the value
	 */
	@FunctionalInterface
	private interface Unpacking<T> {

		T unpack(MessageUnpacker unpacker) throws IOException;

	}

}
