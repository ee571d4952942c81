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

import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import dev.realtime.hub.HubException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * A stream of items that a client sends to a method (SignalR hub protocol, "Uploads"):
 * buffers what the method has not taken yet, and tells when it should take more before
 * more is read. Read once, either by a subscriber or by an iterator.
 */
final class UploadStream {

	private static final Log logger = LogFactory.getLog(UploadStream.class);

	private final Type itemType;

	private final int capacity;

	private final Executor executor;

	private final Runnable onRoom;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private final Deque<Object> items = new ArrayDeque<>();

	private boolean ended;

	private @Nullable Throwable failure;

	private Flow.@Nullable Subscriber<? super Object> subscriber;

	private long requested;

	private boolean emitting;

	private boolean read;

	private volatile boolean cancelled;

	/**
	 * Create a stream.
	 * @param itemType the type of the items
	 * @param capacity how many items are buffered before reading should stop
	 * @param executor runs subscribers
	 * @param onRoom called when the buffer was full and is not any more
	 */
	UploadStream(Type itemType, int capacity, Executor executor, Runnable onRoom) {
		this.itemType = itemType;
		this.capacity = capacity;
		this.executor = executor;
		this.onRoom = onRoom;
	}

	Type itemType() {
		return this.itemType;
	}

	/**
	 * Add an item that has arrived.
	 * @param item the item; {@code null} stands for JSON's null
	 */
	void item(@Nullable Object item) {
		this.lock.lock();
		try {
			if (!this.ended) {
				this.items.addLast((item != null) ? item : NullItem.INSTANCE);
				this.changed.signalAll();
			}
		}
		finally {
			this.lock.unlock();
		}
		emit();
	}

	/**
	 * End the stream; what is buffered can still be read. Only the first end counts.
	 * @param failure why it failed, or {@code null} if it is complete
	 */
	void end(@Nullable Throwable failure) {
		this.lock.lock();
		try {
			if (this.ended) {
				return;
			}
			this.ended = true;
			this.failure = failure;
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
		emit();
	}

	/**
	 * End the stream because its method has ended, and drop what is buffered.
	 */
	void abandon() {
		end(null);
		this.lock.lock();
		try {
			this.items.clear();
		}
		finally {
			this.lock.unlock();
		}
		this.onRoom.run();
	}

	/**
	 * Return whether reading should stop until the method has taken more.
	 * @return {@code true} if the buffer is full
	 */
	boolean isFull() {
		return size() >= this.capacity;
	}

	int size() {
		this.lock.lock();
		try {
			return this.items.size();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Return the items as a publisher for one subscriber, which is called on threads of
	 * the executor, never on those of a transport.
	 * @return the publisher
	 */
	Flow.Publisher<Object> publisher() {
		return this::subscribe;
	}

	private void subscribe(Flow.Subscriber<? super Object> subscriber) {
		claim();
		subscriber.onSubscribe(new Flow.Subscription() {

			@Override
			public void request(long n) {
				demand(n);
			}

			@Override
			public void cancel() {
				UploadStream.this.cancelled = true;
				UploadStream.this.subscriber = null;
				abandon();
			}

		});
		if (!this.cancelled) {
			this.subscriber = subscriber;
			emit();
		}
	}

	private void claim() {
		this.lock.lock();
		try {
			Assert.state(!this.read, "A stream of a client can be read once only");
			this.read = true;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void demand(long n) {
		this.lock.lock();
		try {
			if (n <= 0) {
				this.failure = new IllegalArgumentException("Demand must be positive");
				this.ended = true;
				this.items.clear();
			}
			this.requested = (this.requested + n < 0) ? Long.MAX_VALUE : this.requested + n;
		}
		finally {
			this.lock.unlock();
		}
		emit();
	}

	private void emit() {
		this.lock.lock();
		try {
			if (this.emitting || this.subscriber == null || !canEmit()) {
				return;
			}
			this.emitting = true;
		}
		finally {
			this.lock.unlock();
		}
		try {
			this.executor.execute(this::emitAll);
		}
		catch (RejectedExecutionException ex) {
			// the executor has been shut down: nobody reads any more
			this.subscriber = null;
		}
	}

	private boolean canEmit() {
		return (this.requested > 0 && !this.items.isEmpty()) || (this.ended && this.items.isEmpty());
	}

	private void emitAll() {
		while (true) {
			Flow.Subscriber<? super Object> subscriber = this.subscriber;
			Object item;
			boolean wasFull;
			this.lock.lock();
			try {
				if (subscriber == null || !canEmit()) {
					this.emitting = false;
					return;
				}
				wasFull = this.items.size() >= this.capacity;
				item = this.items.pollFirst();
				this.requested -= (item != null) ? 1 : 0;
			}
			finally {
				this.lock.unlock();
			}
			if (item == null) {
				this.subscriber = null;
				signalEnd(subscriber);
				return;
			}
			if (wasFull) {
				this.onRoom.run();
			}
			if (item == NullItem.INSTANCE) {
				// reactive streams have no nulls: the stream fails as on any other bad
				// item
				this.subscriber = null;
				abandon();
				subscriber.onError(new HubException("A stream item must not be null"));
				return;
			}
			try {
				subscriber.onNext(item);
			}
			catch (RuntimeException | Error ex) {
				// against the rules, which say to take it as a cancellation
				logger.error("Subscriber of a client's stream failed", ex);
				this.subscriber = null;
				abandon();
				return;
			}
		}
	}

	private void signalEnd(Flow.Subscriber<? super Object> subscriber) {
		Throwable failure = this.failure;
		if (failure != null) {
			subscriber.onError(failure);
		}
		else {
			subscriber.onComplete();
		}
	}

	/**
	 * Return the items as an iterator that waits for the next one.
	 * @return the iterator, for one thread
	 */
	Iterator<@Nullable Object> iterator() {
		claim();
		return new BlockingIterator();
	}

	private boolean awaitItem() {
		this.lock.lock();
		try {
			while (this.items.isEmpty() && !this.ended) {
				this.changed.await();
			}
			if (!this.items.isEmpty()) {
				return true;
			}
			if (this.failure instanceof RuntimeException ex) {
				throw ex;
			}
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while waiting for a client's stream", ex);
		}
		finally {
			this.lock.unlock();
		}
	}

	private @Nullable Object takeItem() {
		Object item;
		boolean wasFull;
		this.lock.lock();
		try {
			wasFull = this.items.size() >= this.capacity;
			item = this.items.pollFirst();
		}
		finally {
			this.lock.unlock();
		}
		if (item == null) {
			throw new NoSuchElementException();
		}
		if (wasFull) {
			this.onRoom.run();
		}
		return NullItem.unwrap(item);
	}

	private final class BlockingIterator implements Iterator<@Nullable Object> {

		@Override
		public boolean hasNext() {
			return awaitItem();
		}

		@Override
		public @Nullable Object next() {
			if (!awaitItem()) {
				throw new NoSuchElementException();
			}
			return takeItem();
		}

	}

	/**
	 * Stands for JSON's null in the buffer, which holds no nulls.
	 */
	private enum NullItem {

		INSTANCE;

		static @Nullable Object unwrap(Object item) {
			return (item != INSTANCE) ? item : null;
		}

	}

}
