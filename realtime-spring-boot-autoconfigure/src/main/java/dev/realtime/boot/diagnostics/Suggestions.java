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

package dev.realtime.boot.diagnostics;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds what somebody may have meant who made a typing mistake. Internal: public for
 * other packages of this module.
 *
 * @since 0.1.0
 */
public final class Suggestions {

	private Suggestions() {
	}

	/**
	 * Return the name that is most similar to a mistyped one.
	 * @param name the mistyped name
	 * @param candidates the names there are
	 * @return the nearest name, if any is similar; case does not matter
	 */
	public static Optional<String> nearest(String name, Collection<String> candidates) {
		int maximum = Math.max(1, Math.min(name.length() / 3, 4));
		return candidates.stream()
			.filter((candidate) -> isCompletion(name, candidate))
			.min(Comparator.comparingInt(String::length))
			.or(() -> candidates.stream()
				.filter((candidate) -> distance(name, candidate) <= maximum)
				.min(Comparator.comparingInt((candidate) -> distance(name, candidate))));
	}

	private static boolean isCompletion(String name, String candidate) {
		return !name.isEmpty() && candidate.regionMatches(true, 0, name, 0, name.length());
	}

	// Levenshtein, with one row of the table
	private static int distance(String one, String other) {
		String from = one.toLowerCase(Locale.ROOT);
		String to = other.toLowerCase(Locale.ROOT);
		int[] row = new int[to.length() + 1];
		for (int j = 0; j <= to.length(); j++) {
			row[j] = j;
		}
		for (int i = 1; i <= from.length(); i++) {
			int diagonal = row[0];
			row[0] = i;
			for (int j = 1; j <= to.length(); j++) {
				int substitution = diagonal + ((from.charAt(i - 1) == to.charAt(j - 1)) ? 0 : 1);
				diagonal = row[j];
				row[j] = Math.min(substitution, 1 + Math.min(row[j], row[j - 1]));
			}
		}
		return row[to.length()];
	}

}
