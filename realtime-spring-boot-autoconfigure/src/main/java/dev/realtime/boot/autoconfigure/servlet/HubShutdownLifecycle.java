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

import java.security.Principal;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

import dev.realtime.connection.ClientConnection;
import dev.realtime.connection.ConnectionState;
import dev.realtime.event.ConnectRejectedException;
import dev.realtime.hub.HubOptions;
import dev.realtime.invocation.HubEndpoint;
import dev.realtime.invocation.PubSubEndpoint;
import dev.realtime.protocol.CloseReason;
import dev.realtime.protocol.HubHandshake;
import dev.realtime.transport.ConnectionRegistry;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;

/**
 * Ends connections in order when the application stops: refuses new ones, tells clients
 * to reconnect, and waits until they have taken what is queued and gone.
 */
final class HubShutdownLifecycle implements SmartLifecycle {

	/**
	 * Stops before the web server begins to: it would wait for open connections.
	 */
	static final int PHASE = WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE + 512;

	private static final Log logger = LogFactory.getLog(HubShutdownLifecycle.class);

	private static final long PAUSE_MILLIS = 20;

	private final ConnectionRegistry registry;

	private final IntSupplier registered;

	private final Duration timeout;

	private volatile boolean running;

	private volatile boolean stopping;

	/**
	 * Create the lifecycle.
	 * @param registry the connections by their tokens
	 * @param registered tells how many connections hubs have not seen the end of
	 * @param timeout how long to wait for the connections to end
	 */
	HubShutdownLifecycle(ConnectionRegistry registry, IntSupplier registered, Duration timeout) {
		this.registry = registry;
		this.registered = registered;
		this.timeout = timeout;
	}

	/**
	 * Return an endpoint that refuses connections while the application stops.
	 * @param endpoint the endpoint of a hub
	 * @return the guarded endpoint
	 */
	HubEndpoint guard(HubEndpoint endpoint) {
		return new GuardedEndpoint(endpoint);
	}

	/**
	 * Return an endpoint that refuses connections of Web PubSub clients while the
	 * application stops.
	 * @param endpoint the endpoint of a hub, or {@code null}
	 * @return the guarded endpoint, or {@code null}
	 */
	@Nullable PubSubEndpoint guard(@Nullable PubSubEndpoint endpoint) {
		return (endpoint != null) ? new GuardedPubSubEndpoint(endpoint, this::checkOpen) : null;
	}

	private void checkOpen() {
		if (this.stopping) {
			throw new ConnectRejectedException(503, "The server is shutting down");
		}
	}

	@Override
	public void start() {
		this.stopping = false;
		this.running = true;
	}

	@Override
	public void stop() {
		this.stopping = true;
		this.running = false;
		drain();
	}

	@Override
	public void stop(Runnable callback) {
		this.stopping = true;
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

	private void drain() {
		long begin = System.nanoTime();
		int open = closeAll();
		if (open > 0) {
			logger.info("Closing " + open + " connection(s)");
		}
		while (open > 0 && System.nanoTime() - begin < this.timeout.toNanos() && pause()) {
			// again, for those that were just being created
			open = closeAll();
		}
		if (open > 0) {
			logger
				.info("Dropping " + open + " connection(s) that did not end within " + this.timeout.toMillis() + " ms");
			this.registry.forEach((connection) -> connection.terminate(CloseReason.SERVER_SHUTDOWN, null));
		}
	}

	private int closeAll() {
		AtomicInteger open = new AtomicInteger();
		this.registry.forEach((connection) -> {
			connection.close(CloseReason.SERVER_SHUTDOWN, null);
			if (connection.state() != ConnectionState.CLOSED) {
				open.incrementAndGet();
			}
		});
		return Math.max(open.get(), this.registered.getAsInt());
	}

	private static boolean pause() {
		try {
			Thread.sleep(PAUSE_MILLIS);
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
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

	/**
	 * The endpoint of a hub, unless the application stops.
	 */
	private final class GuardedEndpoint implements HubEndpoint {

		private final HubEndpoint endpoint;

		GuardedEndpoint(HubEndpoint endpoint) {
			this.endpoint = endpoint;
		}

		@Override
		public String hub() {
			return this.endpoint.hub();
		}

		@Override
		public HubOptions options() {
			return this.endpoint.options();
		}

		@Override
		public ClientConnection connect(@Nullable Principal principal, HubHandshake handshake) {
			checkOpen();
			return this.endpoint.connect(principal, handshake);
		}

	}

}
