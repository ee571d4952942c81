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

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.util.CustomizableThreadCreator;

/**
 * One sweep a second over all connections, in place of timers per connection: keep-alive,
 * timeouts, expiry.
 *
 * @since 0.1.0
 */
public final class Heartbeat {

	private static final Log logger = LogFactory.getLog(Heartbeat.class);

	private final List<LongConsumer> listeners;

	private @Nullable ScheduledExecutorService executor;

	/**
	 * Create a heartbeat.
	 * @param listeners called with {@link System#nanoTime()} on each beat; must be quick
	 */
	public Heartbeat(List<LongConsumer> listeners) {
		this.listeners = List.copyOf(listeners);
	}

	/**
	 * Start beating.
	 */
	public synchronized void start() {
		if (this.executor == null) {
			CustomizableThreadCreator threads = new CustomizableThreadCreator("realtime-heartbeat-");
			threads.setDaemon(true);
			this.executor = Executors.newSingleThreadScheduledExecutor(threads::createThread);
			this.executor.scheduleWithFixedDelay(() -> beat(System.nanoTime()), 1, 1, TimeUnit.SECONDS);
		}
	}

	/**
	 * Stop beating.
	 */
	public synchronized void stop() {
		if (this.executor != null) {
			this.executor.shutdownNow();
			this.executor = null;
		}
	}

	/**
	 * Beat once.
	 * @param nanoTime the current time
	 */
	public void beat(long nanoTime) {
		for (LongConsumer listener : this.listeners) {
			try {
				listener.accept(nanoTime);
			}
			catch (Throwable ex) {
				logger.error("Failure in the heartbeat", ex);
			}
		}
	}

}
