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

package dev.realtime.protocol;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * One encoded message as it goes over the wire, shared by all connections that receive
 * it. Immutable: the array must not be changed once it is handed over.
 *
 * @since 0.1.0
 */
public final class EncodedBody {

	private final byte[] bytes;

	private final TransferFormat format;

	private @Nullable String text;

	private EncodedBody(byte[] bytes, TransferFormat format) {
		Assert.notNull(bytes, "'bytes' must not be null");
		Assert.notNull(format, "'format' must not be null");
		this.bytes = bytes;
		this.format = format;
	}

	/**
	 * Create a body of UTF-8 text.
	 * @param utf8 the encoded text, owned by the body from now on
	 * @return the body
	 */
	public static EncodedBody text(byte[] utf8) {
		return new EncodedBody(utf8, TransferFormat.TEXT);
	}

	/**
	 * Create a body of bytes.
	 * @param bytes the bytes, owned by the body from now on
	 * @return the body
	 */
	public static EncodedBody binary(byte[] bytes) {
		return new EncodedBody(bytes, TransferFormat.BINARY);
	}

	/**
	 * Return the encoded bytes.
	 * @return the shared array, which must not be changed
	 */
	public byte[] bytes() {
		return this.bytes;
	}

	/**
	 * Return the number of bytes.
	 * @return the size in bytes
	 */
	public int size() {
		return this.bytes.length;
	}

	/**
	 * Return the format of the bytes.
	 * @return text or binary
	 */
	public TransferFormat format() {
		return this.format;
	}

	/**
	 * Return the text, decoded at most a few times however many connections receive it
	 * (the race between two first readers is harmless).
	 * @return the text
	 */
	public String asText() {
		String text = this.text;
		if (text == null) {
			text = new String(this.bytes, StandardCharsets.UTF_8);
			this.text = text;
		}
		return text;
	}

}
