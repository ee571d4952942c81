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

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * An entry of a connection's outbound queue: a body shared by all receivers, and what
 * concerns this entry alone. An entry without tail is itself shared by all receivers.
 *
 * @param body the shared body
 * @param tail bytes that follow the body for one connection alone, or {@code null}
 * @param droppable whether a full queue may discard the entry
 * @param deadline the {@link System#nanoTime()} after which the entry is not written any
 * more, or {@link EncodedMessage#NO_DEADLINE}
 * @param control whether the entry belongs to the connection rather than to what is sent
 * over it, so that it is not sent again over another transport
 * @since 0.1.0
 */
public record OutboundMessage(EncodedBody body, byte @Nullable [] tail, boolean droppable, long deadline,
		boolean control) {

	public OutboundMessage {
		Assert.notNull(body, "'body' must not be null");
	}

	/**
	 * Create an entry that is sent again if need be.
	 * @param body the encoded message
	 * @param tail bytes that follow the body for one connection alone, or {@code null}
	 * @param droppable whether a full queue may discard the entry
	 * @param deadline see {@link #deadline()}
	 */
	public OutboundMessage(EncodedBody body, byte @Nullable [] tail, boolean droppable, long deadline) {
		this(body, tail, droppable, deadline, false);
	}

	/**
	 * Create an entry for the connection itself: answers to handshakes, pings.
	 * @param body the body
	 * @return the entry, which is never discarded
	 */
	public static OutboundMessage control(EncodedBody body) {
		return new OutboundMessage(body, null, false, EncodedMessage.NO_DEADLINE, true);
	}

	/**
	 * Create an entry that is never discarded: completions, stream items, pings, closes.
	 * @param body the body
	 * @return the entry
	 */
	public static OutboundMessage of(EncodedBody body) {
		return new OutboundMessage(body, null, false, EncodedMessage.NO_DEADLINE);
	}

	/**
	 * Return the number of bytes the entry adds to a frame.
	 * @return the size of body and tail in bytes
	 */
	public int size() {
		return this.body.size() + ((this.tail != null) ? this.tail.length : 0);
	}

	/**
	 * Return whether the entry is not worth writing any more.
	 * @param nanoTime the current {@link System#nanoTime()}
	 * @return {@code true} if the deadline has passed
	 */
	public boolean expired(long nanoTime) {
		return this.deadline != EncodedMessage.NO_DEADLINE && nanoTime - this.deadline >= 0;
	}

}
