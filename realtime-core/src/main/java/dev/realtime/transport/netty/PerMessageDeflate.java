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

package dev.realtime.transport.netty;

import java.util.Enumeration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The negotiation of compression (RFC 7692, sections 5 and 7.1). Neither side keeps what
 * was sent before, so that no connection needs memory for it, and a broadcast can be
 * compressed once.
 */
final class PerMessageDeflate {

	/**
	 * The answer to an offer that is accepted.
	 */
	static final String ANSWER = "permessage-deflate; server_no_context_takeover; client_no_context_takeover";

	private static final String NAME = "permessage-deflate";

	private static final String SERVER_WINDOW = "server_max_window_bits";

	private static final String CLIENT_WINDOW = "client_max_window_bits";

	private static final Set<String> SWITCHES = Set.of("server_no_context_takeover", "client_no_context_takeover");

	private static final int SMALLEST_WINDOW = 8;

	// what java.util.zip works with
	private static final int LARGEST_WINDOW = 15;

	private PerMessageDeflate() {
	}

	/**
	 * Return whether a client can do with {@link #ANSWER}.
	 * @param headers the values of {@code Sec-WebSocket-Extensions}
	 * @return whether there is an offer to accept
	 */
	static boolean isOffered(Enumeration<String> headers) {
		while (headers.hasMoreElements()) {
			for (String offer : headers.nextElement().split(",")) {
				if (isAcceptable(offer)) {
					return true;
				}
			}
		}
		return false;
	}

	private static boolean isAcceptable(String offer) {
		String[] parts = offer.split(";", -1);
		if (!NAME.equalsIgnoreCase(parts[0].trim())) {
			return false;
		}
		Set<String> names = new HashSet<>();
		for (int i = 1; i < parts.length; i++) {
			String[] parameter = parts[i].split("=", 2);
			String name = parameter[0].trim().toLowerCase(Locale.ROOT);
			String value = (parameter.length == 2) ? unquote(parameter[1].trim()) : null;
			if (!names.add(name) || !isAcceptable(name, value)) {
				return false;
			}
		}
		return true;
	}

	private static boolean isAcceptable(String name, @Nullable String value) {
		return switch (name) {
			case SERVER_WINDOW -> value != null && windowBits(value) == LARGEST_WINDOW;
			case CLIENT_WINDOW -> value == null || windowBits(value) >= SMALLEST_WINDOW;
			default -> SWITCHES.contains(name) && value == null;
		};
	}

	// 0 if it is none
	private static int windowBits(String value) {
		if (value.matches("[1-9][0-9]?")) {
			int bits = Integer.parseInt(value);
			return (bits <= LARGEST_WINDOW) ? bits : 0;
		}
		return 0;
	}

	private static String unquote(String value) {
		boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
		return quoted ? value.substring(1, value.length() - 1) : value;
	}

}
