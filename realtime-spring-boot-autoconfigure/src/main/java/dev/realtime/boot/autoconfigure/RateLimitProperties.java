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

package dev.realtime.boot.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/**
 * How fast clients may send, of all hubs or of one. What is faster waits.
 *
 * @since 0.1.0
 */
public class RateLimitProperties {

	/**
	 * How many messages of a client are handled per second on the average. By default any
	 * number.
	 */
	private @Nullable Double messagesPerSecond;

	/**
	 * How many messages of a client are handled at once after a while of silence. By
	 * default those of one second.
	 */
	private @Nullable Integer burst;

	/**
	 * How much is read of a client per second on the average. By default any size.
	 */
	private @Nullable DataSize bytesPerSecond;

	public @Nullable Double getMessagesPerSecond() {
		return this.messagesPerSecond;
	}

	public void setMessagesPerSecond(@Nullable Double messagesPerSecond) {
		this.messagesPerSecond = messagesPerSecond;
	}

	public @Nullable Integer getBurst() {
		return this.burst;
	}

	public void setBurst(@Nullable Integer burst) {
		this.burst = burst;
	}

	public @Nullable DataSize getBytesPerSecond() {
		return this.bytesPerSecond;
	}

	public void setBytesPerSecond(@Nullable DataSize bytesPerSecond) {
		this.bytesPerSecond = bytesPerSecond;
	}

}
