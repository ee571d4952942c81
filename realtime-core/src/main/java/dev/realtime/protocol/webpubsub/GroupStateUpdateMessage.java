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

import java.util.List;

import org.springframework.util.Assert;

/**
 * States of a group that have changed (JSON protocol, "groupStateUpdate").
 *
 * @param group the name of the group
 * @param items the states, one per connection
 * @since 0.1.0
 */
public record GroupStateUpdateMessage(String group, List<GroupStateItem> items) implements DownstreamMessage {

	public GroupStateUpdateMessage {
		Assert.hasText(group, "'group' must not be empty");
		items = List.copyOf(items);
	}

	@Override
	public DownstreamMessageType type() {
		return DownstreamMessageType.GROUP_STATE_UPDATE;
	}

	@Override
	public boolean sequenced() {
		return true;
	}

}
