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

package dev.realtime.protocol;

import org.jspecify.annotations.Nullable;

/**
 * What a Web PubSub connection needs a permission for (Web PubSub, permissions). A
 * permission is for one group or for all.
 *
 * @since 0.1.0
 */
public enum Permission {

	/**
	 * Join and leave a group.
	 */
	JOIN_LEAVE_GROUP("joinLeaveGroup"),

	/**
	 * Send messages and streams to a group.
	 */
	SEND_TO_GROUP("sendToGroup");

	private final String wireName;

	Permission(String wireName) {
		this.wireName = wireName;
	}

	/**
	 * Return the name used in roles and in the REST API.
	 * @return the name
	 */
	public String wireName() {
		return this.wireName;
	}

	/**
	 * Look a permission up.
	 * @param wireName its name, in any case
	 * @return the permission, or {@code null} if there is none with the name
	 */
	public static @Nullable Permission find(String wireName) {
		for (Permission permission : values()) {
			if (permission.wireName.equalsIgnoreCase(wireName)) {
				return permission;
			}
		}
		return null;
	}

}
