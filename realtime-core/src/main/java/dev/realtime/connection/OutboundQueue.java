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
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

import dev.realtime.protocol.OutboundLimits;
import dev.realtime.protocol.OutboundMessage;
import dev.realtime.protocol.OverflowStrategy;
import org.jctools.queues.MessagePassingQueue;
import org.jctools.queues.atomic.unpadded.MpscLinkedAtomicUnpaddedQueue;
import org.jspecify.annotations.Nullable;

/**
 * The messages that wait for one client: many producers, one drainer, bounded in bytes
 * and messages. Producers never lock and never wait.
 *
 * <p>
 * Whoever turns {@link #acquire()} to {@code true} holds the drain right and hands it to
 * the transport, which takes batches until {@link #release()} says that it may stop. What
 * was taken counts towards the limits until it is {@link #written()}. Only a message that
 * is larger than all that may wait, which passes an empty queue, does not count towards
 * the limit of bytes once it was taken: what comes behind it has that for itself.
 *
 * @since 0.1.0
 */
public final class OutboundQueue {

	private static final AtomicLongFieldUpdater<OutboundQueue> BYTES = AtomicLongFieldUpdater
		.newUpdater(OutboundQueue.class, "bytes");

	private static final AtomicLongFieldUpdater<OutboundQueue> SENT_BYTES = AtomicLongFieldUpdater
		.newUpdater(OutboundQueue.class, "sentBytes");

	private static final AtomicLongFieldUpdater<OutboundQueue> SENT_MESSAGES = AtomicLongFieldUpdater
		.newUpdater(OutboundQueue.class, "sentMessages");

	private static final AtomicIntegerFieldUpdater<OutboundQueue> MESSAGES = AtomicIntegerFieldUpdater
		.newUpdater(OutboundQueue.class, "messages");

	private static final AtomicIntegerFieldUpdater<OutboundQueue> RESERVED = AtomicIntegerFieldUpdater
		.newUpdater(OutboundQueue.class, "reserved");

	private static final AtomicIntegerFieldUpdater<OutboundQueue> DRAINING = AtomicIntegerFieldUpdater
		.newUpdater(OutboundQueue.class, "draining");

	private static final AtomicIntegerFieldUpdater<OutboundQueue> CONSUMING = AtomicIntegerFieldUpdater
		.newUpdater(OutboundQueue.class, "consuming");

	private static final int HIGH_WATERMARK = 64 * 1024;

	private final OutboundLimits limits;

	private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

	// the padding of the other variants would cost each idle connection 360 bytes
	private final MessagePassingQueue<OutboundMessage> incoming = new MpscLinkedAtomicUnpaddedQueue<>();

	// what a trimming producer has looked through; guarded by 'consuming'
	private @Nullable Deque<OutboundMessage> sifted;

	private volatile long bytes;

	private volatile int messages;

	// how many of the messages are still to be added
	private volatile int reserved;

	private volatile int draining;

	private volatile int consuming;

	private volatile boolean trimRequested;

	private volatile boolean overflowed;

	private volatile boolean completed;

	private volatile boolean finished;

	private volatile @Nullable OutboundMessage last;

	private volatile @Nullable ReplayBuffer replay;

	private volatile long dropped;

	// what is taken but left out of 'bytes'; written by the drainer only
	private volatile long oversizedBytes;

	// written by the drainer only
	private long takenBytes;

	private volatile int takenMessages;

	private volatile boolean writing;

	private volatile long writingSince;

	// what was taken so far; written by the drainer only
	private volatile long sentBytes;

	private volatile long sentMessages;

	/**
	 * Create a queue.
	 * @param limits its limits
	 */
	public OutboundQueue(OutboundLimits limits) {
		this.limits = limits;
	}

	/**
	 * Add a message at the end.
	 * @param message the message
	 * @return what became of it
	 */
	public Offer offer(OutboundMessage message) {
		Offer offer = count(message);
		return (offer == Offer.ACCEPTED) ? add(message) : offer;
	}

	/**
	 * Make room for a message that is to be added later, since others come first.
	 * @param message the message
	 * @return what becomes of it
	 */
	Offer reserve(OutboundMessage message) {
		Offer offer = count(message);
		if (offer == Offer.ACCEPTED) {
			RESERVED.incrementAndGet(this);
		}
		return offer;
	}

