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

package dev.realtime.benchmarks.hub;

import dev.realtime.hub.HubCallerContext;
import dev.realtime.hub.HubContext;
import dev.realtime.hub.annotation.Hub;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;

/**
 * The calls of the load generator, answered with nothing but their argument.
 */
@HubController("bench")
class BenchmarkController {

	/**
	 * The group the load generator joins.
	 */
	private static final String GROUP = "g";

	private final HubContext hub;

	BenchmarkController(@Hub("bench") HubContext hub) {
		this.hub = hub;
	}

	@HubMethod
	String echo(String text) {
		return text;
	}

	@HubMethod(blocking = false)
	String echoInline(String text) {
		return text;
	}

	@HubMethod
	void join(String group, HubCallerContext caller) {
		caller.join(group);
	}

	@HubMethod
	void broadcast(String text) {
		this.hub.group(GROUP).send("message", text);
	}

}
