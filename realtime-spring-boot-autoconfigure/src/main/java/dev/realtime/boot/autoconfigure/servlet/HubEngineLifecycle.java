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

import dev.realtime.backplane.BackplaneNode;
import dev.realtime.invocation.HubEngine;
import dev.realtime.transport.Heartbeat;

import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;

/**
 * Has hubs running before the web server accepts requests, and until it has stopped.
 */
final class HubEngineLifecycle implements SmartLifecycle {

	/**
	 * Starts before the web server, and stops after it.
	 */
	static final int PHASE = WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE - 512;

	private final HubEngine engine;

	private final BackplaneNode backplane;

	private final Heartbeat heartbeat;

	private volatile boolean running;

	HubEngineLifecycle(HubEngine engine, BackplaneNode backplane, Heartbeat heartbeat) {
		this.engine = engine;
		this.backplane = backplane;
		this.heartbeat = heartbeat;
	}

	@Override
	public void start() {
		this.backplane.start();
		this.engine.start();
		this.heartbeat.start();
		this.running = true;
	}

	// engine and backplane end with the context: they cannot be started again
	@Override
	public void stop() {
		this.running = false;
		this.heartbeat.stop();
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
