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

package dev.realtime.boot.autoconfigure.servlet;

import java.time.Duration;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;

/**
 * Sends clients away when the application stops, while the web server still serves them.
 */
final class HubShutdownLifecycle implements SmartLifecycle {

	/**
	 * Stops before the web server begins to: it would wait for open connections, and what
	 * uses server-sent events and long polling needs it to take leave.
	 */
	static final int PHASE = WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE + 512;

	private static final Log logger = LogFactory.getLog(HubShutdownLifecycle.class);

	private final DefaultHubDrain drain;

	private final Duration timeout;

	private final Duration phaseTimeout;

	private volatile boolean running;

	/**
	 * Create the lifecycle.
	 * @param drain sends clients away
	 * @param timeout how long it takes at most
	 * @param phaseTimeout how long the application waits for that
	 */
	HubShutdownLifecycle(DefaultHubDrain drain, Duration timeout, Duration phaseTimeout) {
		this.drain = drain;
		this.timeout = timeout;
		this.phaseTimeout = phaseTimeout;
	}

	@Override
	public void start() {
		if (this.timeout.compareTo(this.phaseTimeout) >= 0) {
			logger.warn("realtime.shutdown.timeout (" + this.timeout.toMillis()
					+ " ms) is not below spring.lifecycle.timeout-per-shutdown-phase (" + this.phaseTimeout.toMillis()
					+ " ms): the web server will stop while clients are still told to go");
		}
		this.drain.open();
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		this.drain.close();
	}

	@Override
	public void stop(Runnable callback) {
		this.drain.refuse();
		Thread thread = new Thread(() -> {
			try {
				stop();
			}
			finally {
				callback.run();
			}
		}, "realtime-shutdown");
		thread.start();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

	@Override
	public boolean isPauseable() {
		return false;
	}

}
