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

package dev.realtime.interoperability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which client has played which scenario, and what came of it.
 */
final class ConformanceMatrix {

	private final Map<String, Map<String, String>> outcomes = new LinkedHashMap<>();

	private final Set<String> clients = new LinkedHashSet<>();

	void passed(String client, String scenario) {
		add(client, scenario, "yes");
	}

	void failed(String client, String scenario) {
		add(client, scenario, "**no**");
	}

	void notApplicable(String client, String scenario, String reason) {
		add(client, scenario, reason);
	}

	/**
	 * Add the result of a test whose name is the client's and the scenario's.
	 */
	void add(NodeProcess.Result result) {
		String[] names = result.name().split(" > ", 2);
		if (result.skipped()) {
			notApplicable(names[0], names[1], result.reason());
		}
		else if (result.passed()) {
			passed(names[0], names[1]);
		}
		else {
			failed(names[0], names[1]);
		}
	}

	private synchronized void add(String client, String scenario, String outcome) {
		this.clients.add(client);
		this.outcomes.computeIfAbsent(scenario, (name) -> new LinkedHashMap<>()).put(client, outcome);
	}

	/**
	 * Write a table, a line for each client and a column for each scenario, and what does
	 * not apply below.
	 * @param file the file
	 */
	synchronized void write(Path file) throws IOException {
		List<String> lines = new ArrayList<>(List.of("# Conformance", "",
				"| client | scenarios | passed | not applicable | failed |", "|---|---|---|---|---|"));
		this.clients.forEach((client) -> {
			List<String> all = this.outcomes.values()
				.stream()
				.filter((outcome) -> outcome.containsKey(client))
				.map((outcome) -> outcome.get(client))
				.toList();
			long passed = all.stream().filter("yes"::equals).count();
			long failed = all.stream().filter("**no**"::equals).count();
			lines.add("| " + client + " | " + all.size() + " | " + passed + " | " + (all.size() - passed - failed)
					+ " | " + failed + " |");
		});
		this.outcomes.forEach((scenario, outcome) -> {
			lines.addAll(List.of("", "## " + scenario, ""));
			this.clients.stream()
				.filter(outcome::containsKey)
				.forEach((client) -> lines.add("- " + client + ": " + outcome.get(client)));
		});
		Files.createDirectories(file.getParent());
		Files.write(file, lines);
	}

}
