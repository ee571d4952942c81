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

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Watches the thread that serves a connection, and many others with it, while it runs a
 * method that is declared not to block. Complains when the method does, at most once a
 * minute per method.
 */
final class HeldThread {

	private static final Log logger = LogFactory.getLog(HeldThread.class);

	static final Duration BOUND = Duration.ofMillis(100);

	private static final long QUIET_NANOS = Duration.ofMinutes(1).toNanos();

	private final HubMethodDescriptor method;

	private final Thread thread = Thread.currentThread();

	private final long since;

	/**
	 * Begin to watch the calling thread.
	 * @param method the method it is about to run
	 * @param nanoTime the current time
	 */
	HeldThread(HubMethodDescriptor method, long nanoTime) {
		this.method = method;
		this.since = nanoTime;
	}

	/**
	 * Complain if the method is taking, or has taken, too long.
	 * @param nanoTime the current time
	 */
	void check(long nanoTime) {
		long held = nanoTime - this.since;
		if (held >= BOUND.toNanos() && this.method.complaints().due(nanoTime)) {
			logger.warn("Hub method '" + this.method.name() + "' is declared 'blocking = false' but has held "
					+ this.thread.getName() + ", which serves other connections too, for "
					+ Duration.ofNanos(held).toMillis() + " ms", where());
		}
	}

	// the stack of a thread that is still at it
	private @Nullable Throwable where() {
		if (this.thread == Thread.currentThread()) {
			return null;
		}
		Throwable where = new Throwable("Where " + this.thread.getName() + " is");
		where.setStackTrace(this.thread.getStackTrace());
		return where;
	}

	/**
	 * When was complained of a method.
	 */
	static final class Complaints {

		private final AtomicLong last = new AtomicLong(Long.MIN_VALUE);

		private boolean due(long nanoTime) {
			long last = this.last.get();
			return (last == Long.MIN_VALUE || nanoTime - last >= QUIET_NANOS)
					&& this.last.compareAndSet(last, nanoTime);
		}

	}

}
