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

package dev.realtime.hub;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.realtime.protocol.ServerMessage.DataType;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * A message made of data rather than a call: text, a JSON value or bytes. Immutable; the
 * methods that change something return a new message.
 *
 * @since 0.1.0
 * @see ClientProxy#publish(PlainMessage)
 */
public final class PlainMessage {

	private final DataType dataType;

	private final @Nullable Object payload;

	private final @Nullable Duration timeToLive;

	private final Map<String, String> metadata;

	private PlainMessage(DataType dataType, @Nullable Object payload, @Nullable Duration timeToLive,
			Map<String, String> metadata) {
		this.dataType = dataType;
		this.payload = payload;
		this.timeToLive = timeToLive;
		this.metadata = metadata;
	}

	/**
	 * Create a message of text.
	 * @param text the text
	 * @return the message
	 */
	public static PlainMessage text(String text) {
		Assert.notNull(text, "'text' must not be null");
		return new PlainMessage(DataType.TEXT, text, null, Map.of());
	}

	/**
	 * Create a message of a JSON value.
	 * @param value any value that can be written as JSON, or {@code null}
	 * @return the message
	 */
	public static PlainMessage json(@Nullable Object value) {
		return new PlainMessage(DataType.JSON, value, null, Map.of());
	}

	/**
	 * Create a message of bytes.
	 * @param bytes the bytes; not copied, so that they must not be changed while the
	 * message is in use
	 * @return the message
	 */
	public static PlainMessage binary(byte[] bytes) {
		Assert.notNull(bytes, "'bytes' must not be null");
		return new PlainMessage(DataType.BINARY, bytes, null, Map.of());
	}

	/**
	 * Return what the payload is.
	 * @return the kind of payload
	 */
	public DataType dataType() {
		return this.dataType;
	}

	/**
	 * Return the payload.
	 * @return a {@link String} for {@link DataType#TEXT}, a {@code byte[]} for
	 * {@link DataType#BINARY}, any value or {@code null} for {@link DataType#JSON}
	 */
	public @Nullable Object payload() {
		return this.payload;
	}

	/**
	 * Return how long the message may wait for a receiver.
	 * @return the time to live, or {@code null} for as long as it takes
	 */
	public @Nullable Duration timeToLive() {
		return this.timeToLive;
	}

	/**
	 * Return this message with a time to live. A message that waited longer in the queue
	 * of a connection is not sent to it any more.
	 * @param timeToLive how long the message may wait, must be positive
	 * @return a message with the time to live
	 */
	public PlainMessage timeToLive(Duration timeToLive) {
		Assert.notNull(timeToLive, "'timeToLive' must not be null");
		Assert.isTrue(!timeToLive.isNegative() && !timeToLive.isZero(), "'timeToLive' must be positive");
		return new PlainMessage(this.dataType, this.payload, timeToLive, this.metadata);
	}

	/**
	 * Return the additional entries.
	 * @return an unmodifiable map, possibly empty
	 */
	public Map<String, String> metadata() {
		return this.metadata;
	}

	/**
	 * Return this message with additional entries. Entries it already has stay, unless
	 * they are given again.
	 * @param metadata the entries to add
	 * @return a message with the entries
	 */
	public PlainMessage metadata(Map<String, String> metadata) {
		Assert.notNull(metadata, "'metadata' must not be null");
		Map<String, String> merged = new LinkedHashMap<>(this.metadata);
		merged.putAll(metadata);
		return new PlainMessage(this.dataType, this.payload, this.timeToLive, Map.copyOf(merged));
	}

	/**
	 * Return this message with an additional entry.
	 * @param key the key of the entry
	 * @param value the value of the entry
	 * @return a message with the entry
	 */
	public PlainMessage metadata(String key, String value) {
		Assert.hasText(key, "'key' must not be empty");
		Assert.notNull(value, "'value' must not be null");
		return metadata(Map.of(key, value));
	}

	@Override
	public String toString() {
		return "PlainMessage[" + this.dataType + "]";
	}

}
