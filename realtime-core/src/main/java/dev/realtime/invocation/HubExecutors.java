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

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * The threads hub methods run on: never those that serve connections.
 *
 * @param invocations runs calls; as many at a time as it has threads
 * @param streams runs what keeps a thread as long as a stream flows: methods that may
 * wait for an upload, and blocking sources of streams
 * @since 0.1.0
 */
public record HubExecutors(Executor invocations, Executor streams) implements AutoCloseable {

	private static final int INVOCATION_THREADS = 200;

	private static final int WAITING_THREADS = 1000;

	private static final int STREAM_THREADS = 1000;

	/**
	 * Create executors of platform threads: up to 200 for invocations, not counting up to
	 * 1000 that wait for answers of clients, and up to 1000 for blocking streams. Idle
	 * threads end after a minute.
	 * @return the executors
	 */
	public static HubExecutors platform() {
		ThreadPoolExecutor streams = new ThreadPoolExecutor(0, STREAM_THREADS, 60, TimeUnit.SECONDS,
				new SynchronousQueue<>(), threads("realtime-stream-"));
		return new HubExecutors(
				new InvocationPool(INVOCATION_THREADS, WAITING_THREADS, threads("realtime-invocation-")), streams);
	}

	/**
	 * Create executors of virtual threads, one per task. Requires Java 21.
	 * @return the executors
	 */
	public static HubExecutors virtual() {
		return new HubExecutors(new VirtualThreadTaskExecutor("realtime-invocation-"),
				new VirtualThreadTaskExecutor("realtime-stream-"));
	}

	/**
	 * Run what waits for an answer, away from the thread that brings it and from those
	 * that may be waiting themselves.
	 * @param task completes a future
	 */
	void complete(Runnable task) {
		try {
			this.streams.execute(task);
		}
		catch (RejectedExecutionException | OutOfMemoryError ex) {
			// the latter if there can be no more threads
			task.run();
		}
	}

	private static CustomizableThreadFactory threads(String prefix) {
		CustomizableThreadFactory threads = new CustomizableThreadFactory(prefix);
		threads.setDaemon(true);
		return threads;
	}

	/**
	 * Stop the threads; tasks under way are interrupted.
	 */
	@Override
	public void close() {
		for (Executor executor : new Executor[] { this.invocations, this.streams }) {
			if (executor instanceof ExecutorService service) {
				service.shutdownNow();
			}
			else if (executor instanceof InvocationPool pool) {
				pool.close();
			}
		}
	}

}
