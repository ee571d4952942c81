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

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import dev.realtime.event.HubEvent;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;

/**
 * Publishes events to listeners off the message path: in order, on a thread of its own,
 * through a bounded queue whose overflow is counted.
 */
final class HubEventPublisher implements Consumer<HubEvent> {

	private static final Log logger = LogFactory.getLog(HubEventPublisher.class);

	private static final int CAPACITY = 65536;

	private static final long STOP_MILLIS = 1000;

	private static final Object END = new Object();

	private final ApplicationEventPublisher publisher;

	private final BlockingQueue<Object> queue = new ArrayBlockingQueue<>(CAPACITY);

	private final AtomicLong discarded = new AtomicLong();

	private volatile @Nullable Thread thread;

	HubEventPublisher(ApplicationEventPublisher publisher) {
		this.publisher = publisher;
	}

	synchronized void start() {
		if (this.thread == null) {
			Thread thread = new Thread(this::publish, "realtime-events");
			thread.setDaemon(true);
			this.thread = thread;
			thread.start();
		}
	}

	/**
	 * Stop, giving listeners a moment for what is queued.
	 */
	synchronized void stop() {
		Thread thread = this.thread;
		if (thread == null) {
			return;
		}
		this.thread = null;
		this.queue.offer(END);
		try {
			thread.join(STOP_MILLIS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		thread.interrupt();
	}

	@Override
	public void accept(HubEvent event) {
		if (!this.queue.offer(event) && this.discarded.getAndIncrement() == 0) {
			logger.warn("Listeners are too slow: events are discarded");
		}
	}

	/**
	 * Return how many events no listener has seen because the queue was full.
	 * @return the number of events since the start
	 */
	long discarded() {
		return this.discarded.get();
	}

	private void publish() {
		try {
			Object event = this.queue.take();
			while (event != END) {
				publish((HubEvent) event);
				if (this.thread == Thread.currentThread()) {
					// a listener may have interrupted itself
					Thread.interrupted();
				}
				event = this.queue.take();
			}
		}
		catch (InterruptedException ex) {
			// stopped before all was published
		}
	}

	private void publish(HubEvent event) {
		try {
			this.publisher.publishEvent(event);
		}
		catch (Throwable ex) {
			logger.error("A listener of " + event.getClass().getSimpleName() + " failed", ex);
		}
	}

}