	/**
	 * Add a message that {@linkplain #reserve room was made for}.
	 * @param message the message
	 * @return what became of it
	 */
	Offer addReserved(OutboundMessage message) {
		Offer offer = Offer.REJECTED;
		if (this.finished) {
			forget(message);
		}
		else {
			offer = add(message);
		}
		RESERVED.decrementAndGet(this);
		return offer;
	}

	private Offer count(OutboundMessage message) {
		if (this.completed) {
			return Offer.REJECTED;
		}
		if (this.limits.overflow() == OverflowStrategy.TERMINATE && exceeds(message.size(), 1)) {
			return Offer.OVERFLOW;
		}
		BYTES.addAndGet(this, message.size());
		MESSAGES.incrementAndGet(this);
		return Offer.ACCEPTED;
	}

	private Offer add(OutboundMessage message) {
		this.incoming.offer(message);
		if (this.limits.overflow() == OverflowStrategy.DROP_OLDEST && exceeds(0, 0)) {
			this.trimRequested = true;
			trimIfRequested();
			if (this.overflowed) {
				return Offer.OVERFLOW;
			}
		}
		return Offer.ACCEPTED;
	}

	/**
	 * Add the last message and accept none after it.
	 * @param message the last message, or {@code null} if there is none
	 */
	void complete(@Nullable OutboundMessage message) {
		this.last = message;
		this.completed = true;
		if (message != null) {
			BYTES.addAndGet(this, message.size());
			MESSAGES.incrementAndGet(this);
			this.incoming.offer(message);
		}
	}

	private boolean exceeds(int moreBytes, int moreMessages) {
		int messages = this.messages;
		return messages > 0 && (this.bytes + moreBytes > this.limits.maxBytes()
				|| messages + moreMessages > this.limits.maxMessages());
	}

	/**
	 * Try to acquire the drain right.
	 * @return {@code true} if the caller holds it now and has to have the queue drained
	 */
	public boolean acquire() {
		return this.draining == 0 && DRAINING.compareAndSet(this, 0, 1);
	}

	/**
	 * Give the drain right back.
	 * @return {@code true} if something was added meanwhile, so that the caller holds the
	 * right still and has to go on
	 */
	public boolean release() {
		this.draining = 0;
		return hasWork() && acquire();
	}

	/**
	 * Return whether a drainer would find something to do.
	 * @return {@code true} if messages wait or the end has not been taken note of
	 */
	public boolean hasWork() {
		if (this.completed) {
			return !this.finished || hasMessages();
		}
		ReplayBuffer replay = this.replay;
		return (replay != null && replay.isUrgent()) || (hasMessages() && !waitsForAcknowledgement());
	}

	// what is reserved is counted before, so that nothing is missed in this order
	private boolean hasMessages() {
		int reserved = this.reserved;
		return this.messages - reserved > this.takenMessages;
	}

	/**
	 * Keep what is sent from now on until the client acknowledges it. What is already
	 * taken is not kept.
	 * @param replay keeps the messages
	 */
	void replay(ReplayBuffer replay) {
		this.replay = replay;
	}

	/**
	 * Return what keeps the messages that were sent.
	 * @return the buffer, or {@code null} if they are not kept
	 */
	@Nullable ReplayBuffer replay() {
		return this.replay;
	}

	/**
	 * Return whether nothing is sent because the client has not acknowledged enough.
	 * @return {@code true} while the {@link ReplayBuffer} is full, if there is one
	 */
	public boolean waitsForAcknowledgement() {
		ReplayBuffer replay = this.replay;
		return replay != null && !this.completed && replay.isFull();
	}

	/**
	 * Return what tells whether the client gets on with what it has to acknowledge.
	 * @return a number that changes whenever it acknowledges something new, and with each
	 * transport, over which it could not acknowledge before; always 0 if there is no
	 * {@link ReplayBuffer}
	 */
	public int progress() {
		ReplayBuffer replay = this.replay;
		return (replay != null) ? replay.progress() : 0;
	}

	/**
	 * Begin again, for a new transport.
	 */
	void restart() {
		ReplayBuffer replay = this.replay;
		if (replay != null) {
			replay.restart();
		}
	}

	/**
	 * Take the drain right from a transport that has ended.
	 */
	void giveBack() {
		written();
		this.draining = 0;
	}

