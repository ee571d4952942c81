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

package dev.realtime.web.webhook;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * How much may be under way at a time, and how much may wait for that.
 */
final class RequestLimit {

	private static final int WAITING_PER_RUNNING = 10;

	private final Queue<Request> waiting = new ArrayDeque<>();

	private final AtomicInteger work = new AtomicInteger();

	private final int maxRunning;

	private int running;

	RequestLimit(int maxRunning) {
		this.maxRunning = maxRunning;
	}

	/**
	 * Start a request, now or as soon as one has ended.
	 * @param request the request; whoever gave it says when it {@linkplain #ended() has
	 * ended} once it was started
	 * @return {@code false} if too many wait already
	 */
	boolean start(Request request) {
		synchronized (this) {
			if (this.running >= this.maxRunning) {
				return this.waiting.size() < (long) this.maxRunning * WAITING_PER_RUNNING && this.waiting.add(request);
			}
			this.running++;
		}
		request.start();
		return true;
	}

	/**
	 * Take note that a request which was started has ended.
	 */
	void ended() {
		synchronized (this) {
			this.running--;
		}
		// a request that ends as soon as it is started comes back here
		if (this.work.getAndIncrement() != 0) {
			return;
		}
		int seen = 1;
		while (seen != 0) {
			for (Request next = next(); next != null; next = next()) {
				next.start();
			}
			seen = this.work.addAndGet(-seen);
		}
	}

	private synchronized @Nullable Request next() {
		if (this.running >= this.maxRunning) {
			return null;
		}
		Request next = this.waiting.poll();
		while (next != null && !next.claim()) {
			next = this.waiting.poll();
		}
		this.running += (next != null) ? 1 : 0;
		return next;
	}

	/**
	 * Something to be started.
	 */
	interface Request {

		/**
		 * Return whether this is still to be started.
		 * @return {@code false} if it was given up while it waited
		 */
		boolean claim();

		/**
		 * Start.
		 */
		void start();

	}

}
