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

package dev.realtime.boot.autoconfigure.observation;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

import dev.realtime.connection.Limit;
import dev.realtime.connection.LimitListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Counts how often clients come up against a limit.
 */
final class LimitMeters implements MeterBinder, LimitListener {

	static final String EXCEEDED = "realtime.limits.exceeded";

	static final String HUB = "realtime.hub";

	static final String LIMIT = "realtime.limit";

	private final List<MeterRegistry> registries = new CopyOnWriteArrayList<>();

	private final UnaryOperator<String> hubNames;

	/**
	 * Create the meters.
	 * @param hubNames tells by which name a hub is counted
	 */
	LimitMeters(UnaryOperator<String> hubNames) {
		this.hubNames = hubNames;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		this.registries.add(registry);
	}

	@Override
	public void exceeded(String hub, Limit limit) {
		this.registries.forEach((registry) -> Counter.builder(EXCEEDED)
			.description("How often something of a client was refused, or had to wait, because of a limit.")
			.tag(HUB, this.hubNames.apply(hub))
			.tag(LIMIT, limit.label())
			.register(registry)
			.increment());
	}

}
