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

package dev.realtime.protocol.webpubsub;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What the protocol requires of values, in whatever form they came (JSON protocol,
 * validation).
 */
final class Requirements {

	private static final int MAXIMUM_TTL_SECONDS = 300;

	private static final int MAXIMUM_METADATA_KEY = 256;

	private static final int MAXIMUM_METADATA_VALUE = 1024;

	private static final int MAXIMUM_METADATA = 8 * 1024;

	private static final String TOKEN_PUNCTUATION = "!#$%&'*+-.^_`|~";

	private Requirements() {
	}

	static <T> T required(String name, @Nullable T value) {
		if (value == null) {
			throw Violations.missing(name);
		}
		return value;
	}

	static String id(String name, @Nullable String value) {
		String id = required(name, value);
		if (id.isEmpty()) {
			throw Violations.invalid(name);
		}
		return id;
	}

	static String group(@Nullable String value) {
		String group = required("group", value);
		if (!PubSubNames.isGroup(group)) {
			throw Violations.invalid("group");
		}
		return group;
	}

	static String event(@Nullable String value) {
		String event = required("event", value);
		if (!PubSubNames.isEvent(event)) {
			throw Violations.invalid("event");
		}
		return event;
	}

	static int ttlSeconds(@Nullable Long value) {
		if (value == null) {
			return 0;
		}
		if (value < 0 || value > MAXIMUM_TTL_SECONDS) {
			throw Violations.invalid("ttlSeconds");
		}
		return value.intValue();
	}

	static Payload payload(@Nullable Payload payload, Map<String, String> metadata) {
		if (payload == null && !metadata.isEmpty()) {
			return Payload.EMPTY;
		}
		return required("data", payload);
	}

	static Map<String, String> metadata(Map<String, String> metadata) {
		int size = 0;
		for (Map.Entry<String, String> entry : metadata.entrySet()) {
			int value = utf8Length(entry.getValue());
			if (!isToken(entry.getKey()) || value > MAXIMUM_METADATA_VALUE) {
				throw Violations.invalid("metadata");
			}
			size += entry.getKey().length() + value;
			if (size > MAXIMUM_METADATA) {
				throw Violations.invalid("metadata");
			}
		}
		return metadata;
	}

	private static int utf8Length(String value) {
		return value.getBytes(StandardCharsets.UTF_8).length;
	}

	private static boolean isToken(String key) {
		if (key.isEmpty() || key.length() > MAXIMUM_METADATA_KEY) {
			return false;
		}
		for (int i = 0; i < key.length(); i++) {
			if (!isTokenCharacter(key.charAt(i))) {
				return false;
			}
		}
		return true;
	}

	private static boolean isTokenCharacter(char character) {
		return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z')
				|| (character >= '0' && character <= '9') || TOKEN_PUNCTUATION.indexOf(character) >= 0;
	}

}
