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

package dev.realtime.connection;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * A pattern for names of groups (Web PubSub, permissions): {@code ?} stands for one
 * character but a dot, {@code *} for any number of them, {@code **} for any number of
 * characters, and a backslash takes the meaning from a backslash, {@code *} or {@code ?}.
 * Characters are those of {@link String}; case matters.
 */
final class GroupPattern {

	/**
	 * The longest pattern in characters: as long as the longest name of a group.
	 */
	static final int MAXIMUM_LENGTH = 1024;

	/**
	 * How many {@code *} a pattern may contain, those after a backslash not counted.
	 */
	static final int MAXIMUM_STARS = 5;

	private static final char SEPARATOR = '.';

	private static final byte LITERAL = 0;

	private static final byte ONE = 1;

	private static final byte SEGMENT = 2;

	private static final byte EVERYTHING = 3;

	// what every name that matches begins with
	private final String prefix;

	private final byte[] kinds;

	private final char[] characters;

	private GroupPattern(byte[] kinds, char[] characters) {
		int literal = 0;
		while (literal < kinds.length && kinds[literal] == LITERAL) {
			literal++;
		}
		this.prefix = new String(characters, 0, literal);
		this.kinds = kinds;
		this.characters = characters;
	}

	/**
	 * Parse a pattern.
	 * @param pattern the text
	 * @return the pattern, or {@code null} if it is malformed
	 */
	static @Nullable GroupPattern parse(String pattern) {
		int length = pattern.length();
		if (length == 0 || length > MAXIMUM_LENGTH) {
			return null;
		}
		byte[] kinds = new byte[length];
		char[] characters = new char[length];
		int size = 0;
		int stars = 0;
		for (int i = 0; i < length; i++) {
			char next = pattern.charAt(i);
			boolean followed = i + 1 < length;
			if (next == '*') {
				boolean two = followed && pattern.charAt(i + 1) == '*';
				kinds[size] = two ? EVERYTHING : SEGMENT;
				stars += two ? 2 : 1;
				i += two ? 1 : 0;
			}
			else if (next == '?') {
				kinds[size] = ONE;
			}
			else if (next != '\\') {
				characters[size] = next;
			}
			else if (followed && isSpecial(pattern.charAt(i + 1))) {
				characters[size] = pattern.charAt(++i);
			}
			else {
				return null;
			}
			size++;
		}
		return (stars <= MAXIMUM_STARS) ? new GroupPattern(Arrays.copyOf(kinds, size), Arrays.copyOf(characters, size))
				: null;
	}

	private static boolean isSpecial(char character) {
		return character == '\\' || character == '*' || character == '?';
	}

	/**
	 * Return whether a name matches. Takes at most as many steps as the product of both
	 * lengths.
	 * @param name the name of a group
	 * @return {@code true} if all of it matches
	 */
	boolean matches(String name) {
		int first = this.prefix.length();
		if (!name.startsWith(this.prefix)) {
			return false;
		}
		// where in the name the part of the pattern that was looked at may end: somewhere
		// between 'first' and 'last'
		boolean[] ends = new boolean[name.length() + 1];
		ends[first] = true;
		int last = first;
		for (int i = first; i < this.kinds.length; i++) {
			last = (this.kinds[i] >= SEGMENT) ? spread(this.kinds[i], name, ends, first, last)
					: advance(i, name, ends, first, last);
			while (first <= last && !ends[first]) {
				first++;
			}
			if (first > last) {
				return false;
			}
		}
		return ends[name.length()];
	}

	private int advance(int index, String name, boolean[] ends, int first, int last) {
		int highest = Math.min(last + 1, name.length());
		for (int end = highest; end > first; end--) {
			char before = name.charAt(end - 1);
			ends[end] = ends[end - 1]
					&& ((this.kinds[index] == ONE) ? before != SEPARATOR : before == this.characters[index]);
		}
		ends[first] = false;
		return highest;
	}

	private static int spread(byte kind, String name, boolean[] ends, int first, int last) {
		int highest = last;
		for (int end = first + 1; end <= name.length(); end++) {
			if (!ends[end] && ends[end - 1] && (kind == EVERYTHING || name.charAt(end - 1) != SEPARATOR)) {
				ends[end] = true;
				highest = Math.max(highest, end);
			}
		}
		return highest;
	}

}
