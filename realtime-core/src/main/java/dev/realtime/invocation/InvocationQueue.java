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

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import dev.realtime.connection.Lane;
import dev.realtime.connection.OutboundQueue;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one connection: started in the order in which they arrived, as many at a
 * time as the hub allows (SignalR hub protocol, "Calls from the client"). What arrives in
 * one frame is one hop to the executor. No call starts while the client does not take the
 * answers of those before.
 */
final class InvocationQueue {

	private static final int NO_TURN = 0;

	private static final Log logger = LogFactory.getLog(InvocationQueue.class);

	private final Executor executor;

	private final OutboundQueue answers;

	private final Supplier<Lane> lane;

	private final @Nullable InboundRate rate;

	private final AtomicBoolean waitsForRoom = new AtomicBoolean();

	private final Deque<Task> waiting = new ArrayDeque<>(2);

	private int permits;

	private long waitingBytes;

	// what was added and has not come to its end
	private int unfinished;

	private boolean started;

	private boolean settled;

	private boolean discarding;

	// whether a thread takes calls; the turn tells it when another one has taken over
	private boolean taking;

	private int turn;

	/**
	 * Create a queue that holds everything back until {@link #start()}.
	 * @param executor runs the calls
	 * @param permits how many calls may run at the same time
	 * @param answers where the answers wait
	 * @param lane tells the lane of the connection
	 * @param rate how fast calls may start, or {@code null} if that is not limited
	 */
	InvocationQueue(Executor executor, int permits, OutboundQueue answers, Supplier<Lane> lane,
			@Nullable InboundRate rate) {
		this.executor = executor;
		this.answers = answers;
		this.lane = lane;
		this.permits = permits;
		this.rate = rate;
	}

	/**
	 * Add a call. It is not started before {@link #flush()}.
	 * @param task the call
	 */
	synchronized void add(Task task) {
		if (this.discarding && task.discardable()) {
			return;
		}
		this.waiting.addLast(task);
		this.waitingBytes += task.size();
		this.unfinished++;
	}

	/**
	 * Start what may be started.
	 */
	void flush() {
		int turn;
		boolean room;
		synchronized (this) {
			if (this.taking || !hasNext()) {
				return;
			}
			room = hasRoom();
			turn = (room && isTime()) ? ++this.turn : NO_TURN;
			this.taking = turn != NO_TURN;
		}
		if (turn != NO_TURN) {
			execute(turn);
		}
		else if (!room) {
			awaitRoom();
		}
		else if (this.rate != null) {
			this.rate.whenNext(this::flush);
		}
	}

	private boolean isTime() {
		InboundRate rate = this.rate;
		return rate == null || !isPaced() || rate.mayStart();
	}

	private boolean isPaced() {
		Task next = this.waiting.peekFirst();
		return next != null && next.discardable();
	}

	private boolean takeTime() {
		InboundRate rate = this.rate;
		return rate == null || !isPaced() || rate.tryStart();
	}

	private void awaitRoom() {
		if (this.waitsForRoom.compareAndSet(false, true)) {
			this.answers.whenRoom(() -> {
				this.waitsForRoom.set(false);
				flush();
			});
		}
	}

	/**
	 * Run a call on the calling thread if nothing is waiting or running, so that order is
	 * kept.
	 * @param task the call, which does not block and holds a permit
	 * @return {@code false} if the call has to wait for its turn
	 */
	boolean runNow(Task task) {
		int turn;
		synchronized (this) {
			if (this.taking || !this.started || !this.waiting.isEmpty() || this.permits == 0
					|| !this.answers.takesAnswers() || (this.rate != null && !this.rate.tryStart())) {
				return false;
			}
			this.permits--;
			this.unfinished++;
			this.taking = true;
			turn = ++this.turn;
		}
		perform(task);
		synchronized (this) {
			if (turn == this.turn) {
				this.taking = false;
			}
		}
		flush();
		return true;
	}

	/**
	 * Let calls start, but not yet the {@linkplain #addLast(Runnable) last task}.
	 */
	void startCalls() {
		synchronized (this) {
			this.started = true;
		}
		flush();
	}

	/**
	 * Let calls start, and the {@linkplain #addLast(Runnable) last task}.
	 */
	void start() {
		synchronized (this) {
			this.settled = true;
		}
		startCalls();
	}

	/**
	 * Run a task after every call that was added before has started, whatever holds
	 * permits. Like them it is held back until {@link #start()}.
	 * @param task the task
	 */
	void addLast(Runnable task) {
		add(new LastTask(this, task));
		flush();
	}

	/**
	 * Return the permit of a call that has ended.
	 */
	void release() {
		synchronized (this) {
			this.permits++;
			this.unfinished--;
		}
		flush();
	}

