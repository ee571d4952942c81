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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Time that passes when a test says so.
 */
final class ManualTimer implements Timer {

	private final List<Task> tasks = new ArrayList<>();

	// somewhere near the overflow
	private long now = Long.MAX_VALUE - Duration.ofSeconds(30).toNanos();

	@Override
	public synchronized long nanoTime() {
		return this.now;
	}

	@Override
	public synchronized Runnable schedule(Duration delay, Runnable action) {
		Task task = new Task(this.now + delay.toNanos(), delay, action);
		this.tasks.add(task);
		return () -> cancel(task);
	}

	private synchronized void cancel(Task task) {
		this.tasks.remove(task);
	}

	/**
	 * Return the delays of the tasks that have neither run nor been taken back.
	 */
	synchronized List<Duration> delays() {
		return this.tasks.stream().map(Task::delay).toList();
	}

	void advance(Duration time) {
		long end;
		synchronized (this) {
			end = this.now + time.toNanos();
		}
		Task task = next(end);
		while (task != null) {
			task.action().run();
			task = next(end);
		}
		synchronized (this) {
			this.now = end;
		}
	}

	private synchronized Task next(long end) {
		Task task = this.tasks.stream().min(Comparator.comparingLong((next) -> next.due() - this.now)).orElse(null);
		if (task == null || task.due() - end > 0) {
			return null;
		}
		this.tasks.remove(task);
		this.now = task.due();
		return task;
	}

	@Override
	public void close() {
	}

	private record Task(long due, Duration delay, Runnable action) {

	}

}
