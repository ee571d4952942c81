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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.realtime.benchmarks.load.client.IdleWorkload;
import dev.realtime.benchmarks.load.client.LoadClient;
import dev.realtime.benchmarks.load.client.LoadException;
import dev.realtime.benchmarks.load.client.Meter;
import dev.realtime.benchmarks.load.report.Environment;
import dev.realtime.benchmarks.load.report.Footprint;
import dev.realtime.benchmarks.load.report.FootprintReport;
import dev.realtime.benchmarks.load.report.ResultFiles;

/**
 * Opens many connections to one application after the other, and prints how much memory
 * each of them takes while nothing is sent.
 */
public final class IdleProbe {

	// what is needed once is loaded before the connections are counted
	private static final int FIRST_CONNECTIONS = 200;

	private static final Duration PAUSE = Duration.ofSeconds(1);

	private static final double NANOS_PER_SECOND = 1e9;

	private static final double KILOBYTE = 1024;

	private IdleProbe() {
	}

	public static void main(String[] args) {
		IdleOptions options;
		try {
			options = IdleOptions.parse(args);
		}
		catch (IllegalArgumentException ex) {
			System.err.println(ex.getMessage());
			System.exit(2);
			return;
		}
		try {
			run(options);
		}
		catch (LoadException ex) {
			System.err.println(ex.getMessage());
			System.exit(1);
		}
	}

	/**
	 * Measure, print the table and write the files.
	 * @param options what to measure
	 * @return one figure per target
	 */
	static List<Footprint> run(IdleOptions options) {
		int connections = ConnectionLimit.apply(options.connections(), System.err);
		Environment environment = Environment.current(options.jvmOptions(), connections + " connections");
		List<Footprint> footprints = new ArrayList<>();
		for (Target target : options.targets()) {
			System.err.printf("%s: opening %d connections%n", target.name(), connections);
			footprints.add(measure(target, connections, options.jvmOptions()));
		}
		FootprintReport report = new FootprintReport(environment, footprints);
		System.out.println(report.markdown());
		ResultFiles.write(options.results(), "idle", report.markdown(), report, report.chart());
		return footprints;
	}

	private static Footprint measure(Target target, int connections, List<String> jvmOptions) {
		// Tomcat refuses more than 8192 connections unless told otherwise
		List<String> arguments = List.of("--server.tomcat.max-connections=" + (connections + 1000));
		try (Servers servers = Servers.start(List.of(target), jvmOptions, arguments)) {
			ServerProcess server = servers.get(target);
			try (LoadClient client = client(server, target, Math.min(FIRST_CONNECTIONS, connections))) {
				client.openAll();
			}
			long heapBefore = server.heap();
			long residentBefore = server.residentSize();
			try (LoadClient client = client(server, target, connections)) {
				long start = System.nanoTime();
				client.openAll();
				double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
				client.run(PAUSE);
				double heap = (server.heap() - heapBefore) / KILOBYTE;
				double resident = (server.residentSize() - residentBefore) / KILOBYTE;
				return new Footprint(target.name(), connections, heap / connections, resident / connections,
						connections / seconds);
			}
		}
	}

	private static LoadClient client(ServerProcess server, Target target, int connections) {
		return new LoadClient(server.port(), target.dialect(), new IdleWorkload(connections), new Meter(),
				ConnectionLimit.sources(connections));
	}

}
