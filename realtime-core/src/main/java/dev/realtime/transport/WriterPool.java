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

package dev.realtime.transport;

import java.time.Duration;
import java.util.Deque;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Platform threads on which transports write blockingly. Normally as many of them run as
 * there are cores, so that what is sent while they are busy leaves in fewer, larger
 * writes; for each one that is stuck in a write another one steps in, up to a maximum.
 * Idle threads end. Safe for concurrent use.
 *
 * @since 0.1.0
 */
public final class WriterPool implements Executor, AutoCloseable {

	private static final Log logger = LogFactory.getLog(WriterPool.class);

	private static final int DEFAULT_MAXIMUM = 512;

	// how many threads of others may be stuck in a write
	private static final int MAXIMUM_LENT = 32;

	private static final long TICK = TimeUnit.MILLISECONDS.toNanos(4);

	private static final Duration IDLE = Duration.ofSeconds(20);

	private final String name;

	private final int parallelism;

	private final int maximum;

	// holds at most one or two tasks per connection
	private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

	private final Deque<Worker> idle = new ConcurrentLinkedDeque<>();

	private final Set<Worker> workers = ConcurrentHashMap.newKeySet();

	private final AtomicInteger threads = new AtomicInteger();

	// those that run or look for tasks, the stuck ones included
	private final AtomicInteger active = new AtomicInteger();

	private final AtomicInteger stuck = new AtomicInteger();

	private final AtomicInteger created = new AtomicInteger();

	private final AtomicInteger lent = new AtomicInteger();

	private final AtomicBoolean watching = new AtomicBoolean();

	private final Thread watcher;

	private final long idleNanos;

	// not that of the request that happens to need another thread
	private final @Nullable ClassLoader contextClassLoader = Thread.currentThread().getContextClassLoader();

	private volatile boolean closed;

	/**
	 * Create a pool.
	 * @param name the prefix of the names of its threads
	 * @param parallelism how many threads run unless some are stuck, at least 1
	 * @param maximum how many threads there are at most
	 */
	public WriterPool(String name, int parallelism, int maximum) {
		this(name, parallelism, maximum, IDLE);
	}

	WriterPool(String name, int parallelism, int maximum, Duration idle) {
		Assert.hasText(name, "'name' must not be empty");
		Assert.isTrue(parallelism > 0, "'parallelism' must be positive");
		Assert.isTrue(maximum >= parallelism, "'maximum' must not be less than 'parallelism'");
		this.name = name;
		this.parallelism = parallelism;
		this.maximum = maximum;
		this.idleNanos = idle.toNanos();
		this.watcher = thread(this::watch, "watcher");
		this.watcher.start();
	}

	private Thread thread(Runnable target, String suffix) {
		// without the thread locals of whoever creates it
		Thread thread = new Thread(null, target, this.name + suffix, 0, false);
		thread.setContextClassLoader(this.contextClassLoader);
		thread.setDaemon(true);
		return thread;
	}

	/**
	 * Create a pool of as many threads as there are cores, and at most 512 when they are
	 * stuck.
	 * @param name the prefix of the names of its threads
	 * @return the pool
	 */
	public static WriterPool create(String name) {
		return new WriterPool(name, Runtime.getRuntime().availableProcessors(), DEFAULT_MAXIMUM);
	}

	/**
	 * Run a task, which may block. Returns at once; does nothing after {@link #close()}.
	 * @param task the task
	 */
	@Override
	public void execute(Runnable task) {
		if (!this.closed) {
			this.tasks.add(task);
			if (!activate()) {
				watchOver();
			}
		}
	}

	/**
	 * Run a task, which may block, on the calling thread, unless too many callers are
	 * doing so already; then as {@link #execute} does.
	 * @param task the task
	 */
	public void executeOnCaller(Runnable task) {
		if (this.lent.incrementAndGet() <= MAXIMUM_LENT) {
			try {
				task.run();
			}
			finally {
				this.lent.decrementAndGet();
			}
		}
		else {
			this.lent.decrementAndGet();
			execute(task);
		}
	}

	private void watchOver() {
		if (!this.watching.get() && this.watching.compareAndSet(false, true)) {
			LockSupport.unpark(this.watcher);
		}
	}

	/**
	 * Return the number of threads.
	 * @return how many threads there are, idle ones included
	 */
	public int size() {
		return this.threads.get();
	}

	/**
	 * Stop all threads. What has not begun is not run any more.
	 */
	@Override
	public void close() {
		this.closed = true;
		this.tasks.clear();
		LockSupport.unpark(this.watcher);
		this.workers.forEach(Worker::stop);
	}

