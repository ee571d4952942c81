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

package dev.realtime.operations;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.realtime.interoperability.NodeProcess;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two nodes behind nginx, one of which is stopped under load: no call that it has taken
 * is left without its answer, and all clients are back on the other node within seconds.
 * How many clients there are is set with {@code -Drolling.connections}; the figures are
 * kept in {@code target/rolling-restart.txt}.
 */
class RollingRestartIT {

	private static final int CONNECTIONS = Integer.getInteger("rolling.connections", 200);

	// how often as many clients connect and go before, to nodes that have just started
	private static final int WARM_UP = Integer.getInteger("rolling.warmup", 0);

	private static final Duration SHUTDOWN = Duration.ofSeconds((CONNECTIONS > 1000) ? 20 : 5);

	// besides: what else an application does when it stops
	private static final Duration STOP = SHUTDOWN.plusSeconds(15);

	private static final Duration BACK = Duration.ofSeconds(60);

	private static final long PAUSE_MILLIS = (CONNECTIONS > 1000) ? 10_000 : 200;

	private static final Pattern CALLS = Pattern.compile("CALLS (\\d+)");

	@TempDir
	Path directory;

	@Test
	void clientsMoveToTheOtherNode() throws Exception {
		Path program = NodeProcess.require("nginx", "nginx");
		int[] ports = { NodeServer.freePort(), NodeServer.freePort() };
		try (NodeServer a = launch("a", ports[0]); NodeServer b = launch("b", ports[1])) {
			a.awaitReady();
			b.awaitReady();
			try (Nginx nginx = Nginx.start(program, this.directory, a.port(), b.port());
					Load load = new Load(nginx.url(), CONNECTIONS, PAUSE_MILLIS)) {
				warmUp(nginx.url());
				load.start();
				Awaitility.await()
					.atMost(Duration.ofMinutes(2))
					.untilAsserted(
							() -> assertThat(load.on("a") + load.on("b")).as(load::toString).isEqualTo(CONNECTIONS));
				long moving = load.on("a");
				assertThat(moving).as("clients of the node that stops")
					.isBetween(CONNECTIONS / 5L, CONNECTIONS * 4L / 5);
				Duration stopped = a.terminate(STOP);
				Awaitility.await()
					.atMost(BACK)
					.untilAsserted(() -> assertThat(load.on("b")).as(load::toString).isEqualTo(CONNECTIONS));
				load.end();
				report(load, moving, stopped);
				assertThat(load.connected()).isEqualTo(CONNECTIONS);
				assertThat(load.answers("a")).as(load::toString).isEqualTo(calls(a));
				assertThat(load.sentAway).as(load::toString).hasValue(moving);
				assertThat(load.cutOff).as(load::toString).hasValue(0);
				assertThat(load.gaveUp).hasValue(0);
				assertThat(load.reconnects()).hasSize((int) moving);
			}
		}
	}

	private static void warmUp(String url) throws InterruptedException {
		for (int i = 0; i < WARM_UP; i++) {
			// none of them calls
			try (Load load = new Load(url, CONNECTIONS, Long.MAX_VALUE)) {
				load.start();
				load.leave();
			}
		}
	}

	private NodeServer launch(String name, int port) {
		return NodeServer.launch(name, port, this.directory, "realtime.shutdown.timeout=" + SHUTDOWN.toMillis() + "ms",
				"server.tomcat.max-connections=20000");
	}

	private static long calls(NodeServer node) {
		Matcher matcher = CALLS.matcher(node.output());
		assertThat(matcher.find()).as(node::output).isTrue();
		return Long.parseLong(matcher.group(1));
	}

	private static void report(Load load, long moving, Duration stopped) throws IOException {
		Duration[] times = load.reconnects();
		String report = """
				connections: %d, of which %d on the node that stopped
				stopped after: %d ms (realtime.shutdown.timeout: %d ms)
				answers: %d of the node that stopped, %d of the other one
				calls passed over, which their clients know: %d
				without a connection: p50 %d ms, p95 %d ms, at most %d ms
				attempts that failed: %d %s
				warm-up: %d
				load average of the machine at the end: %.1f on %d processors
				""".formatted(CONNECTIONS, moving, stopped.toMillis(), SHUTDOWN.toMillis(), load.answers("a"),
				load.answers("b"), load.passedOver.get(), Load.percentile(times, 50).toMillis(),
				Load.percentile(times, 95).toMillis(), times[times.length - 1].toMillis(), load.failures().size(),
				load.failures().stream().distinct().limit(5).toList(), WARM_UP,
				ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
				Runtime.getRuntime().availableProcessors());
		System.out.println(report);
		Files.writeString(Path.of("target/rolling-restart.txt"), report);
	}

}
