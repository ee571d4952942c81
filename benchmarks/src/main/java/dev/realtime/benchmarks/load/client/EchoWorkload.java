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
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Connections that keep a number of calls under way each.
 */
public final class EchoWorkload implements Workload {

	private static final int ATTEMPTS = 20;

	private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(500);

	private final int connections;

	private final int inFlight;

	private final Meter meter;

	private final RequestTemplate request;

	private final byte[] listen;

	private boolean started;

	private int unconfirmed;

	/**
	 * Create a workload.
	 * @param dialect what the server understands
	 * @param meter counts the answers
	 * @param connections the number of connections
	 * @param inFlight the number of calls that each has under way
	 * @param size the size of the payload in bytes
	 */
	public EchoWorkload(Dialect dialect, Meter meter, int connections, int inFlight, int size) {
		this.connections = connections;
		this.inFlight = inFlight;
		this.meter = meter;
		this.request = new RequestTemplate(dialect::echo, size);
		this.listen = dialect.listen().frame();
	}

	@Override
	public int connections() {
		return this.connections;
	}

	@Override
	public void ready(ClientSocket socket) {
		socket.send(this.listen);
	}

	@Override
	public void prepare(LoadClient client) {
		List<ClientSocket> sockets = client.sockets();
		this.unconfirmed = sockets.size();
		for (int i = 0; i < ATTEMPTS && this.unconfirmed > 0; i++) {
			sockets.stream().filter((socket) -> !socket.confirmed()).forEach((socket) -> send(socket, 1));
			long deadline = System.nanoTime() + PATIENCE;
			while (this.unconfirmed > 0 && System.nanoTime() - deadline < 0) {
				client.pump(5);
			}
		}
		if (this.unconfirmed > 0) {
			throw new LoadException(this.unconfirmed + " connections get no answers");
		}
	}

	@Override
	public void start(LoadClient client) {
		this.started = true;
		client.sockets().forEach((socket) -> send(socket, this.inFlight));
	}

	private void send(ClientSocket socket, int requests) {
		for (int i = 0; i < requests; i++) {
			socket.send(this.request.stamp());
		}
		try {
			socket.flush();
		}
		catch (IOException ex) {
			throw new LoadException("A connection was lost", ex);
		}
	}

	@Override
	public void received(ClientSocket socket, long latency) {
		if (this.started) {
			this.meter.operation(latency);
			socket.send(this.request.stamp());
		}
		else if (!socket.confirmed()) {
			socket.confirmed(true);
			this.unconfirmed--;
		}
	}

}