	/**
	 * Take what waits, oldest first. Called by the holder of the drain right, after the
	 * batch before was {@link #written()}.
	 * @param batch the list to add to
	 * @param maxBytes the size in bytes at which to stop; one message over it still
	 * passes
	 * @param nanoTime the current time, to leave out what has expired
	 */
	public void take(List<OutboundMessage> batch, int maxBytes, long nanoTime) {
		int before = batch.size();
		int taken = 0;
		long oversized = 0;
		int count = 0;
		boolean forgotten = false;
		ReplayBuffer replay = this.replay;
		int ahead = (replay != null && replay.isUrgent()) ? replay.takeAhead(batch, maxBytes) : 0;
		long sentBytes = ahead;
		lock();
		try {
			OutboundMessage message;
			while (ahead + taken < maxBytes && !this.finished && (message = poll(replay)) != null) {
				if (message == this.last) {
					this.finished = true;
				}
				else if (message.expired(nanoTime)) {
					forget(message);
					forgotten = true;
					continue;
				}
				boolean numbered = !message.control() && message != this.last;
				OutboundMessage sent = (replay != null && numbered) ? replay.add(message) : message;
				batch.add(sent);
				sentBytes += sent.size();
				taken += message.size();
				oversized += (message.size() > this.limits.maxBytes()) ? message.size() : 0;
				count++;
			}
			if (this.completed && this.last == null && isDrained() && (replay == null || !replay.isUrgent())) {
				this.finished = true;
			}
		}
		finally {
			this.consuming = 0;
		}
		this.takenBytes += taken - oversized;
		this.takenMessages += count;
		if (oversized > 0) {
			this.oversizedBytes += oversized;
			BYTES.addAndGet(this, -oversized);
		}
		if (count > 0 || ahead > 0) {
			SENT_BYTES.lazySet(this, this.sentBytes + sentBytes);
			SENT_MESSAGES.lazySet(this, this.sentMessages + batch.size() - before);
			this.writingSince = nanoTime;
			this.writing = true;
		}
		trimIfRequested();
		if (forgotten) {
			runWaiting();
		}
	}

	// held for the time of a few queue operations; producers only ever try
	private void lock() {
		for (int spins = 0; !CONSUMING.compareAndSet(this, 0, 1); spins++) {
			if (spins < 100) {
				Thread.onSpinWait();
			}
			else {
				Thread.yield();
			}
		}
	}

	private @Nullable OutboundMessage poll(@Nullable ReplayBuffer replay) {
		if (replay != null && !this.completed && replay.isFull()) {
			OutboundMessage next = (this.sifted != null) ? this.sifted.peekFirst() : null;
			next = (next != null) ? next : this.incoming.peek();
			if (next == null || !next.control()) {
				return null;
			}
		}
		return poll();
	}

	private @Nullable OutboundMessage poll() {
		OutboundMessage message = (this.sifted != null) ? this.sifted.pollFirst() : null;
		return (message != null) ? message : this.incoming.poll();
	}

	private boolean isDrained() {
		return this.incoming.isEmpty() && (this.sifted == null || this.sifted.isEmpty());
	}

	/**
	 * Take note that the batch taken last is out of the server's hands.
	 */
	public void written() {
		BYTES.addAndGet(this, -this.takenBytes);
		MESSAGES.addAndGet(this, -this.takenMessages);
		this.takenBytes = 0;
		this.takenMessages = 0;
		this.oversizedBytes = 0;
		this.writing = false;
		runWaiting();
	}

	/**
	 * Return whether producers that can wait should go on producing.
	 * @return {@code false} while {@value #HIGH_WATERMARK} bytes or half of the messages
	 * allowed wait
	 */
	public boolean hasRoom() {
		return this.finished || (freeBytes() > 0 && freeMessages() > 0);
	}

	/**
	 * Return whether calls of the client should go on to be answered. A queue whose
	 * oldest broadcasts are dropped may be full for as long as the connection lives,
	 * which is no reason not to hear its client.
	 * @return {@code false} while there is no {@linkplain #hasRoom() room}, unless
	 * broadcasts make room by being dropped
	 */
	public boolean takesAnswers() {
		return this.limits.overflow() == OverflowStrategy.DROP_OLDEST || hasRoom();
	}

	/**
	 * Return how many messages a producer that can wait should add at most.
	 * @param size the size of a message in bytes
	 * @return the number of messages, at least 1 while there {@linkplain #hasRoom() is
	 * room}
	 */
	public int roomFor(int size) {
		if (!hasRoom()) {
			return 0;
		}
		return (int) Math.max(1, Math.min(freeMessages(), freeBytes() / Math.max(1, size)));
	}

