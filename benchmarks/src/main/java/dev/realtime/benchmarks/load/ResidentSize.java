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

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The resident memory of a process: from {@code /proc} where there is one, else from
 * {@code ps}.
 */
final class ResidentSize {

	private static final String KEY = "VmRSS:";

	private ResidentSize() {
	}

	/**
	 * Return how much memory is resident.
	 * @param pid the id of the process
	 * @return the size in bytes, or 0 where it cannot be told
	 */
	static long of(long pid) {
		Path status = Path.of("/proc", String.valueOf(pid), "status");
		try {
			return Files.exists(status) ? fromStatus(status) : fromPs(pid);
		}
		catch (IOException | NumberFormatException ex) {
			return 0;
		}
	}

	private static long fromStatus(Path status) throws IOException {
		for (String line : Files.readAllLines(status)) {
			if (line.startsWith(KEY)) {
				return kilobytes(line.substring(KEY.length()).replace("kB", ""));
			}
		}
		return 0;
	}

	private static long fromPs(long pid) throws IOException {
		Process process = new ProcessBuilder("ps", "-o", "rss=", "-p", String.valueOf(pid)).start();
		try (BufferedReader reader = process.inputReader()) {
			String line = reader.readLine();
			return (line != null) ? kilobytes(line) : 0;
		}
	}

	private static long kilobytes(String value) {
		return 1024 * Long.parseLong(value.trim());
	}

}
