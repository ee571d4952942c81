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

package dev.realtime.protocol.webpubsub;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;

/**
 * Collects one JSON text.
 */
final class JsonOutput {

	private static final String SHORT_ESCAPES = "btn-fr";

	private static final String HEXADECIMAL = "0123456789abcdef";

	private byte[] array;

	private int size;

	JsonOutput(int expectedSize) {
		this.array = new byte[expectedSize];
	}

	/**
	 * Write what is JSON already.
	 * @param ascii a piece of JSON
	 * @return this
	 */
	JsonOutput raw(String ascii) {
		int length = ascii.length();
		reserve(length);
		for (int i = 0; i < length; i++) {
			this.array[this.size + i] = (byte) ascii.charAt(i);
		}
		this.size += length;
		return this;
	}

	/**
	 * Write what is JSON already.
	 * @param utf8 a piece of JSON
	 * @return this
	 */
	JsonOutput raw(byte[] utf8) {
		return raw(utf8, 0, utf8.length);
	}

	private JsonOutput raw(byte[] utf8, int start, int end) {
		int length = end - start;
		reserve(length);
		System.arraycopy(utf8, start, this.array, this.size, length);
		this.size += length;
		return this;
	}

	JsonOutput string(String text) {
		byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
		reserve(utf8.length + 2);
		this.array[this.size++] = '"';
		int start = 0;
		for (int i = 0; i < utf8.length; i++) {
			if (isSpecial(utf8[i])) {
				raw(utf8, start, i);
				escape(utf8[i]);
				start = i + 1;
			}
		}
		raw(utf8, start, utf8.length);
		return raw("\"");
	}

	private static boolean isSpecial(byte next) {
		return next >= 0 && next < ' ' || next == '"' || next == '\\';
	}

	private void escape(byte next) {
		if (next >= ' ') {
			raw((next == '"') ? "\\\"" : "\\\\");
		}
		else if (next >= '\b' && next <= '\r' && next != 0x0B) {
			raw("\\").raw(String.valueOf(SHORT_ESCAPES.charAt(next - '\b')));
		}
		else {
			raw("\\u00").raw(String.valueOf(HEXADECIMAL.charAt(next >> 4)))
				.raw(String.valueOf(HEXADECIMAL.charAt(next & 15)));
		}
	}

	JsonOutput base64(byte[] bytes) {
		return raw("\"").raw(Base64.getEncoder().encode(bytes)).raw("\"");
	}

	JsonOutput unsigned(long number) {
		return raw(Long.toUnsignedString(number));
	}

	JsonOutput strings(Map<String, String> entries) {
		String separator = "{";
		for (Map.Entry<String, String> entry : entries.entrySet()) {
			raw(separator).string(entry.getKey()).raw(":").string(entry.getValue());
			separator = ",";
		}
		return raw(entries.isEmpty() ? "{}" : "}");
	}

	private void reserve(int length) {
		int needed = Math.addExact(this.size, length);
		if (needed > this.array.length) {
			this.array = Arrays.copyOf(this.array, (int) Math.min(2L * needed, needed + 65536L));
		}
	}

	/**
	 * Return what was written.
	 * @return an array of exactly the size
	 */
	byte[] toByteArray() {
		return (this.array.length == this.size) ? this.array : Arrays.copyOf(this.array, this.size);
	}

}
