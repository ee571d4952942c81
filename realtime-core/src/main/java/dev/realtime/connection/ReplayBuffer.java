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

package dev.realtime.connection;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

import dev.realtime.protocol.OutboundMessage;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What was sent to a client and not yet acknowledged: it is sent again over the next
 * transport, in order. Bounded: while it is full the rest waits in the
 * {@link OutboundQueue}, under its limits. Safe for concurrent use; its lock is held for
 * a few operations of a queue, by the drainer and by the reader of one connection.
 *
 * @since 0.1.0
 */
public final class ReplayBuffer {

	private final ReplayProtocol protocol;

	private final long maxBytes;

	private final int maxMessages;

	// everything below is guarded by 'this'

	private final Deque<OutboundMessage> unacknowledged = new ArrayDeque<>();

	private long lastNumber;

	private long bytes;

	// how many of the latest are still to be sent over the present transport
	private int remaining;

	private boolean starting;

	private @Nullable OutboundMessage ahead;

	private boolean held;

	private volatile boolean full;

	private volatile boolean urgent;

	private volatile int progress;

	/**
	 * Create a buffer.
	 * @param protocol numbers the messages
	 * @param maxBytes how many bytes may be unacknowledged, at least 1; one message over
	 * it still passes
	 * @param maxMessages how many messages may be unacknowledged, at least 1
	 */
	public ReplayBuffer(ReplayProtocol protocol, long maxBytes, int maxMessages) {
		Assert.notNull(protocol, "'protocol' must not be null");
		Assert.isTrue(maxBytes > 0, "'maxBytes' must be positive");
		Assert.isTrue(maxMessages > 0, "'maxMessages' must be positive");
		this.protocol = protocol;
		this.maxBytes = maxBytes;
		this.maxMessages = maxMessages;
	}

	/**
	 * Accept nothing until {@link #release()}: the client is not ready to count.
	 */
	public synchronized void hold() {
		this.held = true;
		updateFull();
	}

	/**
	 * Accept messages, whether or not nothing was accepted before.
	 */
	synchronized void release() {
		this.held = false;
		updateFull();
	}

	/**
	 * Return whether nothing more may be sent before the client acknowledges something.
	 * @return {@code true} at the limit
	 */
	boolean isFull() {
		return this.full;
	}

	/**
	 * Return what tells whether the client gets on.
	 * @return a number that changes whenever it acknowledges something new, and with each
	 * transport, over which it could not acknowledge before
	 */
	int progress() {
		return this.progress;
	}

	/**
	 * Return whether something goes ahead of what waits in the queue.
	 * @return {@code true} if {@link #takeAhead} has something to take
	 */
	boolean isUrgent() {
		return this.urgent;
	}

	/**
	 * Have a message sent ahead of what waits, even while the buffer is full. It is not
	 * numbered, and replaces the one before if that was not sent yet.
	 * @param message the message
	 */
	synchronized void ahead(OutboundMessage message) {
		this.ahead = message;
		this.urgent = true;
	}

	/**
	 * Number a message and keep it. Called by the drainer.
	 * @param message the message
	 * @return what is to be sent
	 */
	synchronized OutboundMessage add(OutboundMessage message) {
		this.lastNumber++;
		OutboundMessage numbered = this.protocol.number(message, this.lastNumber);
		this.unacknowledged.addLast(numbered);
		this.bytes += numbered.size();
		updateFull();
		return numbered;
	}

	/**
	 * Take note of what the client has got.
	 * @param number the number of the last message it has got; others are ignored
	 */
	synchronized void acknowledge(long number) {
		int before = this.unacknowledged.size();
		long first = this.lastNumber - before + 1;
		while (first <= number && !this.unacknowledged.isEmpty()) {
			this.bytes -= this.unacknowledged.removeFirst().size();
			first++;
		}
		this.remaining = Math.min(this.remaining, this.unacknowledged.size());
		if (this.unacknowledged.size() < before) {
			this.progress++;
		}
		updateFull();
	}

	private void updateFull() {
		this.full = this.held || this.bytes > this.maxBytes || this.unacknowledged.size() >= this.maxMessages;
	}

	/**
	 * Begin again, for a new transport. Called while there is no drainer.
	 */
	synchronized void restart() {
		this.starting = true;
		this.remaining = this.unacknowledged.size();
		this.progress++;
		this.urgent = true;
	}

	/**
	 * Take what goes ahead of what waits. Called by the drainer.
	 * @param batch the list to add to
	 * @param maxBytes the size in bytes at which to stop
	 * @return the size of what was added
	 */
	synchronized int takeAhead(List<OutboundMessage> batch, int maxBytes) {
		int size = 0;
		if (this.starting) {
			this.starting = false;
			OutboundMessage start = this.protocol.start(this.lastNumber - this.unacknowledged.size() + 1);
			if (start != null) {
				batch.add(start);
				size += start.size();
			}
		}
		OutboundMessage ahead = this.ahead;
		if (ahead != null) {
			this.ahead = null;
			batch.add(ahead);
			size += ahead.size();
		}
		if (this.remaining > 0) {
			Iterator<OutboundMessage> again = this.unacknowledged.iterator();
			for (int i = this.unacknowledged.size() - this.remaining; i > 0; i--) {
				again.next();
			}
			while (this.remaining > 0 && size < maxBytes) {
				OutboundMessage message = again.next();
				batch.add(message);
				size += message.size();
				this.remaining--;
			}
		}
		this.urgent = this.remaining > 0;
		return size;
	}

	/**
	 * Return how many bytes are not acknowledged.
	 * @return the size in bytes
	 */
	public synchronized long bytes() {
		return this.bytes;
	}

}
