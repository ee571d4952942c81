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

package dev.realtime.benchmarks.load.client;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * One connection that sends to the members of a group: as fast as deliveries allow, or at
 * a rate.
 */
public final class BroadcastWorkload implements Workload {

	private static final int ATTEMPTS = 20;

	private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(500);

	// what is late is caught up with, but not all at once
	private static final int BURST = 64;

	private static final long LONGEST_PAUSE = 20;

	private static final double NANOS_PER_SECOND = 1e9;

	private final int members;

	private final int window;

	private final double rate;

	private final Meter meter;

	private final RequestTemplate request;

	private final byte[] join;

	private @Nullable ClientSocket publisher;

	private boolean started;

	private long startedAt;

	private long published;

	private long delivered;

	/**
	 * Create a workload.
	 * @param dialect what the server understands
	 * @param meter counts the deliveries
	 * @param members the number of members
	 * @param window how many broadcasts are under way, unless there is a rate
	 * @param rate how many broadcasts to send a second, whatever becomes of them; 0 for
	 * as many as the window allows
	 * @param size the size of the payload in bytes
	 */
	public BroadcastWorkload(Dialect dialect, Meter meter, int members, int window, double rate, int size) {
		this.members = members;
		this.window = window;
		this.rate = rate;
		this.meter = meter;
		this.request = new RequestTemplate(dialect::broadcast, size);
		this.join = dialect.join().frame();
	}

	@Override
	public int connections() {
		return this.members + 1;
	}

	@Override
	public void ready(ClientSocket socket) {
		if (socket.index() == 0) {
			this.publisher = socket;
		}
		else {
			socket.send(this.join);
		}
	}

	@Override
	public void prepare(LoadClient client) {
		for (int i = 0; i < ATTEMPTS; i++) {
			this.delivered = 0;
			publish(1);
			long deadline = System.nanoTime() + PATIENCE;
			while (this.delivered < this.members && System.nanoTime() - deadline < 0) {
				client.pump(5);
			}
			if (this.delivered == this.members) {
				return;
			}
		}
		throw new LoadException("Broadcasts do not reach all of the %d members".formatted(this.members));
	}

	@Override
	public void start(LoadClient client) {
		this.started = true;
		this.startedAt = System.nanoTime();
		this.published = 0;
		this.delivered = 0;
	}

	@Override
	public long tick() {
		return (this.rate > 0) ? keepRate() : keepWindow();
	}

	private long keepRate() {
		double seconds = (System.nanoTime() - this.startedAt) / NANOS_PER_SECOND;
		publish((int) Math.min(BURST, (long) (seconds * this.rate) - this.published));
		double pause = (this.published + 1) / this.rate - seconds;
		return Math.max(0, Math.min(LONGEST_PAUSE, (long) (pause * 1000)));
	}

	private long keepWindow() {
		long complete = this.delivered / this.members;
		publish((int) (complete + this.window - this.published));
		return LONGEST_PAUSE;
	}

	private void publish(int count) {
		ClientSocket publisher = this.publisher;
		if (publisher == null || count <= 0) {
			return;
		}
		for (int i = 0; i < count; i++) {
			publisher.send(this.request.stamp());
		}
		this.published += count;
		try {
			publisher.flush();
		}
		catch (IOException ex) {
			throw new LoadException("The connection of the publisher was lost", ex);
		}
	}

	@Override
	public void received(ClientSocket socket, long latency) {
		this.delivered++;
		if (this.started) {
			this.meter.operation(latency);
		}
	}

}
