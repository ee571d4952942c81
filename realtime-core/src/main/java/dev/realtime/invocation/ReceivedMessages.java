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

package dev.realtime.invocation;

import dev.realtime.protocol.signalr.HubProtocolException;

/**
 * Counts the messages of a client that sends again what may have been lost, and tells
 * which ones were seen before (hub protocol, stateful reconnect). Safe for concurrent
 * use.
 */
final class ReceivedMessages {

	private static final int PROMPT_BYTES = 32 * 1024;

	private long next = 1;

	private int bytes;

	private long latest;

	private long acknowledged;

	/**
	 * Count a message.
	 * @param size its size in bytes
	 * @return {@code false} if it was seen before
	 */
	synchronized boolean accept(int size) {
		long number = this.next++;
		if (number <= this.latest) {
			return false;
		}
		this.latest = number;
		this.bytes += size;
		return true;
	}

	/**
	 * Take note of the number of the message that follows: the client knows of those
	 * before it that they were received, whatever it was told over another transport.
	 * @param number the number
	 * @throws HubProtocolException if messages are missing
	 */
	synchronized void sequence(long number) throws HubProtocolException {
		if (number > this.next) {
			throw new HubProtocolException("Sequence ID greater than amount of messages we've received.");
		}
		this.next = number;
		this.acknowledged = number - 1;
	}

	/**
	 * Return whether so much came that the client should hear of it soon: it may have to
	 * wait for that.
	 * @return {@code true} once {@value #PROMPT_BYTES} bytes came
	 */
	synchronized boolean isMuch() {
		return this.bytes >= PROMPT_BYTES;
	}

	/**
	 * Return what the client has not been told yet.
	 * @return the number of the latest message, or 0 if the client knows it
	 */
	synchronized long acknowledge() {
		if (this.latest == this.acknowledged) {
			return 0;
		}
		this.acknowledged = this.latest;
		this.bytes = 0;
		return this.latest;
	}

}
