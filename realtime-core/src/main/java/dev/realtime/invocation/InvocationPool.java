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

import java.util.Deque;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import dev.realtime.connection.Lane;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Platform threads for calls, most of which take microseconds, while some block for long.
 * A thread is woken for a task only if none is on its way already, and the one that was
 * busy last is woken first: short calls are run by few threads whose caches are warm. A
 * thread that arrives and finds more than one task wakes the next one before it begins,
 * so that calls that block hold up nobody while there are threads left. A thread whose
 * task waits for a client is replaced meanwhile, because the client may need another call
 * to be able to answer.
 */
final class InvocationPool implements Executor, AutoCloseable {

	private static final Log logger = LogFactory.getLog(InvocationPool.class);

	private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(60);

	private static final ThreadLocal<@Nullable Worker> current = new ThreadLocal<>();

	private final Runnable waker = this::signal;

	private final int maximum;

	private final int maximumWaiting;

	private final ThreadFactory threadFactory;

	private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

	private final Deque<Worker> idle = new ConcurrentLinkedDeque<>();

	private final Set<Worker> workers = ConcurrentHashMap.newKeySet();

	private final AtomicInteger threads = new AtomicInteger();

	// how many tasks wait for clients, or may do so
	private final AtomicInteger waiting = new AtomicInteger();

	// whether a thread is on its way to the tasks
	private final AtomicBoolean searching = new AtomicBoolean();

	private volatile boolean closed;

	/**
	 * Create a pool.
	 * @param maximum how many threads there are at most, besides those that wait for
	 * clients
	 * @param maximumWaiting how many threads may wait for clients
	 * @param threadFactory creates them
	 */
	InvocationPool(int maximum, int maximumWaiting, ThreadFactory threadFactory) {
		this.maximum = maximum;
		this.maximumWaiting = maximumWaiting;
		this.threadFactory = threadFactory;
	}

	/**
	 * Run a task on a thread of the pool, after those that wait.
	 * @param task the task
	 * @throws RejectedExecutionException after {@link #close()}
	 */
	@Override
	public void execute(Runnable task) {
		add(task);
		signal();
	}

	/**
	 * Run a task on a thread of the pool, after those that wait. If a thread has to be
	 * woken for it and a lane has brought it, then after what the lane reads with it, so
	 * that all of that takes one thread.
	 * @param task the task
	 * @param lane the lane of the connection
	 * @throws RejectedExecutionException after {@link #close()}
	 */
	void execute(Runnable task, Lane lane) {
		add(task);
		if (!this.searching.get()) {
			lane.afterReads(this.waker);
		}
	}

	private void add(Runnable task) {
		if (this.closed) {
			throw new RejectedExecutionException("The pool is closed");
		}
		this.tasks.add(task);
	}

	/**
	 * Take note that the task on the calling thread is about to wait for a client. Until
	 * the task ends there may be one thread more. Does nothing on other threads.
	 * @throws RejectedExecutionException if as many tasks wait for clients as may do so
	 */
	static void aboutToWait() {
		Worker worker = current.get();
		if (worker != null) {
			worker.aboutToWait();
		}
	}

	private void signal() {
		if (!this.searching.get() && this.searching.compareAndSet(false, true) && !wake()) {
			// everybody is busy, and looks for more when he is done
			this.searching.set(false);
		}
	}

	private boolean wake() {
		Worker worker;
		while ((worker = this.idle.pollFirst()) != null) {
			if (worker.wake()) {
				return true;
			}
		}
		if (this.threads.incrementAndGet() > this.maximum + this.waiting.get()) {
			this.threads.decrementAndGet();
			return false;
		}
		return start(new Worker());
	}

	// without a thread the task waits for one that is busy, or for the next task
	private boolean start(Worker worker) {
		try {
			worker.start();
			return true;
		}
		catch (Throwable ex) {
			this.workers.remove(worker);
			this.threads.decrementAndGet();
			logger.error("There can be no more threads for calls", ex);
			return false;
		}
	}

	/**
	 * Return the number of threads.
	 * @return how many threads there are, idle ones included
	 */
	int size() {
		return this.threads.get();
	}

	/**
	 * Stop the threads; tasks under way are interrupted, and those that wait are not run.
	 */
	@Override
	public void close() {
		this.closed = true;
		this.tasks.clear();
		this.workers.forEach(Worker::stop);
	}

	private final class Worker implements Runnable {

		private static final int BUSY = 0;

		private static final int IDLE = 1;

		private static final int ENDED = 2;

		private final AtomicInteger state = new AtomicInteger(BUSY);

		private final Thread thread = InvocationPool.this.threadFactory.newThread(this);

		private boolean searcher = true;

		private boolean waits;

		void start() {
			InvocationPool.this.workers.add(this);
			this.thread.start();
		}

		void stop() {
			this.thread.interrupt();
		}

		boolean wake() {
			if (this.state.compareAndSet(IDLE, BUSY)) {
				LockSupport.unpark(this.thread);
				return true;
			}
			return false;
		}

		void aboutToWait() {
			if (this.waits) {
				return;
			}
			AtomicInteger waiting = InvocationPool.this.waiting;
			if (waiting.incrementAndGet() > InvocationPool.this.maximumWaiting) {
				waiting.decrementAndGet();
				throw new RejectedExecutionException("Too many calls wait for clients");
			}
			this.waits = true;
			if (!InvocationPool.this.tasks.isEmpty()) {
				signal();
			}
		}

		@Override
		public void run() {
			current.set(this);
			try {
				do {
					work();
				}
				while (!InvocationPool.this.closed && await());
			}
			finally {
				InvocationPool.this.workers.remove(this);
				InvocationPool.this.threads.decrementAndGet();
			}
		}

		private void work() {
			do {
				Runnable task;
				while ((task = InvocationPool.this.tasks.poll()) != null) {
					if (this.searcher) {
						arrived();
					}
					perform(task);
				}
			}
			while (this.searcher && leave());
		}

		private void arrived() {
			this.searcher = false;
			InvocationPool.this.searching.set(false);
			if (!InvocationPool.this.tasks.isEmpty()) {
				signal();
			}
		}

		// true if there is something to do after all, for which nobody else was woken
		private boolean leave() {
			InvocationPool.this.searching.set(false);
			this.searcher = !InvocationPool.this.tasks.isEmpty()
					&& InvocationPool.this.searching.compareAndSet(false, true);
			return this.searcher;
		}

		private void perform(Runnable task) {
			try {
				task.run();
			}
			catch (Throwable ex) {
				logger.error("Failure of a call", ex);
			}
			finally {
				if (this.waits) {
					this.waits = false;
					InvocationPool.this.waiting.decrementAndGet();
				}
				// what interrupted this call must not meet the next one
				Thread.interrupted();
			}
		}

		// false if nothing has come for long
		private boolean await() {
			this.state.set(IDLE);
			InvocationPool.this.idle.addFirst(this);
			// what was added after the last look, when nobody was idle
			if (!InvocationPool.this.tasks.isEmpty()) {
				signal();
			}
			long end = System.nanoTime() + IDLE_NANOS;
			while (this.state.get() == IDLE) {
				long left = end - System.nanoTime();
				if ((left <= 0 || InvocationPool.this.closed) && this.state.compareAndSet(IDLE, ENDED)) {
					InvocationPool.this.idle.remove(this);
					return false;
				}
				Thread.interrupted();
				LockSupport.parkNanos(InvocationPool.this, Math.max(left, 1));
			}
			this.searcher = true;
			return true;
		}

	}

}
