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

package dev.realtime.web.webhook;

import java.util.Map;

import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

/**
 * An event, ready to be sent any number of times (CloudEvents, HTTP binding in binary
 * mode).
 *
 * @param name the name of the event
 * @param hub the name of the hub in lower case
 * @param connectionId the id of the connection
 * @param headers the headers that describe the event, the type of its content included
 * @param body the data
 * @param state what webhooks keep of the connection
 * @param cause what was observed when the event happened, or {@code null}
 */
record CloudEvent(String name, String hub, String connectionId, Map<String, String> headers, byte[] body,
		WebhookState state, @Nullable Observation cause) {

	@Override
	public String toString() {
		return "event '" + this.name + "' of hub '" + this.hub + "'";
	}

}
