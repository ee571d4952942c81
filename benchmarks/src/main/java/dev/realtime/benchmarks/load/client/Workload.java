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
 * What clients do once they are connected. All methods are called on the thread of the
 * {@link LoadClient}.
 */
public interface Workload {

	/**
	 * Return how many connections have to be ready before the load begins.
	 * @return the number of connections
	 */
	int connections();

	/**
	 * Make sure that every answer will arrive, by trying until it does.
	 * @param client the client, whose connections are ready
	 */
	default void prepare(LoadClient client) {
	}

	/**
	 * Begin the load.
	 * @param client the client
	 */
	default void start(LoadClient client) {
	}

	/**
	 * Do what is due by the clock. Called whenever the client has nothing else to do.
	 * @return for how many milliseconds nothing will be due
	 */
	default long tick() {
		return 20;
	}

	/**
	 * A connection was welcomed by the server.
	 * @param socket the connection
	 */
	default void ready(ClientSocket socket) {
	}

	/**
	 * An answer or a delivery has arrived.
	 * @param socket the connection
	 * @param latency the time since its request in nanoseconds
	 */
	default void received(ClientSocket socket, long latency) {
	}

	/**
	 * A connection was closed after {@link ClientSocket#close()}.
	 * @param client the client
	 */
	default void closed(LoadClient client) {
	}

}
