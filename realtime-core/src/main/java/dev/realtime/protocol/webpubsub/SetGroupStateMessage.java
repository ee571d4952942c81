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
 * Sets what a connection wants the members of a group to know of it (JSON protocol,
 * "setGroupState").
 *
 * @param group the name of the group
 * @param state the entries that replace the ones before, or {@code null} to clear them
 * @param ackId the unsigned id of the acknowledgement the client asks for, or
 * {@code null}
 * @since 0.1.0
 */
public record SetGroupStateMessage(String group, @Nullable Map<String, String> state,
		@Nullable Long ackId) implements UpstreamMessage {

	public SetGroupStateMessage {
		Assert.hasText(group, "'group' must not be empty");
		state = (state != null) ? Map.copyOf(state) : null;
	}

	@Override
	public UpstreamMessageType type() {
		return UpstreamMessageType.SET_GROUP_STATE;
	}

}
