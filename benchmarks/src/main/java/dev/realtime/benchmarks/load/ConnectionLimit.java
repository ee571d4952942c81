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
import java.lang.management.ManagementFactory;

import com.sun.management.UnixOperatingSystemMXBean;

/**
 * How many connections one machine can have with itself.
 */
final class ConnectionLimit {

	// what JVM, class path and log need besides
	private static final long OTHER_FILES = 500;

	private static final int PORTS_PER_SOURCE = 15_000;

	private static final int MAXIMUM_SOURCES = 250;

	private ConnectionLimit() {
	}

	/**
	 * Reduce a number of connections to what is possible, and say why.
	 * @param wanted the number of connections
	 * @param messages where to say it
	 * @return the number of connections that can be opened
	 */
	static int apply(int wanted, PrintStream messages) {
		return apply(wanted, files(), hasManySources(), messages);
	}

	static int apply(int wanted, long files, boolean manySources, PrintStream messages) {
		int connections = wanted;
		if (connections > files - OTHER_FILES) {
			connections = (int) Math.max(1, files - OTHER_FILES);
			messages.printf("%d connections instead of %d: a process may open %d files. Raise 'ulimit -n'.%n",
					connections, wanted, files);
		}
		int ports = PORTS_PER_SOURCE * (manySources ? MAXIMUM_SOURCES : 1);
		if (connections > ports) {
			connections = ports;
			messages.printf("%d connections instead of %d: there are not more ports.%n", connections, wanted);
		}
		return connections;
	}

	private static long files() {
		return (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix)
				? unix.getMaxFileDescriptorCount() : Long.MAX_VALUE;
	}

	/**
	 * Return how many addresses the connections have to come from.
	 * @param connections the number of connections
	 * @return the number of loopback addresses
	 */
	static int sources(int connections) {
		return hasManySources() ? (connections - 1) / PORTS_PER_SOURCE + 1 : 1;
	}

	// elsewhere than on Linux the loopback interface has one address unless it is given
	// more
	private static boolean hasManySources() {
		return System.getProperty("os.name").startsWith("Linux");
	}

}
