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

import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What one connection wants the members of a group to know of it (JSON protocol, "group
 * state").
 *
 * @param connectionId the connection
 * @param userId its user, or {@code null} if it is anonymous
 * @param state the entries, or {@code null} if they were cleared
 * @param updatedAt when they were set, in milliseconds since 1970, never the same twice
 * for one connection
 * @since 0.1.0
 */
public record GroupStateItem(String connectionId, @Nullable String userId, @Nullable Map<String, String> state,
		long updatedAt) {

	public GroupStateItem {
		Assert.hasText(connectionId, "'connectionId' must not be empty");
		state = (state != null) ? Map.copyOf(state) : null;
	}

}
