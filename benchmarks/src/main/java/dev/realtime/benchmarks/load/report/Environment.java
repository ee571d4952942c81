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

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Where and how something was measured.
 *
 * @param time when it began
 * @param java the version of the JVM
 * @param vm the name of the JVM
 * @param system the operating system and its architecture
 * @param processors how many processors there are
 * @param jvmOptions the options of the JVMs of the applications
 * @param settings the other settings, for readers
 */
public record Environment(String time, String java, String vm, String system, int processors, List<String> jvmOptions,
		String settings) {

	/**
	 * Describe this machine.
	 * @param jvmOptions the options of the JVMs of the applications
	 * @param settings the other settings, for readers
	 * @return the description
	 */
	public static Environment current(List<String> jvmOptions, String settings) {
		return new Environment(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
				System.getProperty("java.version"), System.getProperty("java.vm.name"),
				System.getProperty("os.name") + " " + System.getProperty("os.arch"),
				Runtime.getRuntime().availableProcessors(), jvmOptions, settings);
	}

	String markdown() {
		return "%s; %s %s; %s, %d processors; JVM options of the servers: %s; %s.%n".formatted(this.time, this.vm,
				this.java, this.system, this.processors, String.join(" ", this.jvmOptions), this.settings);
	}

}