	// false when everybody allowed to run is running
	private boolean activate() {
		int current = this.active.get();
		while (current < target()) {
			if (this.active.compareAndSet(current, current + 1)) {
				return wake();
			}
			current = this.active.get();
		}
		return false;
	}

	private int target() {
		return Math.min(this.parallelism + this.stuck.get(), this.maximum);
	}

	private boolean wake() {
		Worker worker = this.idle.pollFirst();
		while (worker != null) {
			if (worker.wake()) {
				return true;
			}
			worker = this.idle.pollFirst();
		}
		if (this.threads.incrementAndGet() > this.maximum) {
			this.threads.decrementAndGet();
			this.active.decrementAndGet();
			return false;
		}
		new Worker().start();
		return true;
	}

	private void watch() {
		while (!this.closed) {
			if (this.watching.get()) {
				LockSupport.parkNanos(this, TICK);
				this.workers.forEach(Worker::inspect);
				relieve();
			}
			else {
				LockSupport.park(this);
			}
		}
	}

	private void relieve() {
		boolean waiting = !this.tasks.isEmpty();
		while (waiting && activate()) {
			waiting = !this.tasks.isEmpty() && this.active.get() < target();
		}
		if (this.tasks.isEmpty()) {
			this.watching.set(false);
			if (!this.tasks.isEmpty()) {
				this.watching.set(true);
			}
		}
	}

	/**
	 * A thread of the pool.
	 */
	private final class Worker implements Runnable {

		private static final int BUSY = 0;

		private static final int WAITING = 1;

		private static final int ENDED = 2;

		private final Thread thread = thread(this, String.valueOf(WriterPool.this.created.incrementAndGet()));

		private final AtomicInteger state = new AtomicInteger(BUSY);

		private final AtomicBoolean compensated = new AtomicBoolean();

		// odd while a task runs
		private volatile long progress;

		// the watcher's
		private long seen;

		void start() {
			WriterPool.this.workers.add(this);
			this.thread.start();
		}

		void stop() {
			this.thread.interrupt();
		}

		boolean wake() {
			boolean woken = this.state.compareAndSet(WAITING, BUSY);
			if (woken) {
				LockSupport.unpark(this.thread);
			}
			return woken;
		}

		// called by the watcher on each tick
		void inspect() {
			long progress = this.progress;
			if ((progress & 1) == 1 && progress == this.seen && this.compensated.compareAndSet(false, true)) {
				WriterPool.this.stuck.incrementAndGet();
			}
			this.seen = progress;
		}

		@Override
		public void run() {
			try {
				do {
					work();
				}
				while (!WriterPool.this.closed && (resume() || await()));
			}
			finally {
				uncompensate();
				WriterPool.this.workers.remove(this);
				WriterPool.this.threads.decrementAndGet();
			}
		}

		private void work() {
			Runnable task;
			while ((task = WriterPool.this.tasks.poll()) != null) {
				perform(task);
				if (retire()) {
					watchOver();
					return;
				}
			}
			WriterPool.this.active.decrementAndGet();
		}

		@SuppressWarnings("NonAtomicOperationOnVolatileField")
		private void perform(Runnable task) {
			this.progress = this.progress + 1;
			try {
				task.run();
			}
			catch (Throwable ex) {
				logger.error("Failure of a writer", ex);
			}
			this.progress = this.progress + 1;
			uncompensate();
		}

		private void uncompensate() {
			if (this.compensated.get() && this.compensated.compareAndSet(true, false)) {
				WriterPool.this.stuck.decrementAndGet();
			}
		}

		// whoever is one too many since others are not stuck any more
		private boolean retire() {
			int current = WriterPool.this.active.get();
			return current > target() && WriterPool.this.active.compareAndSet(current, current - 1);
		}

		// what was added after the last look and before this one was inactive
		private boolean resume() {
			if (WriterPool.this.tasks.isEmpty()) {
				return false;
			}
			int current = WriterPool.this.active.get();
			return current < target() && WriterPool.this.active.compareAndSet(current, current + 1);
		}

		private boolean await() {
			this.state.set(WAITING);
			WriterPool.this.idle.addFirst(this);
			if (!WriterPool.this.tasks.isEmpty()) {
				activate();
			}
			long end = System.nanoTime() + WriterPool.this.idleNanos;
			while (this.state.get() == WAITING) {
				long left = end - System.nanoTime();
				if ((left <= 0 || WriterPool.this.closed) && this.state.compareAndSet(WAITING, ENDED)) {
					WriterPool.this.idle.remove(this);
					return false;
				}
				Thread.interrupted();
				LockSupport.parkNanos(WriterPool.this, Math.max(left, 1));
			}
			return true;
		}

	}

}
