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

package dev.realtime.invocation;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.realtime.connection.Limit;
import dev.realtime.connection.LimitListener;

/**
 * Remembers what clients came up against.
 */
class LimitRecorder implements LimitListener {

	private final List<String> exceeded = new CopyOnWriteArrayList<>();

	@Override
	public void exceeded(String hub, Limit limit) {
		this.exceeded.add(hub + " " + limit.label());
	}

	List<String> exceeded() {
		return List.copyOf(this.exceeded);
	}

}
