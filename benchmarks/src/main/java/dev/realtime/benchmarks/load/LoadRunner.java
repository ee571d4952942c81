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

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import dev.realtime.benchmarks.load.Scenario.Kind;
import dev.realtime.benchmarks.load.client.LatencyHistogram;
import dev.realtime.benchmarks.load.client.LoadClient;
import dev.realtime.benchmarks.load.client.LoadException;
import dev.realtime.benchmarks.load.client.Meter;
import dev.realtime.benchmarks.load.client.Workload;
import dev.realtime.benchmarks.load.report.Figures;
import dev.realtime.benchmarks.load.report.Visit;

/**
 * Visits all targets with all scenarios, round by round, forward and backward, so that
 * whatever changes on the machine meanwhile concerns all of them.
 */
final class LoadRunner {

	private static final double NANOS_PER_MICRO = 1000;

	private static final double NANOS_PER_SECOND = 1e9;

	private final LoadOptions options;

	private final Servers servers;

	private final PrintStream progress;

	LoadRunner(LoadOptions options, Servers servers, PrintStream progress) {
		this.options = options;
		this.servers = servers;
		this.progress = progress;
	}

	/**
	 * Put every kind of load on every target, so that the JIT compiler is through with
	 * most of its work.
	 */
	void warmUp() {
		if (this.options.warmUp().isZero()) {
			return;
		}
		for (Target target : this.options.targets()) {
			Set<Kind> seen = EnumSet.noneOf(Kind.class);
			for (Scenario scenario : this.options.scenarios()) {
				if (scenario.includes(target) && seen.add(scenario.kind())) {
					report("warm-up", visit(0, scenario, target, Duration.ZERO, this.options.warmUp()));
				}
			}
		}
	}

	/**
	 * Run all rounds.
	 * @return what each visit has measured
	 */
	List<Visit> run() {
		List<Visit> visits = new ArrayList<>();
		List<Target> targets = new ArrayList<>(this.options.targets());
		for (int round = 1; round <= this.options.rounds(); round++) {
			for (Scenario scenario : this.options.scenarios()) {
				for (Target target : targets) {
					if (scenario.includes(target)) {
						Visit visit = visit(round, scenario, target, this.options.settle(), this.options.measured());
						report("round %d/%d".formatted(round, this.options.rounds()), visit);
						visits.add(visit);
					}
				}
			}
			Collections.reverse(targets);
		}
		return visits;
	}

	private Visit visit(int round, Scenario scenario, Target target, Duration settle, Duration measured) {
		try {
			return measure(round, scenario, target, settle, measured);
		}
		catch (LoadException ex) {
			return Visit.failed(round, scenario.name(), target.name(), String.valueOf(ex.getMessage()));
		}
	}

	private Visit measure(int round, Scenario scenario, Target target, Duration settle, Duration measured) {
		ServerProcess server = this.servers.get(target);
		Meter meter = new Meter();
		Workload workload = scenario.workload(target.dialect(), meter);
		try (LoadClient client = new LoadClient(server.port(), target.dialect(), workload, meter, 1)) {
			client.openAll();
			workload.prepare(client);
			workload.start(client);
			client.run(settle);
			Duration serverCpu = server.cpu();
			Duration driverCpu = ownCpu();
			meter.start();
			client.run(measured);
			return new Visit(round, scenario.name(), target.name(), meter.latencies().total(),
					figures(meter, meter.elapsed(), server.cpu().minus(serverCpu), ownCpu().minus(driverCpu)), null);
		}
	}

	private static Figures figures(Meter meter, long elapsed, Duration serverCpu, Duration driverCpu) {
		LatencyHistogram latencies = meter.latencies();
		double operations = latencies.total();
		if (operations == 0) {
			throw new LoadException("Nothing was answered");
		}
		return new Figures(operations / elapsed * NANOS_PER_SECOND, latencies.quantile(0.5) / NANOS_PER_MICRO,
				latencies.quantile(0.99) / NANOS_PER_MICRO, latencies.quantile(0.999) / NANOS_PER_MICRO,
				serverCpu.toNanos() / operations / NANOS_PER_MICRO, driverCpu.toNanos() / operations / NANOS_PER_MICRO,
				meter.reads() / operations);
	}

	private static Duration ownCpu() {
		return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
	}

	private void report(String phase, Visit visit) {
		Figures figures = visit.figures();
		String result = (figures != null)
				? String.format(Locale.ROOT, "%.0f ops/s, %.2f us/op", figures.perSecond(), figures.serverCpu())
				: "FAILED: " + visit.failure();
		this.progress.printf("%s %s %s: %s%n", phase, visit.scenario(), visit.target(), result);
	}

}
