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

package dev.realtime.benchmarks.micro;

import dev.realtime.protocol.signalr.HubProtocol;
import dev.realtime.protocol.signalr.JsonHubProtocol;
import dev.realtime.protocol.signalr.MessagePackHubProtocol;
import tools.jackson.databind.json.JsonMapper;

/**
 * The hub protocols by the names that the parameters of benchmarks have.
 */
final class Protocols {

	private Protocols() {
	}

	static HubProtocol named(String name) {
		return switch (name) {
			case JsonHubProtocol.NAME -> json();
			case MessagePackHubProtocol.NAME -> new MessagePackHubProtocol(JsonMapper.builder().build());
			default -> throw new IllegalArgumentException("There is no protocol '" + name + "'");
		};
	}

	static JsonHubProtocol json() {
		return new JsonHubProtocol(JsonMapper.builder().build());
	}

}
