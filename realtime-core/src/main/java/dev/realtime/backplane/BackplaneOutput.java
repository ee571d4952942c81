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

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;

import dev.realtime.protocol.EncodedBody;
import dev.realtime.protocol.TransferFormat;
import org.jspecify.annotations.Nullable;

/**
 * Writes the elements of the backplane's wire format: numbers in groups of seven bits,
 * lowest first; everything else preceded by its length.
 */
final class BackplaneOutput {

	private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);

	void writeByte(int value) {
		this.out.write(value);
	}

	void writeNumber(long value) {
		long rest = value;
		while ((rest & ~0x7FL) != 0) {
			this.out.write((int) ((rest & 0x7F) | 0x80));
			rest >>>= 7;
		}
		this.out.write((int) rest);
	}

	void writeBytes(byte[] value) {
		writeNumber(value.length);
		this.out.write(value, 0, value.length);
	}

	void writeNullableBytes(byte @Nullable [] value) {
		writeByte((value != null) ? 1 : 0);
		if (value != null) {
			writeBytes(value);
		}
	}

	void writeString(String value) {
		writeBytes(value.getBytes(StandardCharsets.UTF_8));
	}

	void writeNullableString(@Nullable String value) {
		writeNullableBytes((value != null) ? value.getBytes(StandardCharsets.UTF_8) : null);
	}

	void writeStrings(Collection<String> values) {
		writeNumber(values.size());
		values.forEach(this::writeString);
	}

	void writeNullableStrings(Collection<@Nullable String> values) {
		writeNumber(values.size());
		values.forEach(this::writeNullableString);
	}

	void writeNullableMap(@Nullable Map<String, String> map) {
		writeByte((map != null) ? 1 : 0);
		if (map != null) {
			writeNumber(map.size());
			map.forEach((key, value) -> {
				writeString(key);
				writeString(value);
			});
		}
	}

	void writeSlots(Map<String, byte[]> slots) {
		writeNumber(slots.size());
		slots.forEach((protocol, bytes) -> {
			writeString(protocol);
			writeBytes(bytes);
		});
	}

	void writeBodies(Map<String, EncodedBody> bodies) {
		writeNumber(bodies.size());
		bodies.forEach((protocol, body) -> {
			writeString(protocol);
			writeByte((body.format() == TransferFormat.TEXT) ? 1 : 0);
			writeBytes(body.bytes());
		});
	}

	byte[] toByteArray() {
		return this.out.toByteArray();
	}

}
