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

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * A message with one slot per protocol that may have a receiver, encoded once per
 * protocol on the sender's thread. This is what fan-out shares and what a backplane
 * carries.
 *
 * @since 0.1.0
 */
public final class EncodedMessage {

	/**
	 * The deadline of a message without a time to live.
	 */
	public static final long NO_DEADLINE = Long.MAX_VALUE;

	private static final Duration FOR_EVER = Duration.ofDays(36500);

	private final String[] protocols;

	private final OutboundMessage[] entries;

	private final long deadline;

	private EncodedMessage(Map<String, EncodedBody> slots, boolean droppable, long deadline) {
		this.protocols = slots.keySet().toArray(String[]::new);
		this.entries = new OutboundMessage[slots.size()];
		int i = 0;
		for (EncodedBody body : slots.values()) {
			this.entries[i++] = new OutboundMessage(body, null, droppable, deadline);
		}
		this.deadline = deadline;
	}

	/**
	 * Encode a message for the given protocols.
	 * @param message the message
	 * @param protocols the protocols that may have a receiver
	 * @param deadline the {@link System#nanoTime()} after which the message is not worth
	 * delivering, or {@link #NO_DEADLINE}
	 * @return the encoded message, droppable by a slow consumer's queue
	 * @throws MessageEncodingException if a value cannot be encoded
	 */
	public static EncodedMessage encode(ServerMessage message, Collection<? extends ClientProtocol> protocols,
			long deadline) {
		Map<String, EncodedBody> slots = new LinkedHashMap<>(4);
		for (ClientProtocol protocol : protocols) {
			slots.put(protocol.name(), protocol.encode(message));
		}
		return new EncodedMessage(slots, true, deadline);
	}

	/**
	 * Return the deadline of a message that is sent now.
	 * @param timeToLive how long it is worth delivering, or zero for as long as it takes
	 * @return a {@link System#nanoTime()}, or {@link #NO_DEADLINE}
	 */
	public static long deadlineAfter(Duration timeToLive) {
		boolean ages = !timeToLive.isZero() && timeToLive.compareTo(FOR_EVER) < 0;
		return ages ? System.nanoTime() + timeToLive.toNanos() : NO_DEADLINE;
	}

	/**
	 * Create a message from slots that are encoded already, as a backplane hands them
	 * over.
	 * @param slots the bodies by protocol name
	 * @param droppable whether a slow consumer's queue may discard the message
	 * @param deadline see {@link #encode}
	 * @return the message
	 */
	public static EncodedMessage of(Map<String, EncodedBody> slots, boolean droppable, long deadline) {
		Assert.notNull(slots, "'slots' must not be null");
		return new EncodedMessage(slots, droppable, deadline);
	}

	/**
	 * Return the queue entry for a protocol, shared by all its receivers.
	 * @param protocol the protocol of a receiver
	 * @return the entry, or {@code null} if the message was not encoded for it
	 */
	public @Nullable OutboundMessage entry(ClientProtocol protocol) {
		String name = protocol.name();
		for (int i = 0; i < this.protocols.length; i++) {
			if (this.protocols[i].equals(name)) {
				return this.entries[i];
			}
		}
		return null;
	}

	/**
	 * Return all slots.
	 * @return the bodies by protocol name
	 */
	public Map<String, EncodedBody> slots() {
		Map<String, EncodedBody> slots = new LinkedHashMap<>();
		for (int i = 0; i < this.protocols.length; i++) {
			slots.put(this.protocols[i], this.entries[i].body());
		}
		return slots;
	}

	/**
	 * Return the size.
	 * @return the size in bytes, in the protocol in which it is largest
	 */
	public int size() {
		int size = 0;
		for (OutboundMessage entry : this.entries) {
			size = Math.max(size, entry.size());
		}
		return size;
	}

	/**
	 * Return until when the message is worth delivering.
	 * @return a {@link System#nanoTime()}, or {@link #NO_DEADLINE}
	 */
	public long deadline() {
		return this.deadline;
	}

}
