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
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes the files of a run.
 */
public final class ResultFiles {

	private static final JsonMapper MAPPER = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

	private ResultFiles() {
	}

	/**
	 * Write the files, in place of those of the run before.
	 * @param directory where to put them
	 * @param name their name, without an extension
	 * @param markdown the tables
	 * @param data everything that was measured
	 * @param chart the picture
	 */
	public static void write(Path directory, String name, String markdown, Object data, BarChart chart) {
		try {
			Files.createDirectories(directory);
			Files.writeString(directory.resolve(name + ".md"), markdown);
			Files.writeString(directory.resolve(name + ".json"), MAPPER.writeValueAsString(data) + "\n");
			Files.writeString(directory.resolve(name + ".svg"), chart.svg());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
