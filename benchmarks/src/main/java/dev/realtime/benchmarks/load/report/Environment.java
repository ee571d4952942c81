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

package dev.realtime.benchmarks.load.report;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Where and how something was measured.
 *
 * @param time when it began
 * @param java the version of the JVM
 * @param vm the name of the JVM
 * @param system the operating system and its architecture
 * @param processor the model of the processors
 * @param processors how many processors there are
 * @param load how many processes wanted a processor in the minute before, negative if
 * unknown: whether the machine did something else
 * @param jvmOptions the options of the JVMs of the applications
 * @param settings the other settings, for readers
 */
public record Environment(String time, String java, String vm, String system, String processor, int processors,
		double load, List<String> jvmOptions, String settings) {

	private static final Path LINUX_PROCESSORS = Path.of("/proc/cpuinfo");

	private static final String LINUX_MODEL = "model name";

	/**
	 * Describe this machine.
	 * @param jvmOptions the options of the JVMs of the applications
	 * @param settings the other settings, for readers
	 * @return the description
	 */
	public static Environment current(List<String> jvmOptions, String settings) {
		return new Environment(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
				System.getProperty("java.version"), System.getProperty("java.vm.name"),
				System.getProperty("os.name") + " " + System.getProperty("os.arch"), processorModel(),
				Runtime.getRuntime().availableProcessors(),
				ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(), jvmOptions, settings);
	}

	private static String processorModel() {
		try (Stream<String> lines = Files.lines(LINUX_PROCESSORS)) {
			return lines.filter((line) -> line.startsWith(LINUX_MODEL))
				.findFirst()
				.map((line) -> line.substring(line.indexOf(':') + 1).trim())
				.orElse("unknown");
		}
		catch (IOException ex) {
			return "unknown";
		}
	}

	String markdown() {
		return String.format(Locale.ROOT,
				"%s; %s %s; %s, %d processors (%s), load before %.1f; JVM options of the servers: %s; %s.%n", this.time,
				this.vm, this.java, this.system, this.processors, this.processor, this.load,
				String.join(" ", this.jvmOptions), this.settings);
	}

}