	private long freeBytes() {
		return Math.min(HIGH_WATERMARK, this.limits.maxBytes()) - bytes();
	}

	private int freeMessages() {
		return (this.limits.maxMessages() + 1) / 2 - this.messages;
	}

	/**
	 * Run a task as soon as there is room, at once if there is some already. The task
	 * also runs when the connection ends. Called from any thread.
	 * @param task the task, which must not block; it runs on this thread or on the
	 * drainer's
	 */
	public void whenRoom(Runnable task) {
		if (hasRoom()) {
			task.run();
			return;
		}
		this.waiting.offer(task);
		runWaiting();
	}

	private void runWaiting() {
		Runnable task;
		while (hasRoom() && (task = this.waiting.poll()) != null) {
			task.run();
		}
	}

	/**
	 * Return whether the last message was taken: when it is written, the transport has to
	 * end.
	 * @return {@code true} at the end
	 */
	public boolean isFinished() {
		return this.finished;
	}

	/**
	 * Return whether the write under way has taken longer than the send timeout.
	 * @param nanoTime the current time
	 * @return {@code true} if the client does not take what is sent
	 */
	boolean isStalled(long nanoTime) {
		return this.writing && nanoTime - this.writingSince >= this.limits.sendTimeout().toNanos();
	}

	/**
	 * Return the limits.
	 * @return the limits of this queue
	 */
	public OutboundLimits limits() {
		return this.limits;
	}

	/**
	 * Return how many bytes wait, including those being written.
	 * @return the size in bytes
	 */
	public long bytes() {
		return this.bytes + this.oversizedBytes;
	}

	/**
	 * Return how many messages wait, including those being written.
	 * @return the number of messages
	 */
	public int messages() {
		return this.messages;
	}

	/**
	 * Return how many messages were discarded because the queue was full.
	 * @return the number since the connection was opened
	 */
	public long dropped() {
		return this.dropped;
	}

	/**
	 * Return how many bytes the transport has taken to write them.
	 * @return the size in bytes since the connection was created, without what the
	 * transport adds; what a client was sent again counts again
	 */
	public long sentBytes() {
		return this.sentBytes;
	}

	/**
	 * Return how many messages the transport has taken to write them.
	 * @return the number since the connection was created; what a client was sent again
	 * counts again
	 */
	public long sentMessages() {
		return this.sentMessages;
	}

	/**
	 * Accept nothing more and let go of everything that waits.
	 */
	void clear() {
		this.completed = true;
		this.finished = true;
		lock();
		try {
			OutboundMessage message;
			while ((message = poll()) != null) {
				forget(message);
			}
		}
		finally {
			this.consuming = 0;
		}
		runWaiting();
	}

	private void forget(OutboundMessage message) {
		BYTES.addAndGet(this, -message.size());
		MESSAGES.decrementAndGet(this);
	}

	private void trimIfRequested() {
		while (this.trimRequested && CONSUMING.compareAndSet(this, 0, 1)) {
			try {
				this.trimRequested = false;
				trim();
			}
			finally {
				this.consuming = 0;
			}
		}
	}

	private void trim() {
		Deque<OutboundMessage> sifted = this.sifted;
		if (sifted == null) {
			sifted = new ArrayDeque<>();
			this.sifted = sifted;
		}
		OutboundMessage message;
		while ((message = this.incoming.poll()) != null) {
			sifted.addLast(message);
		}
		Iterator<OutboundMessage> oldest = sifted.iterator();
		while (exceeds(0, 0) && sifted.size() > 1 && oldest.hasNext()) {
			OutboundMessage candidate = oldest.next();
			if (candidate.droppable()) {
				oldest.remove();
				forget(candidate);
				this.dropped = this.dropped + 1;
			}
		}
		this.overflowed = !oldest.hasNext() && isTooMuch(sifted);
	}

	// counts what is there, since producers count what they are about to add
	private boolean isTooMuch(Deque<OutboundMessage> messages) {
		long bytes = 0;
		for (OutboundMessage message : messages) {
			bytes += message.size();
		}
		return messages.size() > 1 && (bytes > this.limits.maxBytes() || messages.size() > this.limits.maxMessages());
	}

	/**
	 * What became of an offered message.
	 */
	public enum Offer {

		/**
		 * It waits for the drainer.
		 */
		ACCEPTED,

		/**
		 * The connection is closing.
		 */
		REJECTED,

		/**
		 * There is no room: the connection has to end.
		 */
		OVERFLOW

	}

}