	/**
	 * Return the permit of a call that goes on without a thread.
	 */
	void releaseEarly() {
		synchronized (this) {
			this.permits++;
		}
		flush();
	}

	/**
	 * Take note of the end of a call that has no permit, or has returned it before.
	 */
	synchronized void ended() {
		this.unfinished--;
	}

	/**
	 * Return whether there is nothing that waits or has not come to its end.
	 * @return {@code true} if everybody who waits for an answer has got it
	 */
	synchronized boolean isIdle() {
		return this.unfinished == 0;
	}

	/**
	 * Return the permit of a call that goes on, but waits for its own client: the calls
	 * behind it may start, on another thread.
	 */
	void yield() {
		synchronized (this) {
			this.permits++;
			this.taking = false;
			this.turn++;
		}
		flush();
	}

	/**
	 * Forget the calls that have not started, and those that are still to come. What is
	 * not {@linkplain Task#discardable() discardable} stays.
	 */
	synchronized void discard() {
		this.discarding = true;
		int before = this.waiting.size();
		this.waiting.removeIf(Task::discardable);
		this.unfinished -= before - this.waiting.size();
		this.waitingBytes = 0;
	}

	/**
	 * Forget the calls whose client was too fast and is gone: there is no pace any more
	 * at which they could start.
	 */
	synchronized void discardLate() {
		if (this.rate != null && !this.rate.mayStart()) {
			discard();
		}
	}

	/**
	 * Return how many calls wait.
	 * @return the number of calls that have not started
	 */
	synchronized int waiting() {
		return this.waiting.size();
	}

	/**
	 * Return how many bytes the waiting calls had on the wire.
	 * @return the size in bytes
	 */
	synchronized long waitingBytes() {
		return this.waitingBytes;
	}

	private boolean hasNext() {
		Task next = this.waiting.peekFirst();
		return next != null && (next.waitsForTurn() ? this.started && this.permits > 0 : this.settled);
	}

	private boolean hasRoom() {
		Task next = this.waiting.peekFirst();
		return this.answers.takesAnswers() || (next != null && !next.waitsForTurn());
	}

	private void execute(int turn) {
		try {
			if (this.executor instanceof InvocationPool pool) {
				pool.execute(() -> run(turn), this.lane.get());
			}
			else {
				this.executor.execute(() -> run(turn));
			}
		}
		catch (RejectedExecutionException ex) {
			// the executor has been shut down: nothing will be invoked any more
			discard();
		}
	}

	private void run(int turn) {
		Task task;
		while ((task = take(turn)) != null) {
			perform(task);
		}
	}

	// a call answers its failures itself; if it fails in doing so, others go on
	private static void perform(Task task) {
		try {
			task.run();
		}
		catch (Throwable ex) {
			logger.error("Failure of a call", ex);
		}
	}

	private @Nullable Task take(int turn) {
		Task task;
		synchronized (this) {
			if (turn != this.turn) {
				return null;
			}
			if (hasNext() && hasRoom() && takeTime()) {
				task = this.waiting.removeFirst();
				this.waitingBytes -= task.size();
				if (task.needsPermit()) {
					this.permits--;
					if (this.permits > 0) {
						// this call may block its thread: another one takes the next
						// calls
						this.taking = false;
						this.turn++;
					}
				}
			}
			else {
				task = null;
				this.taking = false;
			}
		}
		flush();
		return task;
	}

	/**
	 * A call that waits for its turn.
	 */
	interface Task extends Runnable {

		/**
		 * Return whether the call holds a permit while it runs.
		 * @return {@code false} for calls that do not hold back others
		 */
		default boolean needsPermit() {
			return true;
		}

		/**
		 * Return whether the call waits until those before it let it start.
		 * @return {@code false} for what starts whatever holds permits
		 */
		default boolean waitsForTurn() {
			return true;
		}

		/**
		 * Return whether the call is not worth running when others are forgotten.
		 * @return {@code false} for what has to run in any case; its size is 0
		 */
		default boolean discardable() {
			return true;
		}

		/**
		 * Return the size on the wire.
		 * @return the size in bytes
		 */
		int size();

	}

	private record LastTask(InvocationQueue queue, Runnable task) implements Task {

		@Override
		public boolean needsPermit() {
			return false;
		}

		@Override
		public boolean waitsForTurn() {
			return false;
		}

		@Override
		public boolean discardable() {
			return false;
		}

		@Override
		public int size() {
			return 0;
		}

		@Override
		public void run() {
			try {
				this.task.run();
			}
			finally {
				this.queue.ended();
			}
		}

	}

}
