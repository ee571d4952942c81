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
import java.util.Arrays;

import org.springframework.util.Assert;

/**
 * A JSON value as it was received: codecs of JSON pass it on as it is, so that numbers,
 * the order of members and white space stay what they were. Whoever creates one has
 * checked that it is a JSON value. Immutable: the array must not be changed once it is
 * handed over.
 *
 * @since 0.1.0
 */
public final class JsonText {

	private final byte[] utf8;

	private JsonText(byte[] utf8) {
		this.utf8 = utf8;
	}

	/**
	 * Return a value that is encoded already.
	 * @param utf8 one JSON value in UTF-8, owned by the new object from now on
	 * @return the value
	 */
	public static JsonText of(byte[] utf8) {
		Assert.notNull(utf8, "'utf8' must not be null");
		return new JsonText(utf8);
	}

	/**
	 * Return the encoded value.
	 * @return the shared array, which must not be changed
	 */
	public byte[] utf8() {
		return this.utf8;
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof JsonText text && Arrays.equals(this.utf8, text.utf8);
	}

	@Override
	public int hashCode() {
		return Arrays.hashCode(this.utf8);
	}

	/**
	 * Return the value as text.
	 */
	@Override
	public String toString() {
		return new String(this.utf8, StandardCharsets.UTF_8);
	}

}
