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

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.springframework.util.CustomizableThreadCreator;

/**
 * Time, and what happens when it has passed.
 */
interface Timer extends AutoCloseable {

	/**
	 * Return the current time, comparable with other values of this timer only.
	 * @return nanoseconds
	 */
	long nanoTime();

	/**
	 * Run a task later.
	 * @param delay how much later
	 * @param task a task that is quick
	 * @return what takes the task back, if it has not run yet
	 */
	Runnable schedule(Duration delay, Runnable task);

	@Override
	void close();

	/**
	 * Create a timer that has one thread of its own, from the first task on.
	 * @return the timer
	 */
	static Timer system() {
		CustomizableThreadCreator threads = new CustomizableThreadCreator("realtime-webhook-timer-");
		threads.setDaemon(true);
		ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, threads::createThread);
		// most of what is scheduled is a timeout that does not come
		executor.setRemoveOnCancelPolicy(true);
		return new Timer() {

			@Override
			public long nanoTime() {
				return System.nanoTime();
			}

			@Override
			public Runnable schedule(Duration delay, Runnable task) {
				var scheduled = executor.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
				return () -> scheduled.cancel(false);
			}

			@Override
			public void close() {
				executor.shutdownNow();
			}

		};
	}

}
