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

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A command line of options that all have a value: {@code --name value} or
 * {@code --name=value}.
 *
 * @param values the values by the names of the options
 */
record Arguments(Map<String, String> values) {

	static Arguments parse(String[] args, Set<String> names) {
		Map<String, String> values = new LinkedHashMap<>();
		for (int i = 0; i < args.length; i++) {
			int equals = args[i].indexOf('=');
			String option = (equals < 0) ? args[i] : args[i].substring(0, equals);
			if (!option.startsWith("--") || !names.contains(option.substring(2))) {
				throw new IllegalArgumentException("There is no option '%s'. Choose from %s.".formatted(option,
						String.join(", ", names.stream().sorted().map("--"::concat).toList())));
			}
			if (equals < 0 && i + 1 == args.length) {
				throw new IllegalArgumentException("The option '%s' needs a value.".formatted(option));
			}
			values.put(option.substring(2), (equals < 0) ? args[++i] : args[i].substring(equals + 1));
		}
		return new Arguments(values);
	}

	String text(String name, String otherwise) {
		return this.values.getOrDefault(name, otherwise);
	}

	int integer(String name, int otherwise) {
		return (int) number(name, otherwise);
	}

	double number(String name, double otherwise) {
		String value = this.values.get(name);
		if (value == null) {
			return otherwise;
		}
		try {
			return Double.parseDouble(value);
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException("'%s' is not a number, as '--%s' has to be.".formatted(value, name), ex);
		}
	}

	List<String> list(String name, List<String> otherwise) {
		String value = this.values.get(name);
		return (value != null) ? Stream.of(value.split(",")).filter((item) -> !item.isBlank()).toList() : otherwise;
	}

	/**
	 * Return a value that is several words.
	 * @param name the name of the option
	 * @param otherwise the value without the option
	 * @return the words
	 */
	List<String> words(String name, String otherwise) {
		return Stream.of(text(name, otherwise).split(" ")).filter((word) -> !word.isBlank()).toList();
	}

}
