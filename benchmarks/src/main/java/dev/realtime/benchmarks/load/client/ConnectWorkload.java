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

/**
 * Opens connections, a number of them at a time, and closes each as soon as the server
 * has welcomed it.
 */
public final class ConnectWorkload implements Workload {

	private final Meter meter;

	private final int parallel;

	/**
	 * Create a workload.
	 * @param meter counts the connections
	 * @param parallel how many connections are being opened or closed at any time
	 */
	public ConnectWorkload(Meter meter, int parallel) {
		this.meter = meter;
		this.parallel = parallel;
	}

	@Override
	public int connections() {
		return 0;
	}

	@Override
	public void start(LoadClient client) {
		for (int i = 0; i < this.parallel; i++) {
			client.open();
		}
	}

	@Override
	public void ready(ClientSocket socket) {
		this.meter.operation(System.nanoTime() - socket.openedAt());
		socket.close();
	}

	@Override
	public void closed(LoadClient client) {
		client.open();
	}

}
