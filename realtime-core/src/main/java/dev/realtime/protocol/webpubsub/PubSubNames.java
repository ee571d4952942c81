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

import java.util.regex.Pattern;

/**
 * What may be the name of a group or of an event. Internal: public for other packages of
 * the engine, not for applications.
 *
 * @since 0.1.0
 */
public final class PubSubNames {

	/**
	 * How many characters the name of a group may have.
	 */
	public static final int MAXIMUM_GROUP_LENGTH = 1024;

	private static final Pattern EVENT = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,127}");

	private PubSubNames() {
	}

	/**
	 * Return whether a text may be the name of a group.
	 * @param name the text
	 * @return {@code true} if it is neither blank nor too long
	 */
	public static boolean isGroup(String name) {
		return name.length() <= MAXIMUM_GROUP_LENGTH && !name.isBlank();
	}

	/**
	 * Return whether a text may be the name of an event.
	 * @param name the text
	 * @return {@code true} if it is a letter and up to 127 letters, digits, underscores,
	 * dots and hyphens
	 */
	public static boolean isEvent(String name) {
		return EVENT.matcher(name).matches();
	}

}
