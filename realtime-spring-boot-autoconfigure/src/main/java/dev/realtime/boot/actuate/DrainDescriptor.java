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

package dev.realtime.boot.actuate;

import java.time.Instant;

import dev.realtime.hub.HubDrain;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * Whether this node takes clients, or how far it is in sending them away.
 *
 * @param state what the node is about
 * @param since when the drain has begun, or {@code null} if there is none
 * @param remaining how many connections are still to go
 * @param closed how many connections have ended in order in drains, since the start
 * @param dropped how many connections had not gone when the time for it was over, since
 * the start
 * @since 0.1.0
 */
public record DrainDescriptor(HubDrain.State state, @Nullable Instant since, int remaining, long closed,
		long dropped) implements OperationResponseBody {

	static DrainDescriptor of(HubDrain.Status status) {
		return new DrainDescriptor(status.state(), status.since(), status.remaining(), status.closed(),
				status.dropped());
	}

}
