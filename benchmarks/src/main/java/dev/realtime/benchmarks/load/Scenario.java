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

package dev.realtime.benchmarks.load;

import java.util.ArrayList;
import java.util.List;

import dev.realtime.benchmarks.load.client.BroadcastWorkload;
import dev.realtime.benchmarks.load.client.ConnectWorkload;
import dev.realtime.benchmarks.load.client.Dialect;
import dev.realtime.benchmarks.load.client.EchoWorkload;
import dev.realtime.benchmarks.load.client.Meter;
import dev.realtime.benchmarks.load.client.Workload;

/**
 * A kind of load and how much of it.
 *
 * @param name the name in tables
 * @param kind what clients do
 * @param connections the number of connections
 * @param inFlight the number of calls per connection, or of broadcasts, under way
 * @param rate the number of broadcasts a second, or 0 for as many as the server takes
 * @param size the size of a payload in bytes
 */
record Scenario(String name, Kind kind, int connections, int inFlight, double rate, int size) {

	/**
	 * All scenarios, in the order in which they are visited.
	 */
	static final List<Scenario> ALL = List.of(new Scenario("E1", Kind.ECHO, 200, 1, 0, 128),
			new Scenario("E16", Kind.ECHO, 50, 16, 0, 128), new Scenario("B128", Kind.BROADCAST, 500, 4, 0, 128),
			new Scenario("B2k", Kind.BROADCAST, 500, 4, 0, 2048), new Scenario("R128", Kind.BROADCAST, 500, 4, 40, 128),
			new Scenario("connect", Kind.CONNECT, 16, 1, 0, 0));

	/**
	 * Return the scenarios of some names.
	 * @param names the names
	 * @return the scenarios in the order of the names
	 * @throws IllegalArgumentException if there is no such scenario
	 */
	static List<Scenario> named(List<String> names) {
		List<Scenario> scenarios = new ArrayList<>();
		for (String name : names) {
			scenarios.add(ALL.stream()
				.filter((scenario) -> scenario.name().equals(name))
				.findFirst()
				.orElseThrow(() -> new IllegalArgumentException(
						"There is no scenario '%s'. Choose from %s.".formatted(name, String.join(", ", names())))));
		}
		return scenarios;
	}

	static List<String> names() {
		return ALL.stream().map(Scenario::name).toList();
	}

	/**
	 * Return this scenario with fewer connections.
	 * @param maximum how many connections there may be
	 * @return the scenario
	 */
	Scenario limit(int maximum) {
		return new Scenario(this.name, this.kind, Math.min(this.connections, maximum), this.inFlight, this.rate,
				this.size);
	}

	boolean includes(Target target) {
		return this.kind == Kind.ECHO || !target.echoOnly();
	}

	Workload workload(Dialect dialect, Meter meter) {
		return switch (this.kind) {
			case ECHO -> new EchoWorkload(dialect, meter, this.connections, this.inFlight, this.size);
			case BROADCAST ->
				new BroadcastWorkload(dialect, meter, this.connections, this.inFlight, this.rate, this.size);
			case CONNECT -> new ConnectWorkload(meter, this.connections);
		};
	}

	/**
	 * What clients do.
	 */
	enum Kind {

		/**
		 * They call a method that answers.
		 */
		ECHO,

		/**
		 * One of them sends to all others.
		 */
		BROADCAST,

		/**
		 * They connect and leave.
		 */
		CONNECT

	}

}
