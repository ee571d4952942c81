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

package dev.realtime.web;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Paths as they were sent. Names of groups and ids of users may contain anything, also
 * slashes, which are encoded then: the path is split before it is decoded, and nothing in
 * it has a meaning beyond that.
 */
final class RestPath {

	/**
	 * Where the operations on hubs begin.
	 */
	static final String HUBS = "/api/hubs/";

	private RestPath() {
	}

	/**
	 * Split a path.
	 * @param path a path that starts with {@link #HUBS}
	 * @return what comes after, decoded: the hub and at least one more
	 * @throws RestException if the path may mean different things to different readers
	 */
	static List<String> segments(String path) throws RestException {
		List<String> segments = new ArrayList<>();
		for (String segment : path.substring(HUBS.length()).split("/", -1)) {
			segments.add(decode(segment));
		}
		return segments;
	}

	private static String decode(String segment) throws RestException {
		ByteBuffer bytes = ByteBuffer.allocate(segment.length());
		for (int i = 0; i < segment.length(); i++) {
			char c = segment.charAt(i);
			if (c == '%') {
				bytes.put((byte) (digit(segment, i + 1) * 16 + digit(segment, i + 2)));
				i += 2;
			}
			else if (c > ' ' && c < 0x7f && c != ';' && c != '\\') {
				bytes.put((byte) c);
			}
			else {
				throw ambiguous();
			}
		}
		try {
			return checked(StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString());
		}
		catch (CharacterCodingException ex) {
			throw ambiguous();
		}
	}

	private static int digit(String segment, int index) throws RestException {
		int digit = (index < segment.length()) ? Character.digit(segment.charAt(index), 16) : -1;
		if (digit == -1) {
			throw ambiguous();
		}
		return digit;
	}

	private static String checked(String segment) throws RestException {
		if (segment.isEmpty() || segment.equals(".") || segment.equals("..")
				|| segment.chars().anyMatch(Character::isISOControl)) {
			throw ambiguous();
		}
		return segment;
	}

	private static RestException ambiguous() {
		return RestException.badRequest("The path of the request is not valid.");
	}

}
